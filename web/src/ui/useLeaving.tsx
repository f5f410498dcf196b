import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";

interface Leaving {
  dialog: ReactNode;
  /** Go on without asking: what was written is saved. */
  freely: (go: () => void) => void;
}

/**
 * Asks before unsaved changes are left behind: by a link, by the back button, by closing the window. `place` names the
 * parts of the address that belong to what is being edited; changing another one does not leave it.
 */
export function useLeaving(dirty: boolean, place: readonly string[] = []): Leaving {
  const { t } = useTranslation("shell");
  const free = useRef(false);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const [before, after] = [current.search, next.search] as Record<string, unknown>[];
      const leaves =
        current.pathname !== next.pathname || place.some((key) => before?.[key] !== after?.[key]);
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
