import { Button, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FilterBar } from "#web/ui/FilterBar";
import { formatNumber } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { MoreButton } from "#web/ui/MoreButton";
import { Page, PageHeader } from "#web/ui/Page";
import { CardsSkeleton } from "#web/ui/Skeletons";
import { Sliced } from "#web/ui/Sliced";
import { useFilters } from "#web/ui/useFilters";
import { useChefs } from "../parts/queries";
import { CHIP_NAMES, ChefFilterFields, chipText } from "./ChefFilterFields";
import classes from "./ChefList.module.css";
import { ChefTile } from "./ChefTile";
import { CuisineBar } from "./CuisineBar";
import { CHEF_FILTERS, readFilters, SORTS } from "./chefFilters";

const TYPING_MS = 300;

function Search({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const { t } = useTranslation("coocook");
  const [words, setWords] = useState(value);
  const tell = useDebouncedCallback(onChange, TYPING_MS);
  // Cleared from outside, or arrived at by the back button.
  useEffect(() => setWords(value), [value]);
  return (
    <TextInput
      type="search"
      aria-label={t("list.search")}
      placeholder={t("list.searchHint")}
      maxLength={100}
      leftSection={<Icon name="search" size={18} />}
      value={words}
      onChange={(event) => {
        setWords(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}

/** Chefs by words, cuisine, place, day, party, price and rating; all of it in the address. */
export function ChefList() {
  const { t } = useTranslation("coocook");
  const { values: written, set, clear } = useFilters(CHEF_FILTERS);
  const { values: order, set: setOrder } = useFilters(["sort"] as const);
  const values = readFilters(written);
  const active = Object.keys(values).length;
  const sort = SORTS.find((each) => each === order.sort) ?? "rating";
  const pages = useChefs({ ...values, sort });
  const { items } = pages;

  const count = formatNumber(items.length);
  const summary = pages.isPending
    ? t("list.counting")
    : pages.isError && items.length === 0
      ? ""
      : t(pages.hasNextPage ? "list.countMore" : "list.count", { count: items.length, shown: count });

  return (
    <Page>
      <PageHeader title={t("list.title")} text={t("list.text")} />
      <CuisineBar value={values.cuisine} onChange={(cuisine) => set({ cuisine })} />
      <FilterBar
        lead={<Search value={values.q ?? ""} onChange={(q) => set({ q })} />}
        active={active}
        onClear={clear}
        summary={summary}
        sort={
          <Select
            aria-label={t("list.sort")}
            w={150}
            allowDeselect={false}
            data={SORTS.map((value) => ({ value, label: t(`list.sortBy.${value}`) }))}
            value={sort}
            onChange={(next) => setOrder({ sort: next === "rating" ? undefined : next })}
          />
        }
      >
        <ChefFilterFields values={values} set={set} />
      </FilterBar>
      {pages.isPending ? <CardsSkeleton count={9} /> : null}
      {pages.isError && items.length === 0 ? (
        <ErrorState error={pages.error} onRetry={pages.refetch} />
      ) : null}
      {pages.isSuccess && items.length === 0 ? (
        <EmptyState
          title={t(active > 0 ? "list.none" : "list.noneYet")}
          text={t(active > 0 ? "list.noneFiltered" : "list.noneYetText")}
          action={
            active > 0 ? (
              <div className={classes.drop}>
                {CHIP_NAMES.filter((name) => chipText(t, name, values)).map((name) => (
                  <Button
                    key={name}
                    variant="default"
                    radius="xl"
                    rightSection={<Icon name="close" size={15} />}
                    aria-label={t("list.drop", { filter: chipText(t, name, values) })}
                    onClick={() =>
                      set(name === "price" ? { price_min: null, price_max: null } : { [name]: null })
                    }
                  >
                    {chipText(t, name, values)}
                  </Button>
                ))}
                <Button onClick={clear}>{t("list.dropAll")}</Button>
              </div>
            ) : null
          }
        />
      ) : null}
      {items.length > 0 ? (
        <Sliced fallback={<CardsSkeleton count={9} />}>
          <div aria-busy={pages.isPlaceholderData} className={classes.results}>
            <SimpleGrid component="ul" className={classes.grid} cols={{ base: 1, xs: 2, md: 3 }} spacing="lg">
              {items.map((chef) => (
                <li key={chef.id}>
                  <ChefTile chef={chef} search={{ date: values.date, party: values.party }} />
                </li>
              ))}
            </SimpleGrid>
          </div>
          <MoreButton {...pages} />
        </Sliced>
      ) : null}
    </Page>
  );
}
