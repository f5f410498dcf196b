import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { language } from "#web/app/i18n";
import { formatMoney } from "#web/ui/format";
import { addMonths, asDate, dayIn, firstDay, lastDay, type Month, monthOf } from "../parts/calendar";
import classes from "./Earnings.module.css";
import { EARNING, type MonthSum, monthSums } from "./earnings";
import { useDeskBookings } from "./queries";

const MONTHS = 6;

const won = (amount: number) => formatMoney({ amount, currency: "KRW" });

const nameOf = (month: Month) =>
  new Intl.DateTimeFormat(language() === "ko" ? "ko-KR" : "en-GB", {
    month: "short",
    timeZone: "UTC",
  }).format(asDate(firstDay(month)));

/** This month's money and the half year around it. The bars are lengths of a list, so the figures are at hand. */
export function Earnings({ zone }: { zone: string }) {
  const { t } = useTranslation("coocook/desk");
  const month = monthOf(dayIn(zone, new Date()));
  const bookings = useDeskBookings({
    statuses: EARNING,
    from: firstDay(addMonths(month, 1 - MONTHS)),
    to: lastDay(month),
  });
  if (bookings.isPending) return <Skeleton height={300} radius="lg" />;
  if (!bookings.data) return null;
  const sums = monthSums(bookings.data, zone, new Date(), MONTHS);
  const current = sums.at(-1) as MonthSum;
  const most = Math.max(1, ...sums.map((sum) => sum.earned + sum.expected));
  const share = (amount: number) => `${(amount / most) * 100}%`;
  return (
    <section className={classes.box} aria-labelledby="earnings">
      <h2 id="earnings" className={classes.title}>
        {t("earnings.title")}
      </h2>
      <p className={classes.sum}>{won(current.earned + current.expected)}</p>
      <dl className={classes.parts}>
        <div data-part="earned">
          <dt>{t("earnings.earned")}</dt>
          <dd>{won(current.earned)}</dd>
        </div>
        <div data-part="expected">
          <dt>{t("earnings.expected")}</dt>
          <dd>{won(current.expected)}</dd>
        </div>
      </dl>
      <ol className={classes.months} aria-label={t("earnings.months")}>
        {sums.map((sum) => (
          <li key={sum.month} className={classes.month}>
            <span className={classes.name}>{nameOf(sum.month)}</span>
            <span className={classes.bar} aria-hidden="true">
              <span data-part="earned" style={{ width: share(sum.earned) }} />
              <span data-part="expected" style={{ width: share(sum.expected) }} />
            </span>
            <span className={classes.amount}>{won(sum.earned + sum.expected)}</span>
          </li>
        ))}
      </ol>
      <p className={classes.note}>{t("earnings.note")}</p>
    </section>
  );
}
