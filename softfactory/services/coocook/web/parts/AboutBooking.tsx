import { useTranslation } from "react-i18next";
import type { AboutProps } from "#web/app/feature";
import { DOT, formatTime } from "#web/ui/format";
import { LineSkeleton } from "#web/ui/Skeletons";
import { useBooking } from "./queries";

/** Which booking a notice is about: with whom, and when, on the chef's clock. Nothing, where it cannot be read. */
export default function AboutBooking({ says, subject }: AboutProps) {
  const { t } = useTranslation("coocook/live");
  const booking = useBooking(subject);
  if (booking.isPending) return <LineSkeleton />;
  if (!booking.data) return null;
  const { chef, guest, starts_at, zone } = booking.data;
  const whom = says.startsWith("guest.") ? "about.toGuest" : "about.toOthers";
  return (
    <>
      {t(whom, { chef: chef.name, guest: guest.name })}
      {DOT}
      <span style={{ whiteSpace: "nowrap" }}>{formatTime(starts_at, { style: "dayTime", zone })}</span>
    </>
  );
}
