import { useTranslation } from "react-i18next";
import { StatusChip, type Tone } from "#web/ui/StatusChip";
import type { BookingStatus } from "./types";

const TONES: Record<BookingStatus, Tone> = {
  held: "warning",
  paying: "waiting",
  requested: "waiting",
  confirmed: "good",
  completed: "done",
  cancelled: "neutral",
  declined: "neutral",
  expired: "neutral",
  no_show: "bad",
  disputed: "warning",
};

export function BookingStatusChip({ status }: { status: BookingStatus }) {
  const { t } = useTranslation("coocook");
  return <StatusChip tone={TONES[status]}>{t(`status.${status}`)}</StatusChip>;
}
