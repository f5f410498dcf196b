import { Button, Group, Modal, Skeleton, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { Icon } from "#web/ui/icons";
import { toastDone } from "#web/ui/toasts";
import { useFocusBack } from "#web/ui/useFocusBack";
import { ZonedTime } from "#web/ui/ZonedTime";
import { refusedAs } from "../parts/actions";
import type { Day } from "../parts/calendar";
import { Notice } from "../parts/Notice";
import { refreshBookings, useChef } from "../parts/queries";
import { SlotPicker } from "../parts/SlotPicker";
import type { Booking } from "../parts/types";
import { reschedule } from "./actions";
import classes from "./Care.module.css";
import { useCareWords } from "./words";

interface RescheduleDialogProps {
  booking: Booking;
  opened: boolean;
  onClose: () => void;
}

function Times({ booking, at }: { booking: Booking; at: string | undefined }) {
  const { t } = useCareWords();
  return (
    <div className={classes.times}>
      <div>
        <div className={classes.label}>{t("move.before")}</div>
        <div className={classes.time}>
          <ZonedTime at={booking.starts_at} zone={booking.zone} />
        </div>
      </div>
      <Icon name="arrowRight" className={classes.arrow} />
      <div aria-live="polite">
        <div className={classes.label}>{t("move.after")}</div>
        <div className={at ? classes.time : classes.open}>
          {at ? <ZonedTime at={at} zone={booking.zone} /> : t("move.notYet")}
        </div>
      </div>
    </div>
  );
}

/** Another time beside the one that stands: what stays, who is asked, and that nothing is lost by asking. */
export function RescheduleDialog({ booking, opened, onClose }: RescheduleDialogProps) {
  useFocusBack();
  const { t } = useCareWords();
  const client = useQueryClient();
  const chef = useChef(booking.chef.id);
  const [chosen, setChosen] = useState<{ day?: Day; at?: string }>({});
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const atOnce = booking.move?.at_once === true;
  const same = !!chosen.at && Date.parse(chosen.at) === Date.parse(booking.starts_at);
  const moving = useMutation({
    mutationFn: (starts_at: string) =>
      reschedule(booking.id, { action: "move", starts_at, reason: reason.trim() }),
    meta: { quiet: true },
    onSuccess: async (done, wanted) => {
      await refreshBookings(client);
      onClose();
      setChosen({});
      toastDone(t(Date.parse(done.starts_at) === Date.parse(wanted) ? "move.moved" : "move.asked"));
    },
    // Whoever took the time is seen in the calendar at once; a booking that moved on is shown as it is.
    onError: () => void refreshBookings(client),
  });
  const lost = refusedAs(moving.error, "slot_taken");
  const asks = booking.role === "guest" ? "move.asksChef" : "move.asksGuest";
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={t("move.title")}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <Stack gap="md">
        <Times booking={booking} at={chosen.at} />
        <Notice tone="calm" icon={atOnce ? "check" : "mail"}>
          <span>{t(atOnce ? "move.atOnce" : asks)}</span>
          <span>{t("move.kept")}</span>
        </Notice>
        {lost ? (
          <Notice role="alert" tone="warning" icon="clock">
            {t("move.lost")}
          </Notice>
        ) : (
          <FormErrors error={moving.error} labels={{ reason: t("move.reason") }} />
        )}
        {chef.isPending ? <Skeleton height={320} /> : null}
        {chef.isError && !chef.data ? (
          <ErrorState error={chef.error} onRetry={chef.refetch} order={3} />
        ) : null}
        {chef.data ? (
          <SlotPicker
            chef={chef.data}
            menuId={undefined}
            bookingId={booking.id}
            party={booking.party}
            day={chosen.day}
            at={chosen.at}
            onChange={(next) => {
              moving.reset();
              setTried(false);
              setChosen(next);
            }}
          />
        ) : null}
        <Textarea
          id="reason"
          label={t("move.reason")}
          description={t("move.reasonText")}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p className={classes.small}>
          {t("move.same")} {t("move.policyMoves")}
        </p>
        {tried && (!chosen.at || same) ? (
          <p role="alert" className={classes.small}>
            {t(same ? "move.current" : "move.chooseFirst")}
          </p>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={moving.isPending}>
            {t("shell:cancel")}
          </Button>
          <Button
            loading={moving.isPending}
            onClick={() => {
              setTried(true);
              if (chosen.at && !same) moving.mutate(chosen.at);
            }}
          >
            {t(atOnce ? "move.move" : "move.ask")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
