import type { ComponentType } from "react";

/** One state of a component, as the gallery shows it. Its name is a key of the gallery's messages under `state`. */
export interface State {
  name: string;
  Show: ComponentType;
  /** The state appears when its first button is pressed: a dialog, a drawer. */
  opens?: boolean;
}

export interface Entry {
  /** The component's own name, as it is imported. */
  name: string;
  /** When to use it: a key of the gallery's messages under `use`. */
  states: readonly State[];
}

export interface Group {
  name: string;
  entries: readonly Entry[];
}
