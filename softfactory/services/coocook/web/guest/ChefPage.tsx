import { Skeleton } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "#web/api/problem";
import { hole } from "#web/app/firstView";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { ButtonLink } from "#web/ui/Link";
import { Page } from "#web/ui/Page";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { MenuCard } from "../parts/MenuCard";
import { Policy } from "../parts/Policy";
import { useChef, useMenus } from "../parts/queries";
import { SlotPicker } from "../parts/SlotPicker";
import { BookingBar, BookingPanel } from "./BookingPanel";
import { ChefHero, ChefHeroSkeleton } from "./ChefHero";
import classes from "./ChefPage.module.css";
import { Reviews } from "./Reviews";
import { useTable } from "./useTable";

function ChefPageSkeleton() {
  const { t } = useTranslation("coocook");
  return (
    <div role="status" aria-label={t("shell:loading")}>
      <ChefHeroSkeleton />
      <div className={classes.columns}>
        <div className={classes.main}>
          {hole ? (
            <section className={classes.section}>
              <h2>{t("chef.story")}</h2>
              <p className={classes.bio}>{hole("bio")}</p>
            </section>
          ) : null}
          <RowsSkeleton count={3} height={110} />
        </div>
        <Skeleton height={320} visibleFrom="md" />
      </div>
    </div>
  );
}

/** Everything about one chef, and the table being put together beside it. */
export function ChefPage() {
  const { t } = useTranslation("coocook");
  const { chefId = "" } = useParams({ strict: false }) as { chefId?: string };
  const chef = useChef(chefId);
  const menus = useMenus(chefId);
  const table = useTable(menus.data);

  if (chef.isPending) {
    return (
      <Page>
        <ChefPageSkeleton />
      </Page>
    );
  }
  if (chef.isError) {
    const missing = chef.error instanceof ApiError && [404, 422].includes(chef.error.status);
    return (
      <Page>
        {missing ? (
          <EmptyState
            order={1}
            picture="lost"
            title={t("chef.missing")}
            text={t("chef.missingText")}
            action={<ButtonLink to="/chefs">{t("chef.others")}</ButtonLink>}
          />
        ) : (
          <ErrorState order={1} error={chef.error} onRetry={chef.refetch} />
        )}
      </Page>
    );
  }
  const { data } = chef;
  return (
    <Page title={data.name}>
      <ChefHero chef={data} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {data.bio ? (
            <section aria-labelledby="story" className={classes.section}>
              <h2 id="story">{t("chef.story")}</h2>
              <p className={classes.bio}>{data.bio}</p>
            </section>
          ) : null}

          <section aria-labelledby="menus" className={classes.section}>
            <h2 id="menus">{t("chef.menus")}</h2>
            {menus.isPending ? <RowsSkeleton count={3} height={106} /> : null}
            {menus.isError ? <ErrorState error={menus.error} onRetry={menus.refetch} order={3} /> : null}
            {menus.data?.length === 0 ? (
              <EmptyState
                order={3}
                title={t("chef.noMenus")}
                text={t("chef.noMenusText")}
                action={
                  <ButtonLink to="/chefs" variant="default">
                    {t("chef.others")}
                  </ButtonLink>
                }
              />
            ) : null}
            <div className={classes.menus}>
              {menus.data?.map((menu) => (
                <MenuCard
                  key={menu.id}
                  menu={menu}
                  hints={data.cuisines}
                  name="menu"
                  chosen={menu.id === table.menu?.id}
                  onChoose={() => table.change({ menu: menu.id })}
                />
              ))}
            </div>
          </section>

          {table.menu ? (
            <section aria-labelledby="times" className={classes.section}>
              <h2 id="times">{t("chef.times")}</h2>
              <p className={classes.about}>
                {t("chef.timesFor", { menu: table.menu.name, guests: t("guests", { count: table.party }) })}
              </p>
              <SlotPicker
                chef={data}
                menuId={table.menu.id}
                party={table.party}
                day={table.day}
                at={table.at}
                onChange={({ day, at }) => table.change({ date: day, at })}
              />
            </section>
          ) : null}

          <Reviews chefId={chefId} mine={chef.data.mine} />

          <section aria-labelledby="policy" className={classes.section}>
            <h2 id="policy">{t("chef.policy")}</h2>
            <Policy policy={data.policy} />
          </section>
        </div>
        {table.menu ? (
          <aside className={classes.aside} aria-label={t("panel.label")}>
            <BookingPanel chef={data} menu={table.menu} table={table} />
          </aside>
        ) : null}
      </div>
      {table.menu ? <BookingBar chef={data} menu={table.menu} table={table} /> : null}
    </Page>
  );
}
