import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import type { Moves } from "./useMoves";

/** Moves that came too late: what had happened to the booking instead, by whom and when. */
export function Mishaps({ moves }: { moves: Moves }) {
  const { t } = useTranslation("coocook/desk");
  return moves.mishaps.map(({ wish, message, now }) => {
    const last = now?.timeline.at(-1);
    return (
      <Alert
        key={wish.booking.id}
        role="alert"
        color="orange"
        variant="light"
        mb="md"
        styles={{ title: { color: "var(--mantine-color-text)" } }}
        icon={<Icon name="alert" />}
        withCloseButton
        closeButtonLabel={t("shell:close")}
        onClose={() => moves.forget(wish.booking.id)}
        title={t(`mishap.${wish.action}`, { name: wish.booking.guest.name })}
      >
        {last
          ? t("mishap.now", {
              what: t(`coocook:timeline.to.${last.to_status}`),
              by: t(`by.${last.by}`),
              time: formatTime(last.at, { zone: wish.booking.zone }),
            })
          : message}
      </Alert>
    );
  });
}
