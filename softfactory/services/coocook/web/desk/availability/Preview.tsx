import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorState } from "#web/ui/ErrorState";
import { formatTime } from "#web/ui/format";
import { addDays, asDate, byDay, dayIn } from "../../parts/calendar";
import { useMenus, useSlots } from "../../parts/queries";
import type { OwnChef } from "../types";
import classes from "./Availability.module.css";

const DAYS = 7;

/** What guests see now: the free times of the next seven days, as the server computes them from the saved hours. */
export function Preview({ own, dirty }: { own: OwnChef; dirty: boolean }) {
  const { t } = useTranslation("coocook/desk");
  const { zone, version } = own.availability;
  const menus = useMenus(own.id);
  const today = dayIn(zone, new Date());
  const party = menus.data?.[0]?.min_party;
  const listed = own.status === "active";
  const slots = useSlots(
    { chefId: own.id, from: today, to: addDays(today, DAYS - 1), party: party ?? 1 },
    listed && party !== undefined,
  );
  const days = byDay(slots.data ?? []);
  const week = Array.from({ length: DAYS }, (_, index) => addDays(today, index));
  const body = () => {
    if (!listed) return <p className={classes.small}>{t("preview.notListed")}</p>;
    if (menus.data && party === undefined) return <p className={classes.small}>{t("preview.noMenu")}</p>;
    if (slots.isError && !slots.data)
      return <ErrorState error={slots.error} onRetry={slots.refetch} order={3} />;
    if (!slots.data) return <Skeleton height={240} />;
    return (
      <ol className={classes.preview}>
        {week.map((day) => (
          <li key={day}>
            <span className={classes.previewDay}>
              {formatTime(asDate(day), { style: "day", zone: "UTC" })}
            </span>
            <span className={classes.times}>
              {(days.get(day) ?? []).map((slot) => (
                <span key={slot.starts_at} className={classes.time}>
                  {slot.local_start.slice(11, 16)}
                </span>
              ))}
              {days.has(day) ? null : <span className={classes.small}>{t("preview.none")}</span>}
            </span>
          </li>
        ))}
      </ol>
    );
  };
  return (
    <section className={classes.box} aria-labelledby="preview" data-version={version}>
      <div className={classes.boxHead}>
        <h2 id="preview">{t("preview.title")}</h2>
      </div>
      <p className={classes.small}>{dirty ? t("preview.dirty") : t("preview.text")}</p>
      {body()}
    </section>
  );
}
