import { useTranslation } from "react-i18next";
import type { AuditView } from "#web/api/generated";

interface ActWords {
  /** What was done: in words where there are some, else the act's own name. */
  title: (entry: AuditView) => string;
  /** By whom, and why. */
  text: (entry: AuditView) => string;
  act: (act: string) => string;
}

/** Entries of the audit in the reader's language. */
export function useActWords(): ActWords {
  const { t } = useTranslation("platform/people");
  const act = (name: string) => t(`act.${name.replaceAll(".", "-")}`, { defaultValue: name });
  return {
    act,
    title: (entry) => act(entry.act),
    text: (entry) => {
      const who = entry.actor
        ? t("by", { name: entry.actor.name || t("nameless") })
        : t("by", { name: t("platform") });
      const reason = entry.personal.find((part) => part.name === "reason");
      return [who, reason && (reason.value ?? t("erased"))].filter(Boolean).join(" · ");
    },
  };
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(", ") || "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** An entry's facts and erasable parts, flat, for reading: `[["given", "operator"], …]`. */
export function detailsOf(entry: AuditView, erased: string): [name: string, value: string][] {
  const facts = Object.entries(entry.facts).map(([name, value]): [string, string] => [name, written(value)]);
  return [...facts, ...entry.personal.map((part): [string, string] => [part.name, part.value ?? erased])];
}
