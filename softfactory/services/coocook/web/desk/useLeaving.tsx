import { useBlocker } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";

/** Parts of the address that belong to what is being edited: changing another one does not leave it. */
const PLACE = ["tab", "menu"] as const;

/** Asks before unsaved changes are left behind: by a link, by another tab of the desk, by closing the window. */
export function useLeaving(dirty: boolean): ReactNode {
  const { t } = useTranslation("coocook/desk");
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const [before, after] = [current.search, next.search] as Record<string, unknown>[];
      return (
        dirty && (current.pathname !== next.pathname || PLACE.some((key) => before?.[key] !== after?.[key]))
      );
    },
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      onConfirm={() => blocker.proceed?.()}
      title={t("leaving.title")}
      confirm={t("leaving.confirm")}
      dangerous
    >
      {t("leaving.text")}
    </ConfirmDialog>
  );
}
