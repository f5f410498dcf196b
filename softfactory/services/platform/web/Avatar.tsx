import { Button, Avatar as Face } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { MeView, PictureView } from "#web/api/generated";
import { api } from "#web/api/http";
import { upload } from "#web/api/upload";
import { updateUser } from "#web/app/session";
import { initials } from "#web/ui/initials";
import { Picture } from "#web/ui/Picture";
import { toastDone } from "#web/ui/toasts";
import { Upload } from "#web/ui/Upload";
import classes from "./Avatar.module.css";

const PATH = "/api/users/me/avatar";

/** The picture by which others know a person: sent, replaced, or taken away; saved at once. */
export function Avatar({ me, queryKey }: { me: MeView; queryKey: readonly string[] }) {
  const { t } = useTranslation("platform/pictures");
  const queries = useQueryClient();
  const show = (avatar: PictureView | null, said: string) => {
    queries.setQueryData<MeView>(queryKey, (now) => (now ? { ...now, avatar } : now));
    updateUser({ avatar });
    toastDone(said);
  };
  const remove = useMutation({
    mutationFn: () => api.delete(PATH),
    onSuccess: () => show(null, t("removed")),
  });
  return (
    <div className={classes.avatar}>
      <div className={classes.now}>
        <span className={classes.face}>
          <Picture
            photo={me.avatar}
            sizes="96px"
            label={t("now")}
            fallback={
              <Face size={96} radius="xl" color="persimmon" aria-hidden="true">
                {initials(me.name)}
              </Face>
            }
          />
        </span>
        {me.avatar ? (
          <Button
            variant="default"
            aria-label={t("remove")}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t("removeShort")}
          </Button>
        ) : null}
      </div>
      <Upload
        label={t(me.avatar ? "replace" : "add")}
        hint={t("hint")}
        send={async (content, options) =>
          show(await upload<PictureView>(PATH, content, { ...options, method: "PUT" }), t("saved"))
        }
      />
    </div>
  );
}
