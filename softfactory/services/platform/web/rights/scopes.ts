import { useTranslation } from "react-i18next";

/** `coocook:read` in words: "쿠쿡 보기". An area without words yet is called by its own name. */
export function useScopeWords(): (scope: string) => string {
  const { t } = useTranslation("platform/rights");
  return (scope) => {
    const [area = "", verb = "read"] = scope.split(":");
    return t(`scope.${verb}`, { area: t(`area.${area}`, { defaultValue: area }) });
  };
}

/** Scopes by area, each with the verbs there are: `{ coocook: ["read", "write"] }`. */
export function byArea(scopes: readonly string[]): [area: string, verbs: string[]][] {
  const areas = new Map<string, string[]>();
  for (const scope of scopes) {
    const [area = "", verb = ""] = scope.split(":");
    areas.set(area, [...(areas.get(area) ?? []), verb]);
  }
  return [...areas];
}
