import { Tabs } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useLead } from "#web/app/lead";
import { PendingPage } from "#web/app/states";
import { ErrorState } from "#web/ui/ErrorState";
import { ButtonLink } from "#web/ui/Link";
import { Page, PageHeader } from "#web/ui/Page";
import { FormSkeleton, RowsSkeleton } from "#web/ui/Skeletons";
import { Sliced } from "#web/ui/Sliced";
import { useFilters } from "#web/ui/useFilters";
import { useTabInView } from "#web/ui/useTabInView";
import { BookingDrawer } from "./BookingDrawer";
import classes from "./Desk.module.css";
import { OPEN, useDeskBookings, useOwn } from "./queries";
import { piles } from "./requests/piles";
import { Requests } from "./requests/Requests";
import { Standing } from "./Standing";
import type { OwnChef } from "./types";

const Calendar = lazy(() => import("./calendar/Calendar").then((part) => ({ default: part.Calendar })));
const Availability = lazy(() =>
  import("./availability/Availability").then((part) => ({ default: part.Availability })),
);
const Menus = lazy(() => import("./menus/Menus").then((part) => ({ default: part.Menus })));
const Profile = lazy(() => import("./profile/Profile").then((part) => ({ default: part.Profile })));
const Join = lazy(() => import("./profile/Join").then((part) => ({ default: part.Join })));

const TABS = ["requests", "calendar", "availability", "menus", "profile"] as const;
type Tab = (typeof TABS)[number];

function Waiting() {
  const { t } = useTranslation("coocook/desk");
  const { data } = useDeskBookings({ statuses: OPEN });
  const { requests, asked } = piles(data ?? []);
  const count = requests.length + asked.length;
  if (count === 0) return null;
  return (
    <span className={classes.badge}>
      <span aria-hidden="true">{count}</span>
      <span className={classes.hidden}>{t("tab.waiting", { count })}</span>
    </span>
  );
}

function Open({ own }: { own: OwnChef }) {
  const { t } = useTranslation(["coocook/desk", "coocook"]);
  const lead = useLead();
  const { values, set } = useFilters(["tab", "booking", "open", "menu"] as const);
  const tab: Tab = TABS.find((name) => name === values.tab) ?? "requests";
  const list = useTabInView(tab, TABS[0]);
  const onOpen = (booking: string, open?: "review") => set({ booking, open });
  const panels: Record<Tab, () => ReactNode> = {
    requests: () => <Requests own={own} onOpen={onOpen} />,
    calendar: () => <Calendar own={own} onOpen={onOpen} />,
    availability: () => <Availability own={own} />,
    menus: () => <Menus own={own} />,
    profile: () => <Profile own={own} />,
  };
  return (
    <Page title={tab === "requests" ? t("title") : `${t(`tab.${tab}`)} · ${t("title")}`}>
      <PageHeader
        title={t("title")}
        text={lead}
        actions={
          own.status === "active" ? (
            <ButtonLink to={`/chefs/${own.id}`} variant="default">
              {t("toPublic")}
            </ButtonLink>
          ) : null
        }
      />
      <Standing own={own} onProfile={() => set({ tab: "profile", menu: undefined })} />
      <Tabs
        value={tab}
        onChange={(next) => set({ tab: next === "requests" ? undefined : next, menu: undefined })}
      >
        <Tabs.List ref={list} aria-label={t("tabs")} className={classes.tabs}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} data-tab={name} value={name} className={classes.tab}>
              {t(`tab.${name}`)}
              {name === "requests" ? <Waiting /> : null}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((name) => (
          <Tabs.Panel key={name} value={name} pt="lg">
            {name === tab ? <Suspense fallback={<RowsSkeleton />}>{panels[name]()}</Suspense> : null}
          </Tabs.Panel>
        ))}
      </Tabs>
      <BookingDrawer
        bookingId={values.booking}
        dialog={values.open}
        onClose={() => set({ booking: undefined, open: undefined })}
        onDialog={(open) => set({ open })}
      />
    </Page>
  );
}

/**
 * The chef's desk, whatever stands behind it: nothing yet (become a chef), a profile that waits, or one that is listed.
 * Its messages are the namespace `coocook/desk`, from `messages/desk.{ko,en}.json`.
 */
export function Desk() {
  const { t } = useTranslation("coocook/desk");
  const own = useOwn();
  // Asked for beside the profile, not after it: the first tab shows them.
  useDeskBookings({ statuses: OPEN }, own.data !== null);
  const lead = useLead();
  const waiting = <PendingPage title={t("title")} text={lead} />;
  if (own.isPending) return waiting;
  if (own.isError && own.data === undefined) {
    return (
      <Page>
        <ErrorState order={1} error={own.error} onRetry={own.refetch} />
      </Page>
    );
  }
  if (!own.data) {
    return (
      <Suspense
        fallback={
          <Page width="narrow">
            <FormSkeleton fields={5} />
          </Page>
        }
      >
        <Join />
      </Suspense>
    );
  }
  return (
    <Sliced fallback={waiting}>
      <Open own={own.data} />
    </Sliced>
  );
}
