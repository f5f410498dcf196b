import { Button, Group, SimpleGrid } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { ApiError } from "#web/api/problem";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { Icon } from "#web/ui/icons";
import { ButtonLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton } from "#web/ui/Skeletons";
import { useFilters } from "#web/ui/useFilters";
import { ZonedTime } from "#web/ui/ZonedTime";
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
import { ChefTile } from "./ChefTile";
import { ReviewDialog } from "./ReviewDialog";

const SOON_MS = 3_000;

/** What moves by itself is looked at again: a payment on its way, a refund on its way. */
const whileMoving = (booking: Booking | undefined) =>
  booking && (booking.status === "paying" || ["due", "requested"].includes(booking.refund?.state ?? ""))
    ? SOON_MS
    : false;

/** One booking: its state in a sentence, what can be done, the bill, the policy, what happened, both reviews. */
export function BookingPage() {
  const { t } = useBookingWords();
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
  const { chef, menu, actions, alternatives = [] } = data;
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
            {" · "}
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
          <ButtonLink to={`/chefs/${chef.id}`} variant="default">
            {t("booking.toChef")}
          </ButtonLink>
          {actions.includes("cancel") && data.role === "guest" ? (
            <Button variant="subtle" color="red" onClick={() => set({ open: "cancel" })}>
              {t("action.cancel")}
            </Button>
          ) : null}
        </Group>
      </div>

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

      <BookingSections booking={data} />

      {alternatives.length > 0 ? (
        <section aria-labelledby="alternatives" className={classes.alternatives}>
          <h2 id="alternatives">{t("booking.alternatives")}</h2>
          <p>
            <ZonedTime at={data.starts_at} zone={data.zone} />
          </p>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg">
            {alternatives.map((each) => (
              <ChefTile
                key={each.id}
                chef={each}
                order={3}
                search={{
                  party: String(data.party),
                  date: data.local_start.slice(0, 10),
                  at: data.starts_at,
                }}
              />
            ))}
          </SimpleGrid>
        </section>
      ) : null}

      {data.role === "guest" ? (
        <CancelDialog
          booking={data}
          opened={values.open === "cancel" && actions.includes("cancel")}
          onClose={() => set({ open: undefined })}
        />
      ) : null}
      <ReviewDialog
        booking={data}
        opened={values.open === "review" && actions.includes("review")}
        onClose={() => set({ open: undefined })}
      />
    </Page>
  );
}
