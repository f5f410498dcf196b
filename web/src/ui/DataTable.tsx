import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorState } from "#web/ui/ErrorState";
import { MoreButton } from "#web/ui/MoreButton";
import { RowsSkeleton } from "#web/ui/Skeletons";
import classes from "./DataTable.module.css";

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Amounts and counts go to the right. */
  align?: "left" | "right";
  /** Dropped on a phone, where the first column carries the row. */
  deskOnly?: boolean;
}

interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  caption: string;
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
  /** Shown instead of an empty table. */
  empty: ReactNode;
}

/** A table over a keyset list, with its four states. On a phone each row becomes a small card. */
export function DataTable<Row>({ caption, columns, pages, rowKey, empty }: DataTableProps<Row>) {
  if (pages.isPending) return <RowsSkeleton height={52} />;
  if (pages.error) return <ErrorState error={pages.error} onRetry={pages.refetch} />;
  if (pages.items.length === 0) return empty;
  return (
    <>
      <Table className={classes.table} verticalSpacing="sm" highlightOnHover>
        <caption className={classes.caption}>{caption}</caption>
        <Table.Thead className={classes.head}>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.key} ta={column.align} scope="col">
                {column.header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pages.items.map((row) => (
            <Table.Tr key={rowKey(row)} className={classes.row}>
              {columns.map((column) => (
                <Table.Td
                  key={column.key}
                  ta={column.align}
                  className={classes.cell}
                  data-desk-only={column.deskOnly || undefined}
                >
                  <span className={classes.cellLabel} aria-hidden="true">
                    {column.header}
                  </span>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <MoreButton {...pages} />
    </>
  );
}
