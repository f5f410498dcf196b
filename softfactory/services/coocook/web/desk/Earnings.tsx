import { useTranslation } from "react-i18next";
import { ChartCard, usePeriod } from "#web/ui/ChartCard";
import { change } from "#web/ui/chartMath";
import { formatMoney, formatMoneyCompact, formatTime } from "#web/ui/format";
import { addMonths, asDate, dayIn, firstDay, lastDay, monthOf } from "../parts/calendar";
import { EARNING, type MonthSum, monthSums } from "./earnings";
import { useDeskBookings } from "./queries";

const won = (amount: number) => formatMoney({ amount });
const wonOnAxis = (amount: number) => formatMoneyCompact({ amount });
const total = (sum: MonthSum | undefined) => (sum ? sum.earned + sum.expected : 0);

/** This month's money, and the months before it. */
export function Earnings({ zone }: { zone: string }) {
  const { t } = useTranslation("coocook/desk");
  const periods = {
    param: "earnings",
    options: ["6", "12"].map((value) => ({ value, label: t("earnings.period", { count: Number(value) }) })),
  };
  const months = Number(usePeriod(periods));
  const month = monthOf(dayIn(zone, new Date()));
  const bookings = useDeskBookings({
    statuses: EARNING,
    from: firstDay(addMonths(month, 1 - months)),
    to: lastDay(month),
  });
  const sums = monthSums(bookings.data ?? [], zone, new Date(), months);
  const [before, current] = sums.slice(-2);
  return (
    <ChartCard
      title={t("earnings.title")}
      figure={won(total(current))}
      comparison={{ share: change(total(current), total(before)), with: t("earnings.comparedWith") }}
      series={[
        { key: "earned", label: t("earnings.earned") },
        { key: "expected", label: t("earnings.expected") },
      ]}
      points={sums.map(({ month: each, earned, expected }) => ({
        label: formatTime(asDate(firstDay(each)), { style: "monthShort", zone: "UTC" }),
        values: { earned, expected },
      }))}
      pointName={t("earnings.month")}
      format={won}
      formatAxis={wonOnAxis}
      periods={periods}
      csvName="coocook-earnings"
      loading={bookings.isPending}
      error={bookings.data ? undefined : bookings.error}
      onRetry={bookings.refetch}
      note={t("earnings.note")}
    />
  );
}
