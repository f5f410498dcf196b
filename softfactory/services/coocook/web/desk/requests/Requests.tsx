import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { Sliced } from "#web/ui/Sliced";
import { useCareWords } from "../../care/words";
import { addDays, dayIn } from "../../parts/calendar";
import type { BookingCard } from "../../parts/types";
import { Earnings } from "../Earnings";
import { OPEN, useDeskBookings } from "../queries";
import { Setup } from "../Setup";
import type { OwnChef } from "../types";
import { AbsentDialog } from "./AbsentDialog";
import { BookingLine, Closing } from "./BookingLine";
import { DeclineDialog } from "./DeclineDialog";
import { Mishaps } from "./Mishaps";
import { piles } from "./piles";
import { RequestCard } from "./RequestCard";
import classes from "./Requests.module.css";
import { useMoves } from "./useMoves";

const REVIEW_DAYS = 16;
const FEW = 5;

interface RequestsProps {
  own: OwnChef;
  onOpen: (bookingId: string, dialog?: "review") => void;
}

/** What waits for the chef, the most urgent first, and the evenings ahead. */
export function Requests({ own, onOpen }: RequestsProps) {
  const { t } = useTranslation("coocook/desk");
  const { t: care } = useCareWords();
  const moves = useMoves();
  const [declining, setDeclining] = useState<BookingCard | null>(null);
  const [absent, setAbsent] = useState<BookingCard | null>(null);
  const [all, setAll] = useState(false);
  const today = dayIn(own.availability.zone, new Date());
  const open = useDeskBookings({ statuses: OPEN });
  const past = useDeskBookings({ statuses: ["completed"], from: addDays(today, -REVIEW_DAYS) });

  const bookings = [...(open.data ?? []), ...(past.data ?? [])];
  const { requests, asked, closing, upcoming, reviewing } = piles(bookings);
  const shown = all ? upcoming : upcoming.slice(0, FEW);

  const waiting = <RowsSkeleton count={4} height={260} />;
  const main = () => {
    if (open.isPending) return waiting;
    if (!open.data) return <ErrorState error={open.error} onRetry={open.refetch} />;
    if (
      bookings.length === 0 ||
      requests.length + asked.length + closing.length + upcoming.length + reviewing.length === 0
    )
      return (
        <EmptyState
          title={t("requests.none")}
          text={t(own.status === "active" ? "requests.noneText" : "requests.noneDraft")}
        />
      );
    return (
      <Sliced fallback={waiting}>
        <Pile title={t("requests.waiting")} count={requests.length} empty={t("requests.answered")}>
          {requests.map((booking) => (
            <RequestCard
              key={booking.id}
              booking={booking}
              moves={moves}
              onDecline={() => setDeclining(booking)}
              onOpen={() => onOpen(booking.id)}
            />
          ))}
        </Pile>
        <Pile title={care("waits.title")} count={asked.length}>
          {asked.map((booking) => (
            <BookingLine key={booking.id} booking={booking} onOpen={() => onOpen(booking.id)}>
              <Button variant="light" onClick={() => onOpen(booking.id)}>
                {care(booking.actions.includes("agree") ? "waits.move" : "waits.dispute")}
              </Button>
            </BookingLine>
          ))}
        </Pile>
        <Pile title={t("requests.closing")} text={t("requests.closingText")} count={closing.length}>
          {closing.map((booking) => (
            <BookingLine key={booking.id} booking={booking} onOpen={() => onOpen(booking.id)}>
              <Closing
                booking={booking}
                moving={moves.moving(booking.id)}
                onComplete={() => moves.start(booking, "complete")}
                onNoShow={() => setAbsent(booking)}
              />
            </BookingLine>
          ))}
        </Pile>
        <Pile title={t("requests.upcoming")} count={upcoming.length}>
          {shown.map((booking) => (
            <BookingLine key={booking.id} booking={booking} onOpen={() => onOpen(booking.id)} />
          ))}
          {upcoming.length > shown.length ? (
            <Button variant="default" onClick={() => setAll(true)}>
              {t("requests.more", { count: upcoming.length - shown.length })}
            </Button>
          ) : null}
        </Pile>
        <Pile title={t("requests.reviewing")} text={t("requests.reviewingText")} count={reviewing.length}>
          {reviewing.map((booking) => (
            <BookingLine key={booking.id} booking={booking} onOpen={() => onOpen(booking.id)}>
              <Button variant="light" onClick={() => onOpen(booking.id, "review")}>
                {t("action.review")}
              </Button>
            </BookingLine>
          ))}
        </Pile>
      </Sliced>
    );
  };

  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <Mishaps moves={moves} />
        {main()}
      </div>
      <aside className={classes.aside} aria-label={t("earnings.title")}>
        <Setup own={own} />
        <Earnings zone={own.availability.zone} />
      </aside>
      {declining ? (
        <DeclineDialog
          booking={declining}
          onClose={() => setDeclining(null)}
          onDecline={(reason) => {
            moves.start(declining, "decline", reason);
            setDeclining(null);
          }}
        />
      ) : null}
      <AbsentDialog
        booking={absent}
        onClose={() => setAbsent(null)}
        onConfirm={(booking) => moves.start(booking, "no_show")}
      />
    </div>
  );
}

interface PileProps {
  title: string;
  text?: string;
  count: number;
  /** Said in place of an empty pile; without it an empty pile is not shown. */
  empty?: string;
  children: ReactNode;
}

function Pile({ title, text, count, empty, children }: PileProps) {
  if (count === 0 && !empty) return null;
  return (
    <section className={classes.pile}>
      <h2 className={classes.pileTitle}>
        {title} {count > 0 ? <span className={classes.count}>{count}</span> : null}
      </h2>
      {text ? <p className={classes.small}>{text}</p> : null}
      {count === 0 ? (
        <p className={classes.quiet}>{empty}</p>
      ) : (
        <div className={classes.list}>{children}</div>
      )}
    </section>
  );
}
