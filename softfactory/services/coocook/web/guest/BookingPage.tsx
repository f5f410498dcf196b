import { Button, Group } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { ApiError } from "#web/api/problem";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { DOT } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { ButtonLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";
import { useFilters } from "#web/ui/useFilters";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Alternatives } from "../care/Alternatives";
import { ProposalNotice } from "../care/ProposalNotice";
import { useCareWords } from "../care/words";
import { BookingStatusChip } from "../parts/BookingStatusChip";
import { Portrait } from "../parts/ChefPicture";
import { Notice } from "../parts/Notice";
import { useBooking } from "../parts/queries";
import type { Booking } from "../parts/types";
import { useBookingWords } from "../parts/words";
import classes from "./BookingPage.module.css";
import { toPayment } from "./BookingRow";
import { BookingSections } from "./BookingSections";
import { CancelDialog } from "./CancelDialog";
import { ReviewDialog } from "./ReviewDialog";

const RescheduleDialog = lazy(() =>
  import("../care/RescheduleDialog").then((part) => ({ default: part.RescheduleDialog })),
);
const DisputeDialog = lazy(() =>
  import("../care/DisputeDialog").then((part) => ({ default: part.DisputeDialog })),
);

const SOON_MS = 3_000;

/** What moves by itself is looked at again: a payment on its way, a refund on its way. */
const whileMoving = (booking: Booking | undefined) =>
  booking && (booking.status === "paying" || ["due", "requested"].includes(booking.refund?.state ?? ""))
    ? SOON_MS
    : false;

/** One booking: its state in a sentence, what can be done, the bill, the policy, what happened, both reviews. */
export function BookingPage() {
  const { t } = useBookingWords();
  const { t: care } = useCareWords();
  const { bookingId = "" } = useParams({ strict: false }) as { bookingId?: string };
  const { values, set } = useFilters(["open"] as const);
  const booking = useBooking(bookingId, { every: whileMoving });

  if (booking.isPending) {
    return (
      <Page>
        <PageSkeleton />
      </Page>
    );
  }
  if (!booking.data) {
    const missing = booking.error instanceof ApiError && [404, 422].includes(booking.error.status);
    return (
      <Page>
        {missing ? (
          <EmptyState
            order={1}
            picture="lost"
            title={t("booking.missing")}
            text={t("booking.missingText")}
            action={<ButtonLink to="/bookings">{t("hold.toBookings")}</ButtonLink>}
          />
        ) : (
          <ErrorState order={1} error={booking.error} onRetry={booking.refetch} />
        )}
      </Page>
    );
  }
  const { data } = booking;
  const { chef, menu, actions } = data;
  const close = () => set({ open: undefined });
  const answers = data.status === "disputed" && !data.dispute?.answer && data.dispute?.by !== data.role;
  const title = t("booking.titleOf", { name: chef.name, menu: menu.name });
  return (
    <Page title={title}>
      <PageHeader title={title} back={{ to: "/bookings", label: t("booking.back") }} />
      <div className={classes.top}>
        <Portrait picture={chef.picture} size={84} />
        <div className={classes.facts}>
          <BookingStatusChip status={data.status} />
          <div className={classes.when}>
            <ZonedTime at={data.starts_at} until={data.ends_at} zone={data.zone} />
            {DOT}
            {t("guests", { count: data.party })}
          </div>
          <p className={classes.headline} role="status">
            {t(`booking.headline.${data.status}`)}
          </p>
        </div>
        <Group gap="xs" className={classes.actions}>
          {actions.includes("pay") ? <ButtonLink {...toPayment(data)}>{t("action.pay")}</ButtonLink> : null}
          {actions.includes("review") ? (
            <Button onClick={() => set({ open: "review" })} leftSection={<Icon name="star" size={18} />}>
              {t("action.review")}
            </Button>
          ) : null}
          {actions.includes("reschedule") ? (
            <Button
              variant="default"
              onClick={() => set({ open: "move" })}
              leftSection={<Icon name="clock" size={18} />}
            >
              {care("move.action")}
            </Button>
          ) : null}
          <ButtonLink to={`/chefs/${chef.id}`} variant="default">
            {t("booking.toChef")}
          </ButtonLink>
          {actions.includes("dispute") ? (
            <Button variant="subtle" color="gray" onClick={() => set({ open: "dispute" })}>
              {care("dispute.action")}
            </Button>
          ) : null}
          {actions.includes("cancel") && data.role === "guest" ? (
            <Button variant="subtle" color="red" onClick={() => set({ open: "cancel" })}>
              {t("action.cancel")}
            </Button>
          ) : null}
        </Group>
      </div>

      <ProposalNotice key={data.id} booking={data} className={classes.asChef} />

      {data.role === "chef" ? (
        <div className={classes.asChef}>
          <Notice tone="calm" icon="chefHat" title={t("booking.asChef")}>
            <span>{t("booking.asChefText")}</span>
            <ButtonLink to="/chef/desk" variant="default" mt="xs" style={{ justifySelf: "start" }}>
              {t("booking.toDesk")}
            </ButtonLink>
          </Notice>
        </div>
      ) : null}

      <BookingSections booking={data} onAnswer={() => set({ open: "dispute" })} />

      <Alternatives booking={data} className={classes.alternatives} />

      {data.role === "guest" ? (
        <CancelDialog
          booking={data}
          opened={values.open === "cancel" && actions.includes("cancel")}
          onClose={close}
        />
      ) : null}
      <ReviewDialog
        booking={data}
        opened={values.open === "review" && actions.includes("review")}
        onClose={close}
      />
      <Suspense>
        {values.open === "move" && actions.includes("reschedule") ? (
          <RescheduleDialog booking={data} opened onClose={close} />
        ) : null}
        {values.open === "dispute" && (actions.includes("dispute") || answers) ? (
          <DisputeDialog booking={data} opened onClose={close} />
        ) : null}
      </Suspense>
    </Page>
  );
}
