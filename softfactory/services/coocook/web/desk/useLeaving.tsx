import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";

/** Parts of the address that belong to what is being edited: changing another one does not leave it. */
const PLACE = ["tab", "menu"] as const;

interface Leaving {
  dialog: ReactNode;
  /** Go on without asking: what was written is saved. */
  freely: (go: () => void) => void;
}

/** Asks before unsaved changes are left behind: by a link, by another tab of the desk, by closing the window. */
export function useLeaving(dirty: boolean): Leaving {
  const { t } = useTranslation("coocook/desk");
  const free = useRef(false);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const [before, after] = [current.search, next.search] as Record<string, unknown>[];
      const leaves =
        current.pathname !== next.pathname || PLACE.some((key) => before?.[key] !== after?.[key]);
      return dirty && !free.current && leaves;
    },
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  const dialog = (
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
  const freely = (go: () => void) => {
    free.current = true;
    go();
  };
  return { dialog, freely };
}
