import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { ApiError } from "#web/api/problem";
import { isMissingChunk } from "#web/app/chunks";

export interface ProblemText {
  title: string;
  text: string;
}

/** A failure in the reader's words: the server's own sentence where there is one, ours where there is none. */
export function problemText(error: unknown): ProblemText {
  const t = i18next.getFixedT(null, "shell");
  if (isMissingChunk(error)) {
    return navigator.onLine
      ? { title: t("screen.newTitle"), text: t("screen.new") }
      : { title: t("screen.offlineTitle"), text: t("screen.offline") };
  }
  if (!(error instanceof ApiError)) return { title: t("error.title"), text: t("error.bug") };
  if (error.code === "no_answer") {
    return { title: t("error.noAnswerTitle"), text: t(navigator.onLine ? "error.noAnswer" : "offline") };
  }
  const title =
    error.status === 404 ? t("error.notFound") : error.status < 500 ? t("error.refused") : t("error.title");
  return { title, text: error.message || t("error.server") };
}

/** `problemText` that renders again when the language changes. */
export function useProblemText(): (error: unknown) => ProblemText {
  useTranslation("shell");
  return problemText;
}
