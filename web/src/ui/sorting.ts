export interface TableSort {
  value: string | undefined;
  onSort: (value: string | undefined) => void;
}

/** What a press on a column's head asks for: its first order, then its other one, then the list's own. */
export function nextSort(
  sort: { up?: string; down?: string } | undefined,
  now: string | undefined,
): string | undefined {
  const turns = [sort?.up, sort?.down].filter((each) => each !== undefined);
  const at = now === undefined ? -1 : turns.indexOf(now);
  return turns[at + 1];
}
