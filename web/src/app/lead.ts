import { useMatches } from "@tanstack/react-router";
import { say } from "#web/app/i18n";

/** The open screen's `lead`, in the reader's language. */
export function useLead(): string | undefined {
  const lead = useMatches().at(-1)?.staticData.screen?.lead;
  return lead && say(lead);
}
