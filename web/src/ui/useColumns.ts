import { useState } from "react";
import { recall, remember } from "#web/app/memory";

interface Choosable {
  key: string;
  optional?: boolean | "hidden";
}

export interface ColumnChoice<Each> {
  /** In the given order, without those left out. */
  shown: readonly Each[];
  /** Those that may be left out. */
  open: readonly Each[];
  isShown: (key: string) => boolean;
  show: (key: string, on: boolean) => void;
  reset: () => void;
  changed: boolean;
}

function read(slot: string | null): Record<string, boolean> {
  try {
    const kept: unknown = slot ? JSON.parse(recall(slot) ?? "{}") : {};
    return kept && typeof kept === "object" ? (kept as Record<string, boolean>) : {};
  } catch {
    return {};
  }
}

/** Which columns the reader wants, kept on this device. What a newer version calls otherwise is forgotten. */
export function useColumns<Each extends Choosable>(
  name: string | undefined,
  columns: readonly Each[],
): ColumnChoice<Each> {
  const slot = name ? `sf.table.${name}` : null;
  const [wanted, setWanted] = useState(() => read(slot));
  const keep = (next: Record<string, boolean>) => {
    setWanted(next);
    if (slot) remember(slot, Object.keys(next).length > 0 ? JSON.stringify(next) : null);
  };
  const on = (column: Each) => !column.optional || (wanted[column.key] ?? column.optional !== "hidden");
  return {
    shown: columns.filter(on),
    open: columns.filter((column) => column.optional),
    isShown: (key) => columns.some((column) => column.key === key && on(column)),
    show: (key, shown) => keep({ ...wanted, [key]: shown }),
    reset: () => keep({}),
    changed: columns.some((column) => column.optional && column.key in wanted),
  };
}
