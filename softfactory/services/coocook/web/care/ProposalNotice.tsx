import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FormErrors } from "#web/ui/FormErrors";
import { formatTime } from "#web/ui/format";
import { toastDone } from "#web/ui/toasts";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Notice } from "../parts/Notice";
import { refreshBookings } from "../parts/queries";
import type { Booking } from "../parts/types";
import { reschedule } from "./actions";
import classes from "./Care.module.css";
import { useCareWords } from "./words";

/** Another time that one side wishes for: to the other, a question; to whoever asked, that it waits. */
export function ProposalNotice({ booking }: { booking: Booking }) {
  const { t } = useCareWords();
  const client = useQueryClient();
  const { proposal } = booking;
  const answering = useMutation({
    mutationFn: (action: "agree" | "refuse") =>
      reschedule(booking.id, action === "agree" ? { action, starts_at: proposal?.starts_at } : { action }),
    meta: { quiet: true },
    onSuccess: async (_, action) => {
      const said = action === "agree" ? "agreed" : mine ? "withdrawn" : "refused";
      await refreshBookings(client);
      toastDone(t(`proposal.${said}`));
    },
    onError: () => void refreshBookings(client),
  });
  if (!proposal) return answering.isError ? <FormErrors error={answering.error} labels={{}} /> : null;
  const mine = proposal.by === booking.role;
  const until = formatTime(proposal.expires_at, { zone: booking.zone });
  return (
    <Notice tone="warning" icon="clock" title={t(mine ? "proposal.mine" : `proposal.${proposal.by}`)}>
      <span>
        <ZonedTime at={booking.starts_at} zone={booking.zone} /> →{" "}
        <b>
          <ZonedTime at={proposal.starts_at} zone={booking.zone} />
        </b>
      </span>
      {proposal.reason ? <span>“{proposal.reason}”</span> : null}
      <span className={classes.small}>
        {t(mine ? "proposal.untilMine" : "proposal.until", { time: until })}
      </span>
      <FormErrors error={answering.error} labels={{}} />
      {booking.role === "admin" ? null : (
        <Group gap="xs" mt="xs">
          {mine ? null : (
            <Button loading={answering.isPending} onClick={() => answering.mutate("agree")}>
              {t("proposal.agree")}
            </Button>
          )}
          <Button variant="default" disabled={answering.isPending} onClick={() => answering.mutate("refuse")}>
            {t(mine ? "proposal.withdraw" : "proposal.refuse")}
          </Button>
        </Group>
      )}
    </Notice>
  );
}
