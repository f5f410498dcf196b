import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "#web/ui/Link";
import { Money } from "#web/ui/Money";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Bill } from "../parts/Bill";
import { NumberStepper } from "../parts/NumberStepper";
import { billOf, extrasInAddress } from "../parts/sum";
import type { Chef, Menu } from "../parts/types";
import classes from "./BookingPanel.module.css";
import type { useTable } from "./useTable";

interface BookingPanelProps {
  chef: Chef;
  menu: Menu;
  table: ReturnType<typeof useTable>;
}

function showTimes(): void {
  const section = document.getElementById("times")?.parentElement;
  section?.scrollIntoView({ behavior: "smooth", block: "start" });
  section?.querySelector<HTMLElement>('[data-day][tabindex="0"]')?.focus({ preventScroll: true });
}

function Go({ chef, menu, table, fullWidth }: BookingPanelProps & { fullWidth?: boolean }) {
  const { t } = useTranslation("coocook");
  if (chef.mine) return <Text c="dimmed">{t("panel.mine")}</Text>;
  if (!table.at) {
    return (
      <Button fullWidth={fullWidth} onClick={showTimes}>
        {t("panel.chooseTime")}
      </Button>
    );
  }
  return (
    <ButtonLink
      to={`/chefs/${chef.id}/book`}
      search={
        {
          menu: menu.id,
          party: String(table.party),
          at: table.at,
          extras: extrasInAddress.write(table.extras),
        } as never
      }
      fullWidth={fullWidth}
    >
      {t("panel.book")}
    </ButtonLink>
  );
}

/** On a desk: the table so far, its sum line by line, and the way on. */
export function BookingPanel({ chef, menu, table }: BookingPanelProps) {
  const { t } = useTranslation("coocook");
  const { lines, total } = billOf(menu, table.party, table.extras);
  return (
    <div className={classes.panel}>
      <p className={classes.price}>
        <b>
          <Money value={menu.price_per_guest} />
        </b>{" "}
        {t("menu.perGuest")}
      </p>
      <dl className={classes.facts}>
        <dt>{t("panel.menu")}</dt>
        <dd>{menu.name}</dd>
        <dt>{t("panel.time")}</dt>
        <dd>
          {table.at ? (
            <ZonedTime at={table.at} zone={chef.zone} />
          ) : (
            <span className={classes.open}>{t("panel.noTime")}</span>
          )}
        </dd>
      </dl>
      <NumberStepper
        label={t("filter.party")}
        value={table.party}
        min={menu.min_party}
        max={menu.max_party}
        onChange={(party) => table.change({ party })}
        say={(count) => t("guests", { count })}
        fewer={t("filter.fewer")}
        more={t("filter.more")}
      />
      <Bill lines={lines} total={total} />
      <Go chef={chef} menu={menu} table={table} fullWidth />
      <p className={classes.calm}>{t("panel.notYet")}</p>
    </div>
  );
}

/** On a phone: the sum and the way on, above the app's own bar. */
export function BookingBar({ chef, menu, table }: BookingPanelProps) {
  const { t } = useTranslation("coocook");
  const { total } = billOf(menu, table.party, table.extras);
  return (
    <section className={classes.bar} aria-label={t("panel.label")}>
      <div className={classes.barWords}>
        <b>
          <Money value={total} />
        </b>
        <span className={classes.barNote}>
          {t("guests", { count: table.party })}
          {table.at ? (
            <>
              {" · "}
              <ZonedTime at={table.at} zone={chef.zone} style="day" />
            </>
          ) : null}
        </span>
      </div>
      <Go chef={chef} menu={menu} table={table} />
    </section>
  );
}
