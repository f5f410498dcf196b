import { Button, Skeleton } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "#web/ui/ErrorState";
import { formatTime, offsetOf, readerZone, zoneName } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import {
  addDays,
  addMonths,
  asDate,
  byDay,
  byPart,
  type Day,
  dayIn,
  firstDay,
  lastDay,
  type Month,
  monthOf,
} from "./calendar";
import { MonthCalendar } from "./MonthCalendar";
import { Notice } from "./Notice";
import { useSlots } from "./queries";
import classes from "./SlotPicker.module.css";
import type { Chef } from "./types";

interface SlotPickerProps {
  chef: Chef;
  menuId: string | undefined;
  /** The booking that is being moved. */
  bookingId?: string;
  party: number;
  day: Day | undefined;
  /** The chosen start, RFC 3339. */
  at: string | undefined;
  onChange: (chosen: { day?: Day; at?: string }) => void;
}

const sameMoment = (a: string, b: string | undefined) => !!b && Date.parse(a) === Date.parse(b);

/** A chef's free times: the month, and the times of the chosen day, on the chef's clock. */
export function SlotPicker({ chef, menuId, bookingId, party, day, at, onChange }: SlotPickerProps) {
  const { t } = useTranslation("coocook");
  const today = dayIn(chef.zone, new Date());
  const horizon = addDays(today, chef.horizon_days);
  const chosenDay = day ?? (at ? dayIn(chef.zone, new Date(at)) : undefined);
  const [month, setMonth] = useState<Month>(monthOf(chosenDay && chosenDay > today ? chosenDay : today));
  const wandered = useRef(chosenDay !== undefined);

  const slots = useSlots({
    chefId: chef.id,
    from: firstDay(month) < today ? today : firstDay(month),
    to: lastDay(month) > horizon ? horizon : lastDay(month),
    party,
    menuId,
    bookingId,
  });
  const days = useMemo(() => byDay(slots.data ?? []), [slots.data]);
  const settled = slots.isSuccess && !slots.isPlaceholderData;
  const more = monthOf(horizon) > month;
  const none = settled && days.size === 0;

  // A month that is full or nearly over is no place to start: the first look goes on to the next one by itself.
  useEffect(() => {
    if (wandered.current || !settled) return;
    if (none && more) setMonth(addMonths(month, 1));
    else wandered.current = true;
  }, [settled, none, more, month]);

  const ofDay = chosenDay ? (days.get(chosenDay) ?? []) : [];
  const elsewhere = offsetOf(chef.zone, new Date()) !== offsetOf(readerZone(), new Date());
  const first = [...days.keys()][0];

  if (slots.isError && !slots.data)
    return <ErrorState error={slots.error} onRetry={slots.refetch} order={3} />;
  return (
    <div className={classes.picker}>
      <MonthCalendar
        label={t("calendar.label")}
        month={month}
        onMonth={(next) => {
          wandered.current = true;
          setMonth(next);
        }}
        selected={chosenDay}
        onSelect={(next) => onChange({ day: next, at: undefined })}
        min={today}
        max={horizon}
        today={today}
        free={(each) => days.get(each)?.length}
        sayFree={(count) => t("calendar.free", { count })}
        pending={slots.isFetching}
      />
      <div className={classes.times}>
        {elsewhere ? (
          <p className={classes.zone}>
            <Icon name="globe" size={16} /> {t("calendar.zone", { zone: zoneName(chef.zone) })}
          </p>
        ) : null}
        {slots.isPending ? <Skeleton height={120} /> : null}
        {none ? (
          <Notice tone="calm" icon="calendar" title={t("calendar.fullMonth")}>
            {more ? (
              <Button
                variant="default"
                mt="xs"
                style={{ justifySelf: "start" }}
                onClick={() => setMonth(addMonths(month, 1))}
              >
                {t("calendar.after")}
              </Button>
            ) : (
              t("calendar.fullAll")
            )}
          </Notice>
        ) : null}
        {!none && settled && !chosenDay ? (
          <div className={classes.hint}>
            <p>{t("calendar.choose")}</p>
            {first ? (
              <Button variant="default" onClick={() => onChange({ day: first, at: undefined })}>
                {t("calendar.soonest", { day: formatTime(asDate(first), { style: "day", zone: "UTC" }) })}
              </Button>
            ) : null}
          </div>
        ) : null}
        {chosenDay && !none ? (
          <section aria-live="polite">
            <h3 className={classes.dayTitle}>
              {formatTime(asDate(chosenDay), { style: "day", zone: "UTC" })}
            </h3>
            {settled && monthOf(chosenDay) === month && ofDay.length === 0 ? (
              <p className={classes.none}>{t("calendar.dayFull")}</p>
            ) : null}
            {byPart(ofDay).map(({ part, slots: some }) => (
              <fieldset key={part} className={classes.part}>
                <legend className={classes.partName}>{t(`calendar.part.${part}`)}</legend>
                <div className={classes.slots}>
                  {some.map((slot) => (
                    <button
                      key={slot.starts_at}
                      type="button"
                      className={classes.slot}
                      aria-pressed={sameMoment(slot.starts_at, at)}
                      onClick={() => onChange({ day: chosenDay, at: slot.starts_at })}
                    >
                      {formatTime(slot.starts_at, { style: "time", zone: slot.zone })}
                    </button>
                  ))}
                </div>
              </fieldset>
            ))}
          </section>
        ) : null}
      </div>
    </div>
  );
}
