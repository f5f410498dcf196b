import type { OwnChef } from "../types";
export function Profile(_: { own: OwnChef; onOpen?: (id: string) => void }) {
  return null;
}
