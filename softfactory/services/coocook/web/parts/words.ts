import { useTranslation } from "react-i18next";

/** The words of booking and of bookings, and behind them those of all of coocook. */
export const useBookingWords = () => useTranslation(["coocook/booking", "coocook"], { nsMode: "fallback" });
