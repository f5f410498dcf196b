import type { OwnChef } from "../types";
export function Calendar(_: { own: OwnChef; onOpen?: (id: string) => void }) {
  return null;
}
