import { Box, Button, Loader, Menu } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { datedName, download, gather, toCsv } from "#web/ui/csv";
import type { Column, Selection } from "#web/ui/DataTable";
import { formatNumber } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import type { TableSort } from "#web/ui/sorting";
import { toastDone, toastInfo, toastProblem } from "#web/ui/toasts";
import type { ColumnChoice } from "#web/ui/useColumns";
import type { PageOf } from "#web/ui/usePages";
import classes from "./DataTable.module.css";

export interface CsvSource<Row> {
  /** The file's name, without its ending: `payments`. */
  name: string;
  /** The same list and filters as the table's; with it, everything can be downloaded, not only what is shown. */
  fetchPage?: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Row>>;
}

interface TableToolsProps<Row> {
  columns: readonly Column<Row>[];
  pages: { items: readonly Row[]; hasNextPage: boolean };
  choice: ColumnChoice<Column<Row>>;
  selection?: Selection;
  sort?: TableSort;
  csv?: CsvSource<Row>;
}

/** Above a table: what is selected and what can be done with it; the order on a phone; columns; the CSV. */
export function TableTools<Row>(props: TableToolsProps<Row>) {
  const { t } = useTranslation("shell");
  const { choice, selection, sort } = props;
  const sorted = props.columns.filter((column) => column.sort);
  if (!selection && !props.csv && choice.open.length === 0 && !(sort && sorted.length > 0)) return null;
  const count = selection?.selected.size ?? 0;
  return (
    <div className={classes.tools}>
      {selection && count > 0 ? (
        <Box className={classes.picked} role="group" aria-label={t("table.selected", { count })}>
          <span className={classes.count} role="status">
            {t("table.selected", { count })}
          </span>
          {selection.actions}
          <Button variant="subtle" color="gray" onClick={() => selection.onSelect(new Set())}>
            {t("table.unselect")}
          </Button>
        </Box>
      ) : null}
      <div className={classes.right}>
        {sort && sorted.length > 0 ? <PhoneSort columns={sorted} sort={sort} /> : null}
        {choice.open.length > 0 ? <Columns choice={choice} /> : null}
        {props.csv ? <Csv {...props} csv={props.csv} /> : null}
      </div>
    </div>
  );
}

/** On a phone the columns have no heads to press. */
function PhoneSort<Row>({ columns, sort }: { columns: readonly Column<Row>[]; sort: TableSort }) {
  const { t } = useTranslation("shell");
  const options = columns.flatMap(({ key, header, sort: names }) =>
    (["up", "down"] as const).flatMap((way) =>
      names?.[way]
        ? [{ id: `${key}-${way}`, header, value: names[way], icon: way === "up" ? "arrowUp" : "arrowDown" }]
        : [],
    ),
  ) as { id: string; header: string; value: string; icon: "arrowUp" | "arrowDown" }[];
  const now = options.find((option) => option.value === sort.value);
  return (
    <span className={classes.phoneOnly}>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button variant="default" leftSection={<Icon name={now?.icon ?? "sort"} size={18} />}>
            {now?.header ?? t("table.sort")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {options.map((option) => (
            <Menu.Item
              key={option.id}
              leftSection={<Icon name={option.icon} size={18} />}
              aria-current={option === now}
              onClick={() => sort.onSort(option === now ? undefined : option.value)}
            >
              {option.header} · {t(option.icon === "arrowUp" ? "table.sortedUp" : "table.sortedDown")}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

function Columns<Row>({ choice }: { choice: ColumnChoice<Column<Row>> }) {
  const { t } = useTranslation("shell");
  return (
    <Menu position="bottom-end" shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="columns" size={18} />}>
          {t("table.columns")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choice.open.map((column) => (
          <Menu.CheckboxItem
            key={column.key}
            checked={choice.isShown(column.key)}
            onChange={(on) => choice.show(column.key, on)}
          >
            {column.header}
          </Menu.CheckboxItem>
        ))}
        {choice.changed ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={choice.reset}>{t("table.columnsReset")}</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function Csv<Row>({ columns, pages, choice, csv }: TableToolsProps<Row> & { csv: CsvSource<Row> }) {
  const { t } = useTranslation("shell");
  const [gathered, setGathered] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  const written = columns.filter((column) => column.text && choice.isShown(column.key));
  const save = (rows: readonly Row[]) =>
    download(
      datedName(csv.name),
      toCsv(
        written.map((column) => column.header),
        rows.map((row) => written.map((column) => column.text?.(row))),
      ),
    );
  const everything = async (fetchPage: NonNullable<CsvSource<Row>["fetchPage"]>) => {
    const stop = new AbortController();
    running.current = stop;
    setGathered(0);
    try {
      const { rows, whole } = await gather(fetchPage, stop.signal, setGathered);
      save(rows);
      const count = rows.length;
      if (whole) toastDone(t("table.csvDone", { count }));
      else toastInfo(t("table.csvMost", { count }));
    } catch (error) {
      if (!stop.signal.aborted) toastProblem(error);
    } finally {
      setGathered(null);
    }
  };
  if (gathered !== null) {
    return (
      <span className={classes.gathering}>
        <Loader size={18} aria-hidden="true" />
        <span role="status">{t("table.csvProgress", { count: gathered })}</span>
        <Button variant="subtle" onClick={() => running.current?.abort()}>
          {t("table.csvStop")}
        </Button>
      </span>
    );
  }
  const count = pages.items.length;
  if (!csv.fetchPage || !pages.hasNextPage) {
    return (
      <Button
        variant="default"
        leftSection={<Icon name="download" size={18} />}
        onClick={() => save(pages.items)}
      >
        {t("table.csv")}
      </Button>
    );
  }
  const { fetchPage } = csv;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" size={18} />}>
          {t("table.csv")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save(pages.items)}>
          {t("table.csvLoaded", { count, shown: formatNumber(count) })}
        </Menu.Item>
        <Menu.Item onClick={() => void everything(fetchPage)}>{t("table.csvAll")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
