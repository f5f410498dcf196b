import { Box, Button, Drawer, Group } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { inFirstView } from "#web/app/firstView";
import { Icon } from "#web/ui/icons";
import classes from "./FilterBar.module.css";

interface FilterBarProps {
  /** The one control that stays in sight on a phone, most often the search. */
  lead?: ReactNode;
  /** The others: a row on a desk, a drawer on a phone. */
  children: ReactNode;
  /** From `useFilters`. */
  active: number;
  onClear: () => void;
  /** `24 chefs`; spoken when it changes. */
  summary?: ReactNode;
  /** Sorting, beside the summary. */
  sort?: ReactNode;
}

/** Filters over a list. The controls are the caller's, bound by `useFilters`. */
export function FilterBar({ lead, children, active, onClear, summary, sort }: FilterBarProps) {
  const { t } = useTranslation("shell");
  const onPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const [opened, drawer] = useDisclosure(false);
  const clear =
    active > 0 ? (
      <Button variant="subtle" onClick={onClear} leftSection={<Icon name="close" size={16} />}>
        {t("filter.clear")}
      </Button>
    ) : null;

  return (
    <section aria-label={t("filter.label")} className={classes.bar}>
      <div className={classes.row}>
        {lead ? <div className={classes.lead}>{lead}</div> : null}
        {onPhone || inFirstView ? (
          <Button
            variant="default"
            hiddenFrom={inFirstView ? "sm" : undefined}
            onClick={drawer.open}
            leftSection={<Icon name="filter" size={18} />}
          >
            {active > 0 ? t("filter.openActive", { count: active }) : t("filter.open")}
          </Button>
        ) : null}
        {onPhone ? null : (
          <Box className={classes.fields} visibleFrom={inFirstView ? "sm" : undefined}>
            {children}
            {clear}
          </Box>
        )}
      </div>
      <Group justify="space-between" gap="xs" mih={summary || sort ? 44 : 0}>
        <div role="status" className={classes.summary}>
          {summary}
        </div>
        {sort}
      </Group>
      {onPhone ? (
        <Drawer
          opened={opened}
          onClose={drawer.close}
          position="bottom"
          size="auto"
          title={t("filter.label")}
          closeButtonProps={{ "aria-label": t("close"), size: 44 }}
          styles={{ content: { borderRadius: "16px 16px 0 0" }, title: { fontWeight: 700 } }}
        >
          <div className={classes.drawer}>
            {children}
            <Group justify="space-between" mt="sm">
              {clear ?? <span />}
              <Button onClick={drawer.close}>{t("filter.show")}</Button>
            </Group>
          </div>
        </Drawer>
      ) : null}
    </section>
  );
}
