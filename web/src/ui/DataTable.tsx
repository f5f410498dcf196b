import { ActionIcon, Alert, Button, Checkbox, Menu, Table } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "#web/ui/ErrorState";
import { Icon, type IconName } from "#web/ui/icons";
import { MoreButton } from "#web/ui/MoreButton";
import { problemText } from "#web/ui/problemText";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { nextSort, type TableSort } from "#web/ui/sorting";
import { type CsvSource, TableTools } from "#web/ui/TableTools";
import { useColumns } from "#web/ui/useColumns";
import classes from "./DataTable.module.css";

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Amounts and counts go to the right. */
  align?: "left" | "right";
  /** Dropped on a phone, where the first column carries the row. */
  deskOnly?: boolean;
  /** Holds buttons, which say themselves what they do: on a phone nothing stands beside them. */
  acts?: boolean;
  /** What the server calls this order, where it sorts: its ascending and its descending name. */
  sort?: { up?: string; down?: string };
  /** May be left out by the reader; `hidden` is left out until asked for. */
  optional?: boolean | "hidden";
  /** As plain text for a spreadsheet: numbers as numbers, times as RFC 3339. Without it, not in the CSV. */
  text?: (row: Row) => string | number | null | undefined;
}

export interface RowAction {
  key: string;
  label: string;
  icon?: IconName;
  dangerous?: boolean;
  disabled?: boolean;
  onAct: () => void;
}

export interface Selection {
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** What can be done with all of them: buttons. */
  actions: ReactNode;
}

interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  caption: string;
  /** Keeps the reader's choice of columns on this device: `platform.payments`. */
  name?: string;
  columns: readonly Column<Row>[];
  /** From `usePages`. */
  pages: {
    items: readonly Row[];
    isPending: boolean;
    error: unknown;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  rowKey: (row: Row) => string;
  /** What a row is called, for the names of its checkbox and its menu. */
  rowName?: (row: Row) => string;
  /** Shown instead of an empty table. */
  empty: ReactNode;
  /** The order that the server was asked for, from the address. */
  sort?: TableSort;
  rowActions?: (row: Row) => readonly RowAction[];
  selection?: Selection;
  csv?: CsvSource<Row>;
}

function RowMenu({ name, actions }: { name: string; actions: readonly RowAction[] }) {
  const { t } = useTranslation("shell");
  if (actions.length === 0) return null;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon aria-label={t("table.actions", { name })}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item
            key={action.key}
            disabled={action.disabled}
            color={action.dangerous ? "red" : undefined}
            leftSection={action.icon ? <Icon name={action.icon} size={18} /> : undefined}
            onClick={action.onAct}
          >
            {action.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function HeadCell<Row>({ column, sort }: { column: Column<Row>; sort?: TableSort }) {
  const { t } = useTranslation("shell");
  if (!sort || !column.sort) return column.header;
  const { up, down } = column.sort;
  const now = sort.value && sort.value === up ? "up" : sort.value && sort.value === down ? "down" : null;
  return (
    <button
      type="button"
      className={classes.sort}
      data-on={now ?? undefined}
      aria-label={t("table.sortBy", { name: column.header })}
      onClick={() => sort.onSort(nextSort(column.sort, sort.value))}
    >
      {column.header}
      <Icon name={now === "up" ? "arrowUp" : now === "down" ? "arrowDown" : "sort"} size={16} />
    </button>
  );
}

function ariaSort<Row>(column: Column<Row>, sort?: TableSort): "ascending" | "descending" | undefined {
  if (!sort?.value || !column.sort) return undefined;
  if (sort.value === column.sort.up) return "ascending";
  return sort.value === column.sort.down ? "descending" : undefined;
}

/** A table over a keyset list, with its four states. On a phone each row becomes a small card. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useTranslation("shell");
  const { pages, rowKey, rowActions, selection, sort } = props;
  const choice = useColumns(props.name, props.columns);
  if (pages.isPending) return <RowsSkeleton height={52} />;
  if (pages.error && pages.items.length === 0)
    return <ErrorState error={pages.error} onRetry={pages.refetch} />;
  if (pages.items.length === 0) return props.empty;
  const columns = choice.shown;
  const nameOf = (row: Row) => props.rowName?.(row) ?? String(props.columns[0]?.text?.(row) ?? rowKey(row));
  const keys = pages.items.map(rowKey);
  const picked = keys.filter((key) => selection?.selected.has(key));
  const pick = (wanted: readonly string[], on: boolean) => {
    const next = new Set(selection?.selected);
    for (const key of wanted) {
      if (on) next.add(key);
      else next.delete(key);
    }
    selection?.onSelect(next);
  };
  return (
    <>
      <TableTools {...props} choice={choice} />
      <Table className={classes.table} verticalSpacing="sm" highlightOnHover>
        <caption className={classes.caption}>{props.caption}</caption>
        <Table.Thead className={classes.head}>
          <Table.Tr>
            {selection ? (
              <Table.Th className={classes.pick}>
                <Checkbox
                  aria-label={t("table.selectAll")}
                  checked={picked.length === keys.length}
                  indeterminate={picked.length > 0 && picked.length < keys.length}
                  onChange={(event) => pick(keys, event.currentTarget.checked)}
                />
              </Table.Th>
            ) : null}
            {columns.map((column) => (
              <Table.Th key={column.key} ta={column.align} scope="col" aria-sort={ariaSort(column, sort)}>
                <HeadCell column={column} sort={sort} />
              </Table.Th>
            ))}
            {rowActions ? (
              <Table.Th>
                <span className={classes.caption}>{t("table.actionsHead")}</span>
              </Table.Th>
            ) : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pages.items.map((row) => (
            <Table.Tr
              key={rowKey(row)}
              className={classes.row}
              data-picked={selection?.selected.has(rowKey(row)) || undefined}
            >
              {selection ? (
                <Table.Td className={classes.pick}>
                  <Checkbox
                    aria-label={t("table.select", { name: nameOf(row) })}
                    checked={selection.selected.has(rowKey(row))}
                    onChange={(event) => pick([rowKey(row)], event.currentTarget.checked)}
                  />
                </Table.Td>
              ) : null}
              {columns.map((column) => (
                <Table.Td
                  key={column.key}
                  ta={column.align}
                  className={classes.cell}
                  data-desk-only={column.deskOnly || undefined}
                >
                  {column.acts ? <span /> : <span className={classes.cellLabel}>{column.header}</span>}
                  <span className={classes.value}>{column.cell(row)}</span>
                </Table.Td>
              ))}
              {rowActions ? (
                <Table.Td className={classes.menu}>
                  <RowMenu name={nameOf(row)} actions={rowActions(row)} />
                </Table.Td>
              ) : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {pages.error ? (
        <Alert role="alert" color="red" mt="md" icon={<Icon name="alert" />} title={t("table.moreFailed")}>
          {problemText(pages.error).text}{" "}
          <Button variant="default" ml="sm" onClick={() => pages.fetchNextPage()}>
            {t("error.retry")}
          </Button>
        </Alert>
      ) : (
        <MoreButton {...pages} />
      )}
    </>
  );
}
