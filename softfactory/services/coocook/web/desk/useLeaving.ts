import { useLeaving as useLeavingAnywhere } from "#web/ui/useLeaving";

/** What is being edited at the desk is named by these parts of the address. */
const PLACE = ["tab", "menu"] as const;

export const useLeaving = (dirty: boolean) => useLeavingAnywhere(dirty, PLACE);
