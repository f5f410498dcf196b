import { Button, Group } from "@mantine/core";
import { ApiError } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { formatRange } from "#web/ui/format";
import { ButtonLink } from "#web/ui/Link";
import { Notice } from "../../parts/Notice";
import { useBookingWords } from "../../parts/words";

interface RefusedProps {
  error: unknown;
  zone: string;
  labels?: Record<string, string>;
  /** Leads to the free times. */
  onChooseTime?: () => void;
}

const TIME_CODES = ["slot_not_offered", "notice_too_short", "beyond_horizon"];

/** Why a table could not be kept or booked, and the way on. Taken times are told by the chef's clock. */
export function Refused({ error, zone, labels = {}, onChooseTime }: RefusedProps) {
  const { t } = useBookingWords();
  if (!error) return null;
  const code = error instanceof ApiError ? error.code : "";
  const facts = error instanceof ApiError ? error.facts : {};
  const choose = onChooseTime ? (
    <Button variant="default" onClick={onChooseTime}>
      {t("panel.otherTime")}
    </Button>
  ) : null;
  if (code === "slot_taken" && typeof facts.starts_at === "string" && typeof facts.ends_at === "string") {
    const yours = facts.yours === true;
    return (
      <Notice tone="warning" role="alert" icon="calendar" title={t(yours ? "hold.yours" : "hold.taken")}>
        {t(yours ? "hold.yoursText" : "hold.takenText", {
          time: formatRange(facts.starts_at, facts.ends_at, { zone }),
        })}
        <Group gap="xs" mt="sm">
          {choose}
          {yours ? (
            <ButtonLink to="/bookings" variant="default">
              {t("hold.toBookings")}
            </ButtonLink>
          ) : null}
        </Group>
      </Notice>
    );
  }
  if (code === "forbidden" || code === "role_missing") {
    return (
      <Notice tone="warning" role="alert" icon="lock" title={t("book.notGuest")}>
        {t("book.notGuestText")}
      </Notice>
    );
  }
  return (
    <>
      <FormErrors error={error} labels={labels} />
      {TIME_CODES.includes(code) ? choose : null}
    </>
  );
}
