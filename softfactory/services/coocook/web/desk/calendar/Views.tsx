import { useTranslation } from "react-i18next";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { PlainLink } from "#web/ui/Link";
import { asDate, type Day, type Month as MonthName, weeksOf } from "../../parts/calendar";
import type { BookingCard } from "../../parts/types";
import { hoursOn } from "../hours";
import type { AvailabilityView } from "../types";
import classes from "./Calendar.module.css";
import { Chip } from "./Chip";
import { shortHours, weekOf } from "./days";

const IN_A_CELL = 3;

interface ViewProps {
  hours: AvailabilityView;
  bookings: Map<Day, BookingCard[]>;
  today: Day;
  weekStart: number;
  onOpen: (bookingId: string) => void;
  onDay: (day: Day) => void;
}

function Hours({ hours, day }: { hours: AvailabilityView; day: Day }) {
  const { t } = useTranslation("coocook/desk");
  const { hours: open, exception } = hoursOn(hours, day);
  return (
    <span className={classes.hours} data-exception={exception !== null || undefined}>
      {open.length > 0 ? shortHours(open) : t("calendar.closed")}
      {exception?.note ? <span className={classes.exception}> {exception.note}</span> : null}
    </span>
  );
}

const sayDay = (day: Day) => formatTime(asDate(day), { style: "day", zone: "UTC" });

const sayWeekday = (day: Day) => formatTime(asDate(day), { style: "weekday", zone: "UTC" });

/** A month at a glance. */
export function MonthView({ month, label, ...view }: ViewProps & { month: MonthName; label: string }) {
  const { t } = useTranslation("coocook/desk");
  const weeks = weeksOf(month, view.weekStart);
  const weekdays = weekOf(view.today, view.weekStart);
  return (
    <table className={classes.month} aria-label={label}>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th key={day} scope="col">
              {sayWeekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, row) => (
          <tr key={week.find(Boolean) ?? row}>
            {week.map((day, index) => {
              if (day === null) return <td key={index} className={classes.none} />;
              const some = view.bookings.get(day) ?? [];
              const closed = hoursOn(view.hours, day).hours.length === 0;
              return (
                <td
                  key={day}
                  className={classes.cell}
                  data-closed={closed || undefined}
                  data-past={day < view.today || undefined}
                >
                  <div className={classes.cellHead}>
                    <button
                      type="button"
                      className={classes.number}
                      aria-current={day === view.today ? "date" : undefined}
                      onClick={() => view.onDay(day)}
                    >
                      <span aria-hidden="true">{Number(day.slice(8))}</span>
                      <span className={classes.hidden}>{sayDay(day)}</span>
                    </button>
                    <Hours hours={view.hours} day={day} />
                  </div>
                  {some.slice(0, IN_A_CELL).map((booking) => (
                    <Chip key={booking.id} booking={booking} onOpen={() => view.onOpen(booking.id)} />
                  ))}
                  {some.length > IN_A_CELL ? (
                    <button type="button" className={classes.more} onClick={() => view.onDay(day)}>
                      {t("calendar.more", { count: some.length - IN_A_CELL })}
                    </button>
                  ) : null}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A week to read from top to bottom, each day with its hours and its bookings. */
export function WeekView({ day: at, ...view }: ViewProps & { day: Day }) {
  const { t } = useTranslation("coocook/desk");
  return (
    <ol className={classes.agenda}>
      {weekOf(at, view.weekStart).map((day) => {
        const some = view.bookings.get(day) ?? [];
        const past = day < view.today;
        return (
          <li key={day} className={classes.agendaDay} data-past={past || undefined}>
            <div className={classes.agendaHead}>
              <h3 aria-current={day === view.today ? "date" : undefined}>{sayDay(day)}</h3>
              <Hours hours={view.hours} day={day} />
              {past ? null : (
                <PlainLink
                  to="/chef/desk"
                  search={{ tab: "availability", date: day } as never}
                  className={classes.edit}
                  aria-label={t("calendar.close", { day: sayDay(day) })}
                >
                  <Icon name="edit" size={18} />
                </PlainLink>
              )}
            </div>
            {some.length === 0 ? <p className={classes.free}>{t("calendar.free")}</p> : null}
            {some.map((booking) => (
              <Chip key={booking.id} full booking={booking} onOpen={() => view.onOpen(booking.id)} />
            ))}
          </li>
        );
      })}
    </ol>
  );
}
