import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PictureView } from "#web/api/generated";
import { Picture } from "#web/ui/Picture";
import { Upload } from "#web/ui/Upload";
import type { OwnChef } from "../types";
import { arrangementOf, GALLERY_MOST, sendPicture } from "./arrangement";
import { Gallery } from "./Gallery";
import classes from "./Pictures.module.css";
import profile from "./Profile.module.css";
import { usePictures } from "./usePictures";

interface PlaceProps {
  place: "portrait" | "cover";
  photo: PictureView | null;
  change: ReturnType<typeof usePictures>["change"];
}

/** One picture in one place: sent, replaced, or taken away. */
function Place({ place, photo, change }: PlaceProps) {
  const { t } = useTranslation("coocook/pictures");
  const put = (next: PictureView | null) => change((now) => ({ ...now, [place]: next }));
  return (
    <section className={classes.place} aria-labelledby={`picture-${place}`}>
      <h3 id={`picture-${place}`}>{t(`${place}.title`)}</h3>
      <div className={classes.side}>
        {photo ? (
          <div className={classes.now}>
            <span className={classes[place]}>
              <Picture
                photo={photo}
                sizes={place === "cover" ? "(max-width: 48em) 90vw, 420px" : "112px"}
                label={t(`${place}.now`)}
                fallback={null}
              />
            </span>
            <Button
              variant="default"
              aria-label={t(`${place}.remove`)}
              onClick={() => void put(null).catch(() => undefined)}
            >
              {t("remove")}
            </Button>
          </div>
        ) : null}
        <Upload
          label={t(photo ? `${place}.replace` : `${place}.add`)}
          hint={t(`${place}.hint`)}
          send={async (content, options) => put(await sendPicture(content, options))}
        />
      </div>
    </section>
  );
}

/** What guests see of a chef before they read a word. Saved as soon as it is changed. */
export function Pictures({ own }: { own: OwnChef }) {
  const { t } = useTranslation("coocook/pictures");
  const { change } = usePictures(own.id);
  const [said, setSaid] = useState("");
  const { portrait, cover, gallery } = arrangementOf(own);
  return (
    <section className={profile.box} aria-labelledby="pictures">
      <div>
        <h2 id="pictures">{t("title")}</h2>
        <p className={classes.text}>{t("text")}</p>
      </div>
      <Place place="portrait" photo={portrait} change={change} />
      <Place place="cover" photo={cover} change={change} />
      <section className={classes.place} aria-labelledby="picture-gallery">
        <h3 id="picture-gallery">{t("gallery.title", { count: gallery.length, most: GALLERY_MOST })}</h3>
        {gallery.length > 1 ? <p className={classes.text}>{t("gallery.order")}</p> : null}
        <Gallery
          photos={gallery}
          onChange={(next, words) => {
            setSaid(words);
            void change((now) => ({ ...now, gallery: next })).catch(() => undefined);
          }}
        />
        <p role="status" className={classes.said}>
          {said}
        </p>
        {gallery.length < GALLERY_MOST ? (
          <Upload
            label={t("gallery.add")}
            hint={t("gallery.hint")}
            room={GALLERY_MOST - gallery.length}
            send={async (content, options) => {
              const sent = await sendPicture(content, options);
              await change((now) => ({ ...now, gallery: [...now.gallery, sent] }));
            }}
          />
        ) : (
          <p className={classes.text}>{t("gallery.full")}</p>
        )}
      </section>
    </section>
  );
}
