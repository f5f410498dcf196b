import type { MoneyValue } from "#web/ui/format";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Bill } from "../../parts/Bill";
import { Portrait } from "../../parts/ChefPicture";
import type { Picture, PriceLine } from "../../parts/types";
import { useBookingWords } from "../../parts/words";
import classes from "./Summary.module.css";

interface SummaryProps {
  chef: { name: string; picture: Picture };
  menu: string;
  at?: string;
  until?: string;
  zone: string;
  party: number;
  lines: readonly PriceLine[];
  total: MoneyValue;
}

/** The table so far, beside every step: who, what, when, for how many, for how much. */
export function Summary({ chef, menu, at, until, zone, party, lines, total }: SummaryProps) {
  const { t } = useBookingWords();
  return (
    <aside className={classes.summary} aria-label={t("panel.label")}>
      <div className={classes.who}>
        <Portrait picture={chef.picture} size={60} />
        <div>
          <div className={classes.name}>{chef.name}</div>
          <div className={classes.menu}>{menu}</div>
        </div>
      </div>
      <dl className={classes.facts}>
        <dt>{t("panel.time")}</dt>
        <dd>{at ? <ZonedTime at={at} until={until} zone={zone} /> : t("panel.noTime")}</dd>
        <dt>{t("filter.party")}</dt>
        <dd>{t("guests", { count: party })}</dd>
      </dl>
      <Bill lines={lines} total={total} />
    </aside>
  );
}
