import { language } from "#web/app/i18n";

const HANGUL = /[가-힣]/;

/** A town in the reader's script: chefs write it in both, `종로구 Jongno-gu`. */
export function townOf(city: string, lang = language()): string {
  const words = city.split(/\s+/).filter(Boolean);
  const own = words.filter((word) => HANGUL.test(word) === (lang === "ko"));
  return (own.length > 0 ? own : words).join(" ");
}
