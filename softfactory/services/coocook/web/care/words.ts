import { useTranslation } from "react-i18next";

/** The words of what is done about a booking afterwards, and behind them those of all of coocook. */
export const useCareWords = () => useTranslation(["coocook/care", "coocook"], { nsMode: "fallback" });
