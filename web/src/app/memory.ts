/** Local and session storage that may be forbidden: reading gives nothing, writing is dropped. */

export function recall(key: string, where: "local" | "tab" = "local"): string | null {
  try {
    return (where === "local" ? localStorage : sessionStorage).getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | null, where: "local" | "tab" = "local"): void {
  try {
    const storage = where === "local" ? localStorage : sessionStorage;
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, value);
  } catch {
    // A private window may refuse; nothing authoritative is kept here.
  }
}
