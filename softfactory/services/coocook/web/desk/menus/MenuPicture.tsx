import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PictureView } from "#web/api/generated";
import { Picture } from "#web/ui/Picture";
import { Upload } from "#web/ui/Upload";
import { sendPicture } from "../profile/arrangement";
import pictures from "../profile/Pictures.module.css";
import classes from "./Menus.module.css";

interface MenuPictureProps {
  photo: PictureView | null;
  onChange: (photo: PictureView | null) => void;
}

/** The picture that a menu is offered with: sent at once, kept with the menu. */
export function MenuPicture({ photo, onChange }: MenuPictureProps) {
  const { t } = useTranslation("coocook/pictures");
  return (
    <section className={classes.box} aria-labelledby="menu-picture">
      <h3 id="menu-picture">{t("menu.title")}</h3>
      <div className={pictures.side}>
        {photo ? (
          <div className={pictures.now}>
            <span className={pictures.menu}>
              <Picture photo={photo} sizes="240px" label={t("menu.now")} fallback={null} />
            </span>
            <Button variant="default" aria-label={t("menu.remove")} onClick={() => onChange(null)}>
              {t("remove")}
            </Button>
          </div>
        ) : null}
        <Upload
          label={t(photo ? "menu.replace" : "menu.add")}
          hint={t("menu.hint")}
          send={async (content, options) => onChange(await sendPicture(content, options))}
        />
      </div>
    </section>
  );
}
