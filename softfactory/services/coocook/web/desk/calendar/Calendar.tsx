import { ActionIcon, Button, Group, Loader, SegmentedControl, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { language } from "#web/app/i18n";
import { ErrorState } from "#web/ui/ErrorState";
import { formatRange, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { useFilters } from "#web/ui/useFilters";
import {
  addDays,
  addMonths,
  asDate,
  type Day,
  dayIn,
  firstDay,
  isDay,
  lastDay,
  monthOf,
} from "../../parts/calendar";
import { useDeskBookings } from "../queries";
import type { OwnChef } from "../types";
import classes from "./Calendar.module.css";
import { byLocalDay, weekOf } from "./days";
import { Feed } from "./Feed";
import { MonthView, WeekView } from "./Views";

const SHOWN = ["requested", "confirmed", "completed", "no_show", "disputed"] as const;
const LEGEND = ["requested", "confirmed", "completed", "disputed"] as const;

interface CalendarProps {
  own: OwnChef;
  onOpen: (bookingId: string) => void;
}

/** Bookings and hours over time: a month on a desk, a week on a phone. */
export function Calendar({ own, onOpen }: CalendarProps) {
  const { t } = useTranslation("coocook/desk");
  const { values, set } = useFilters(["at", "view"] as const);
  const onPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const view = onPhone || values.view === "week" ? "week" : "month";
  const weekStart = language() === "ko" ? 0 : 1;
  const today = dayIn(own.availability.zone, new Date());
  const at: Day = isDay(values.at) ? values.at : today;
  const month = monthOf(at);
  const week = weekOf(at, weekStart);
  const [first, last] = view === "month" ? [firstDay(month), lastDay(month)] : [week[0] ?? at, week[6] ?? at];
  // The API counts days in UTC; a day more on each side holds every zone's.
  const found = useDeskBookings({ statuses: SHOWN, from: addDays(first, -1), to: addDays(last, 1) });
  const bookings = useMemo(() => byLocalDay(found.data ?? []), [found.data]);

  const go = (day: Day | undefined) => set({ at: day === today ? undefined : day });
  const turn = (by: 1 | -1) => go(view === "month" ? firstDay(addMonths(month, by)) : addDays(at, 7 * by));
  const title =
    view === "month"
      ? formatTime(asDate(first), { style: "month", zone: "UTC" })
      : formatRange(asDate(first), asDate(last), { style: "day", zone: "UTC" });
  const shared = {
    hours: own.availability,
    bookings,
    today,
    weekStart,
    onOpen,
    onDay: (day: Day) => set({ at: day, view: "week" }),
  };

  if (found.isError && !found.data) return <ErrorState error={found.error} onRetry={found.refetch} />;
  return (
    <section aria-label={t("tab.calendar")}>
      <div className={classes.bar}>
        <Group gap={4} wrap="nowrap">
          <ActionIcon aria-label={t(`calendar.before.${view}`)} onClick={() => turn(-1)}>
            <Icon name="chevronLeft" />
          </ActionIcon>
          <h2 className={classes.title} aria-live="polite">
            {title}
          </h2>
          <ActionIcon aria-label={t(`calendar.after.${view}`)} onClick={() => turn(1)}>
            <Icon name="chevronRight" />
          </ActionIcon>
          {found.isFetching && found.isPlaceholderData ? <Loader size={16} /> : null}
        </Group>
        <Group gap="xs">
          {at === today ? null : (
            <Button variant="default" onClick={() => go(undefined)}>
              {t("calendar.today")}
            </Button>
          )}
          {onPhone ? null : (
            <SegmentedControl
              aria-label={t("calendar.view")}
              value={view}
              onChange={(next) => set({ view: next === "month" ? undefined : next })}
              className={classes.segments}
              data={[
                { value: "month", label: t("calendar.month") },
                { value: "week", label: t("calendar.week") },
              ]}
            />
          )}
        </Group>
      </div>
      {found.isPending ? (
        <Skeleton height={view === "month" ? 640 : 480} radius="lg" />
      ) : view === "month" ? (
        <MonthView {...shared} month={month} label={title} />
      ) : (
        <WeekView {...shared} day={at} />
      )}
      <ul className={classes.legend}>
        {LEGEND.map((status) => (
          <li key={status} data-status={status}>
            {t(`calendar.legend.${status}`)}
          </li>
        ))}
      </ul>
      <Feed own={own} />
    </section>
  );
}
