import { Tabs } from "@mantine/core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "#web/ui/Page";
import { FormSkeleton } from "#web/ui/Skeletons";
import { useFilters } from "#web/ui/useFilters";
import { useTabInView } from "#web/ui/useTabInView";
import classes from "./Account.module.css";
import { tabs } from "./accountTabs";

/** Everything about the person in hand, one subject a tab; the tab is in the address. */
export function Account() {
  const { t } = useTranslation("platform");
  const { values, set } = useFilters(["tab"] as const);
  const shown = tabs.find((tab) => tab.name === values.tab) ?? tabs[0];
  const list = useTabInView(shown?.name ?? "", tabs[0]?.name ?? "");
  if (!shown) return null;
  return (
    <Page width="narrow">
      <PageHeader title={t("account.title")} />
      <Tabs
        value={shown.name}
        onChange={(name) => set({ tab: name === tabs[0]?.name ? null : name })}
        keepMounted={false}
      >
        <Tabs.List ref={list} className={classes.list} aria-label={t("account.tabs")}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab.name} data-tab={tab.name} value={tab.name} className={classes.tab}>
              {t(`account.tab.${tab.name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ name, Content }) => (
          <Tabs.Panel key={name} value={name} pt="lg">
            <Suspense fallback={<FormSkeleton />}>
              <Content />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
