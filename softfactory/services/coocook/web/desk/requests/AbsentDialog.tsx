import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import type { BookingCard } from "../../parts/types";

interface AbsentDialogProps {
  booking: BookingCard | null;
  onClose: () => void;
  onConfirm: (booking: BookingCard) => void;
}

/** Nobody opened the door: asked once more, wherever it is said, for the guest gets nothing back. */
export function AbsentDialog({ booking, onClose, onConfirm }: AbsentDialogProps) {
  const { t } = useTranslation("coocook/desk");
  return (
    <ConfirmDialog
      opened={booking !== null}
      onClose={onClose}
      onConfirm={() => {
        if (booking) onConfirm(booking);
        onClose();
      }}
      title={t("absent.title")}
      confirm={t("absent.confirm")}
      dangerous
    >
      {t("absent.text", { name: booking?.guest.name })}
    </ConfirmDialog>
  );
}
