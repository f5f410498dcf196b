import { useTranslation } from "react-i18next";
import { ApiError, NoAnswer } from "#web/api/problem";

export const useWords = () => useTranslation("shell/gallery").t;

export interface Order {
  id: string;
  name: string;
  amount: number;
  at: string;
  status: "waiting" | "paid" | "failed";
}

const STATUSES = ["paid", "waiting", "paid", "failed", "paid", "paid"] as const;

/** The same orders on every visit: pictures of the gallery can be compared. */
export function useOrders(): Order[] {
  const t = useWords();
  return STATUSES.map((status, index) => ({
    id: `order-${index + 1}`,
    name: t(`sample.people.${index}`),
    amount: 90_000 + index * 37_500,
    at: `2026-06-0${index + 1}T09:30:00Z`,
    status,
  }));
}

export function useProblems() {
  const t = useWords();
  return {
    broken: new ApiError({
      title: "",
      status: 500,
      code: "internal",
      detail: "",
      request_id: "0197f3c2-7d1e",
    }),
    missing: new ApiError({ title: "", status: 404, code: "not_found", detail: t("sample.missing") }),
    silent: new NoAnswer(),
    refused: new ApiError({
      title: "",
      status: 422,
      code: "validation",
      detail: "",
      errors: [{ field: "gallery-name", code: "required", message: t("sample.nameMissing") }],
    }),
  };
}

export const nothing = () => undefined;
