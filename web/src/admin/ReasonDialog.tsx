import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ReasonDialog as Asked } from "#web/ui/ReasonDialog";
import { toastDone } from "#web/ui/toasts";
import { useFocusBack } from "#web/ui/useFocusBack";

interface ReasonDialogProps {
  title: string;
  /** The consequences, in full. */
  children?: ReactNode;
  /** The verb itself. */
  confirm: string;
  dangerous?: boolean;
  /** Said once it is done. */
  done: string;
  /** Does it; refetching belongs here as well. */
  act: (reason: string) => Promise<unknown>;
  onClose: () => void;
  disabled?: boolean;
}

/** Asks an admin why, does it, and says so: an act that the audit keeps. It is mounted only while it is open. */
export function ReasonDialog({ act, done, ...dialog }: ReasonDialogProps) {
  useFocusBack();
  const { t } = useTranslation("shell/admin");
  const acting = useMutation({
    mutationFn: act,
    meta: { quiet: true },
    onSuccess: () => {
      toastDone(done);
      dialog.onClose();
    },
  });
  return (
    <Asked
      {...dialog}
      opened
      description={t("reason.text")}
      dismiss={t("reason.dismiss")}
      onSend={(reason) => acting.mutate(reason)}
      pending={acting.isPending}
      error={acting.error}
    />
  );
}
