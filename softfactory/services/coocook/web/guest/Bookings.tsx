import { Tabs } from "@mantine/core";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { ButtonLink } from "#web/ui/Link";
import { MoreButton } from "#web/ui/MoreButton";
import { Page, PageHeader } from "#web/ui/Page";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { useFilters } from "#web/ui/useFilters";
import { useBookings } from "../parts/queries";
import type { BookingCard, BookingStatus } from "../parts/types";
import { useBookingWords } from "../parts/words";
import { BookingRow } from "./BookingRow";
import classes from "./Bookings.module.css";

const TABS = {
  upcoming: ["held", "paying", "requested", "confirmed"],
  past: ["completed", "no_show", "disputed"],
  cancelled: ["cancelled", "declined", "expired"],
} as const satisfies Record<string, readonly BookingStatus[]>;
type Tab = keyof typeof TABS;
const NAMES = Object.keys(TABS) as Tab[];

/** What is waiting for the guest comes first, then the soonest; the API gives the latest start first. */
function inOrder(tab: Tab, items: readonly BookingCard[]): readonly BookingCard[] {
  if (tab !== "upcoming") return items;
  const urgent = (booking: BookingCard) =>
    booking.actions.includes("pay") || booking.actions.includes("agree") ? 0 : 1;
  return [...items].sort(
    (a, b) => urgent(a) - urgent(b) || Date.parse(a.starts_at) - Date.parse(b.starts_at),
  );
}

function List({ tab }: { tab: Tab }) {
  const { t } = useBookingWords();
  const pages = useBookings(TABS[tab]);
  if (pages.isPending) return <RowsSkeleton count={4} height={124} />;
  if (pages.isError && !pages.data) return <ErrorState error={pages.error} onRetry={pages.refetch} />;
  // A hold that ran out a moment ago is shown as expired before anybody has written it down.
  const items = inOrder(tab, pages.items).filter(
    (booking) => tab !== "upcoming" || booking.status !== "expired",
  );
  if (items.length === 0) {
    return (
      <EmptyState
        title={t(`bookings.none.${tab}`)}
        text={t(`bookings.noneText.${tab}`)}
        action={<ButtonLink to="/chefs">{t("bookings.find")}</ButtonLink>}
      />
    );
  }
  return (
    <>
      <ul className={classes.list}>
        {items.map((booking) => (
          <li key={booking.id}>
            <BookingRow booking={booking} />
          </li>
        ))}
      </ul>
      <MoreButton {...pages} />
    </>
  );
}

/** The guest's bookings by what is still to come, what was, and what was not to be. */
export function Bookings() {
  const { t } = useBookingWords();
  const { values, set } = useFilters(["tab"] as const);
  const tab = NAMES.find((name) => name === values.tab) ?? "upcoming";
  return (
    <Page>
      <PageHeader title={t("bookings.title")} text={t("bookings.text")} />
      <Tabs value={tab} onChange={(next) => set({ tab: next === "upcoming" ? undefined : next })}>
        <Tabs.List aria-label={t("bookings.tabs")} className={classes.tabs}>
          {NAMES.map((name) => (
            <Tabs.Tab key={name} value={name} className={classes.tab}>
              {t(`bookings.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {NAMES.map((name) => (
          <Tabs.Panel key={name} value={name} pt="lg">
            {name === tab ? <List tab={name} /> : null}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
