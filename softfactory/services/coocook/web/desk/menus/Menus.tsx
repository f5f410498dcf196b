import type { OwnChef } from "../types";
export function Menus(_: { own: OwnChef; onOpen?: (id: string) => void }) {
  return null;
}
