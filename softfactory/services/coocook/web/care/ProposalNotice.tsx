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

interface Answer {
  wish: Parameters<typeof reschedule>[1];
  said: "agreed" | "refused" | "withdrawn";
}

interface ProposalNoticeProps {
  booking: Booking;
  className?: string | undefined;
}

/**
 * Another time that one side wishes for: to the other, a question; to whoever asked, that it waits. It stays where it is
 * when there is none: an answer that came too late takes the proposal away, and the reader is told why.
 */
export function ProposalNotice({ booking, className }: ProposalNoticeProps) {
  const { t } = useCareWords();
  const client = useQueryClient();
  const { proposal } = booking;
  const answering = useMutation({
    mutationFn: ({ wish }: Answer) => reschedule(booking.id, wish),
    meta: { quiet: true },
    onSuccess: async (_, { said }) => {
      await refreshBookings(client);
      toastDone(t(`proposal.${said}`));
    },
    onError: () => void refreshBookings(client),
  });
  if (!proposal)
    return answering.isError ? (
      <div className={className}>
        <FormErrors error={answering.error} labels={{}} />
      </div>
    ) : null;
  const mine = proposal.by === booking.role;
  const agree: Answer = { wish: { action: "agree", starts_at: proposal.starts_at }, said: "agreed" };
  const refuse: Answer = { wish: { action: "refuse" }, said: mine ? "withdrawn" : "refused" };
  const until = formatTime(proposal.expires_at, { zone: booking.zone });
  return (
    <div className={className}>
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
              <Button loading={answering.isPending} onClick={() => answering.mutate(agree)}>
                {t("proposal.agree")}
              </Button>
            )}
            <Button variant="default" disabled={answering.isPending} onClick={() => answering.mutate(refuse)}>
              {t(mine ? "proposal.withdraw" : "proposal.refuse")}
            </Button>
          </Group>
        )}
      </Notice>
    </div>
  );
}
