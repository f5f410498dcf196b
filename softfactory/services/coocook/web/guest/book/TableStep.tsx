import { Button, Checkbox, Stack } from "@mantine/core";
import { useRef, useState } from "react";
import { useSession } from "#web/app/session";
import { EmptyState } from "#web/ui/EmptyState";
import { formatMoney } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { ButtonLink } from "#web/ui/Link";
import { Steps } from "#web/ui/Steps";
import { MenuCard } from "../../parts/MenuCard";
import { Notice } from "../../parts/Notice";
import { NumberStepper } from "../../parts/NumberStepper";
import { useRefreshBookings } from "../../parts/queries";
import { SlotPicker } from "../../parts/SlotPicker";
import { billOf } from "../../parts/sum";
import type { Chef, Menu } from "../../parts/types";
import { useBookingWords } from "../../parts/words";
import classes from "../Book.module.css";
import { useTable } from "../useTable";
import { Refused } from "./Refused";
import { SignInFirst } from "./SignInFirst";
import { Summary } from "./Summary";
import type { BookFlow } from "./useBookFlow";
import { useTakeHold } from "./useHold";

const MOST_OF_AN_EXTRA = 20;

/** Step one: what, when, for how many; then the time is kept. */
export function TableStep({ chef, menus, flow }: { chef: Chef; menus: readonly Menu[]; flow: BookFlow }) {
  const { t } = useBookingWords();
  const session = useSession();
  const table = useTable(menus);
  const take = useTakeHold();
  const refresh = useRefreshBookings();
  const times = useRef<HTMLElement>(null);
  const [asked, setAsked] = useState(false);
  const [changing, setChanging] = useState(!table.search.menu);
  const { menu } = table;

  if (!menu) {
    return (
      <EmptyState
        title={t("chef.noMenus")}
        text={t("chef.noMenusText")}
        action={<ButtonLink to="/chefs">{t("chef.others")}</ButtonLink>}
      />
    );
  }
  const { lines, total } = billOf(menu, table.party, table.extras);
  const toTimes = () => {
    times.current?.scrollIntoView({ behavior: "smooth", block: "start" });
    times.current?.querySelector<HTMLElement>('[data-day][tabindex="0"]')?.focus({ preventScroll: true });
  };
  const keep = () => {
    if (!table.at) {
      setAsked(true);
      toTimes();
      return;
    }
    take.mutate(
      { chef_id: chef.id, menu_id: menu.id, starts_at: table.at, party: table.party },
      {
        onSuccess: (kept) =>
          flow.goTo({ menu: menu.id, party: String(table.party), hold: kept.id, booking: undefined }),
        // Whoever took the time is seen in the calendar at once.
        onError: () => void refresh(),
      },
    );
  };

  return (
    <>
      <Steps labels={[t("book.step.table"), t("book.step.details"), t("book.step.pay")]} current={0} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <section aria-labelledby="book-menu">
            <h2 id="book-menu">{t("panel.menu")}</h2>
            <div className={classes.menus}>
              {(changing ? menus : [menu]).map((each) => (
                <MenuCard
                  key={each.id}
                  menu={each}
                  hints={chef.cuisines}
                  name="menu"
                  chosen={each.id === menu.id}
                  compact
                  onChoose={() => table.change({ menu: each.id })}
                />
              ))}
            </div>
            {!changing && menus.length > 1 ? (
              <Button variant="subtle" mt="xs" onClick={() => setChanging(true)}>
                {t("book.otherMenu")}
              </Button>
            ) : null}
          </section>

          <section aria-labelledby="book-party">
            <h2 id="book-party">{t("filter.party")}</h2>
            <NumberStepper
              label={t("filter.partyLabel")}
              hint={t("menu.party", { min: menu.min_party, max: menu.max_party })}
              value={table.party}
              min={menu.min_party}
              max={menu.max_party}
              onChange={(party) => table.change({ party })}
              say={(count) => t("guests", { count })}
              fewer={t("filter.fewer")}
              more={t("filter.more")}
            />
          </section>

          <section aria-labelledby="book-time" ref={times}>
            <h2 id="book-time">{t("chef.times")}</h2>
            <SlotPicker
              chef={chef}
              menuId={menu.id}
              party={table.party}
              day={table.day}
              at={table.at}
              onChange={({ day, at }) => {
                take.reset();
                table.change({ date: day, at });
              }}
            />
            {asked && !table.at ? (
              <p role="alert" className={classes.about}>
                {t("book.timeFirst")}
              </p>
            ) : null}
          </section>

          {menu.extras.length > 0 ? (
            <section aria-labelledby="book-extras">
              <h2 id="book-extras">{t("menu.extras")}</h2>
              <div className={classes.extras}>
                {menu.extras.map((extra) =>
                  extra.per === "guest" ? (
                    <Checkbox
                      key={extra.code}
                      size="md"
                      label={<b>{extra.name}</b>}
                      description={t("book.forAll", {
                        price: formatMoney(extra.price),
                        guests: t("guests", { count: table.party }),
                      })}
                      checked={(table.extras[extra.code] ?? 0) > 0}
                      onChange={(event) =>
                        table.change({
                          extras: { ...table.extras, [extra.code]: event.currentTarget.checked ? 1 : 0 },
                        })
                      }
                    />
                  ) : (
                    <NumberStepper
                      key={extra.code}
                      label={extra.name}
                      hint={formatMoney(extra.price)}
                      value={table.extras[extra.code] ?? 0}
                      min={0}
                      max={MOST_OF_AN_EXTRA}
                      onChange={(count) => table.change({ extras: { ...table.extras, [extra.code]: count } })}
                      fewer={t("book.lessOf", { name: extra.name })}
                      more={t("book.moreOf", { name: extra.name })}
                    />
                  ),
                )}
              </div>
            </section>
          ) : null}
        </div>

        <div className={classes.aside}>
          <Summary
            chef={chef}
            menu={menu.name}
            at={table.at}
            zone={chef.zone}
            party={table.party}
            lines={lines}
            total={total}
          />
          <Refused error={take.error} zone={chef.zone} onChooseTime={toTimes} />
          {session.status !== "signed-in" ? (
            <SignInFirst />
          ) : !session.user.roles.includes("guest") ? (
            <Notice tone="warning" icon="lock" title={t("book.notGuest")}>
              {t("book.notGuestText")}
            </Notice>
          ) : (
            <Stack gap="xs">
              <Button
                onClick={keep}
                loading={take.isPending}
                disabled={chef.mine}
                rightSection={<Icon name="arrowRight" size={18} />}
              >
                {table.at ? t("book.keep") : t("panel.chooseTime")}
              </Button>
              <p className={classes.calm}>{chef.mine ? t("panel.mine") : t("book.keepText")}</p>
            </Stack>
          )}
        </div>
      </div>
    </>
  );
}
