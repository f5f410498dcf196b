import type { Language } from "#web/app/feature";
import { language } from "#web/app/i18n";

export interface MoneyValue {
  amount: number;
  /** KRW where the API leaves it out. */
  currency?: string;
}

const LOCALE: Record<Language, string> = { ko: "ko-KR", en: "en-GB" };

// Making a formatter takes a hundred times as long as using it.
const numbers = new Map<string, Intl.NumberFormat>();
const times = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = numbers.get(key) ?? new Intl.NumberFormat(locale, options);
  numbers.set(key, known);
  return known;
}

function timeFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = times.get(key) ?? new Intl.DateTimeFormat(locale, options);
  times.set(key, known);
  return known;
}

/** 120,000원 in Korean, ₩120,000 in English. Amounts are whole units of the currency's smallest coin. */
export function formatMoney({ amount, currency = "KRW" }: MoneyValue, lang: Language = language()): string {
  if (currency === "KRW" && lang === "ko") return `${numberFormat("ko-KR").format(amount)}원`;
  const digits =
    numberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 0;
  return numberFormat(LOCALE[lang], {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  }).format(amount / 10 ** digits);
}

export function formatNumber(value: number, lang: Language = language()): string {
  return numberFormat(LOCALE[lang]).format(value);
}

/** 1.2만 in Korean, 12K in English: for axes and tiles, where the exact figure is at hand elsewhere. */
export function formatCompact(value: number, lang: Language = language()): string {
  return numberFormat(LOCALE[lang], { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** An amount for an axis: 12만원, ₩120K. */
export function formatMoneyCompact(
  { amount, currency = "KRW" }: MoneyValue,
  lang: Language = language(),
): string {
  if (currency === "KRW" && lang === "ko") return `${formatCompact(amount, lang)}원`;
  const digits =
    numberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 0;
  return numberFormat(LOCALE[lang], {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(amount / 10 ** digits);
}

/** A share between 0 and 1 as per cent; `signed` for a change. */
export function formatPercent(
  share: number,
  { signed = false, lang = language() }: { signed?: boolean; lang?: Language } = {},
): string {
  return numberFormat(LOCALE[lang], {
    style: "percent",
    maximumFractionDigits: Math.abs(share) < 0.1 ? 1 : 0,
    signDisplay: signed ? "exceptZero" : "auto",
  }).format(share);
}

const BYTES = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** 3.2 MB. */
export function formatBytes(bytes: number, lang: Language = language()): string {
  const step = Math.min(BYTES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return numberFormat(LOCALE[lang], {
    style: "unit",
    unit: BYTES[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}

export const readerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A calendar day on the wall of a zone: `2026-06-03`. For arithmetic, not for reading. */
export function dayIn(zone: string, at: Date): string {
  const parts = timeFormat(LOCALE[language()], {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}`;
}

/** Between two facts: where a line breaks, the dot stays at its end. */
export const DOT = "\u00a0· ";

export type TimeStyle =
  | "date"
  | "day"
  | "dayLong"
  | "dayTime"
  | "time"
  | "datetime"
  | "month"
  | "monthShort"
  | "weekday"
  | "weekdayLong";

const STYLES: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  date: { year: "numeric", month: "long", day: "numeric", weekday: "short" },
  day: { month: "long", day: "numeric", weekday: "short" },
  dayLong: { month: "long", day: "numeric", weekday: "long" },
  dayTime: { month: "long", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit" },
  month: { year: "numeric", month: "long" },
  monthShort: { month: "short" },
  weekday: { weekday: "short" },
  weekdayLong: { weekday: "long" },
  time: { hour: "numeric", minute: "2-digit" },
  datetime: {
    year: "numeric",
    month: "long",
    day: "numeric",
    weekday: "short",
    hour: "numeric",
    minute: "2-digit",
  },
};

/**
 * A clock's reading stays on one line: 오후 6:00 does not end one with 오후, nor 18:00–20:00 with a dash. The day's
 * short name stands in brackets behind a Korean date, as `11월 23일 (월)`: CLDR leaves them out where a time follows.
 */
function written(parts: readonly Intl.DateTimeFormatPart[]): string {
  return parts
    .map(({ type, value }, at) => {
      const before = parts[at - 1];
      const beside = [before?.type, parts[at + 1]?.type];
      if (type === "weekday" && /^[월화수목금토일]$/.test(value) && before && !before.value.endsWith("("))
        return `(${value})`;
      if (type !== "literal") return value;
      const stays = beside.includes("dayPeriod") && beside.includes("hour");
      if (stays || (beside[1] === "weekday" && value.startsWith("일"))) return value.replace(/\s/g, "\u00a0");
      return value.replace(/^–$/, "–\u2060");
    })
    .join("");
}

export function formatTime(
  at: string | Date,
  { style = "datetime", zone, lang = language() }: { style?: TimeStyle; zone?: string; lang?: Language } = {},
): string {
  return written(
    timeFormat(LOCALE[lang], { ...STYLES[style], hour12: lang === "ko", timeZone: zone }).formatToParts(
      new Date(at),
    ),
  );
}

/** `18:00 to 21:00` on one day; both days when it crosses midnight. */
export function formatRange(
  from: string | Date,
  to: string | Date,
  { style = "datetime", zone, lang = language() }: { style?: TimeStyle; zone?: string; lang?: Language } = {},
): string {
  return written(
    timeFormat(LOCALE[lang], { ...STYLES[style], hour12: lang === "ko", timeZone: zone }).formatRangeToParts(
      new Date(from),
      new Date(to),
    ),
  );
}

/** Minutes east of UTC in a zone at a moment. */
export function offsetOf(zone: string, at: Date): number {
  const name =
    timeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
      .formatToParts(at)
      .find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = name.match(/GMT([+-])(\d{2}):(\d{2})/) ?? [];
  return hours ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}

/** A zone's everyday name in the reader's language: 대한민국 시간, Korea Time. */
export function zoneName(zone: string, lang: Language = language(), at: Date = new Date()): string {
  return (
    timeFormat(LOCALE[lang], { timeZone: zone, timeZoneName: "longGeneric" })
      .formatToParts(at)
      .find((part) => part.type === "timeZoneName")?.value ?? zone
  );
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** 3 hours ago, in 2 days. */
export function formatRelative(at: string | Date, now = new Date(), lang: Language = language()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(LOCALE[lang], { numeric: "auto" });
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(0, "second");
}
