import type { SessionUser } from "#web/app/session";
import type { IconName } from "#web/ui/icons";

export type PaletteGroup = "recent" | "pages" | "found" | "actions";

export interface PaletteEntry {
  id: string;
  group: PaletteGroup;
  label: string;
  /** What it belongs to, beside the label. */
  hint?: string;
  keywords?: readonly string[];
  icon: IconName;
  /** Where it leads, or what it does. */
  to?: string;
  run?: () => void | Promise<void>;
}

export interface PaletteContext {
  user: SessionUser | null;
  go: (to: string) => void;
}

/** What a service adds, in a file `palette.ts` of its `web` folder, fetched when the palette is first opened. */
export interface PaletteProvider {
  /** What can always be done here; found by the words of its label. */
  actions?: (context: PaletteContext) => readonly PaletteEntry[];
  /** What the API finds for a query of two letters or more. */
  search?: (query: string, signal: AbortSignal, context: PaletteContext) => Promise<readonly PaletteEntry[]>;
}
