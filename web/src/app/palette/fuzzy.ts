/** Finding by a few letters, as people type them: parts of words, and in Korean the initial consonants (ㅅㅍ, 셰프). */

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
/** Final consonants of a syllable as the initial ones that they become when a vowel follows. */
const FINALS = [
  "",
  "ㄱ",
  "ㄲ",
  "ㄱㅅ",
  "ㄴ",
  "ㄴㅈ",
  "ㄴㅎ",
  "ㄷ",
  "ㄹ",
  "ㄹㄱ",
  "ㄹㅁ",
  "ㄹㅂ",
  "ㄹㅅ",
  "ㄹㅌ",
  "ㄹㅍ",
  "ㄹㅎ",
  "ㅁ",
  "ㅂ",
  "ㅂㅅ",
  "ㅅ",
  "ㅆ",
  "ㅇ",
  "ㅈ",
  "ㅊ",
  "ㅋ",
  "ㅌ",
  "ㅍ",
  "ㅎ",
];
const FIRST = 0xac00;
const LAST = 0xd7a3;

const isSyllable = (sign: string): boolean => sign.charCodeAt(0) >= FIRST && sign.charCodeAt(0) <= LAST;

const initialOf = (sign: string): string =>
  isSyllable(sign) ? (INITIALS[Math.floor((sign.charCodeAt(0) - FIRST) / 588)] ?? sign) : sign;

/** A syllable before its final consonant, and that consonant: 솊 while 셰프 is being typed. */
function opened(sign: string): string {
  const final = (sign.charCodeAt(0) - FIRST) % 28;
  if (!isSyllable(sign) || final === 0) return sign;
  return String.fromCharCode(sign.charCodeAt(0) - final) + FINALS[final];
}

/** A letter of the query and one of the text: the same, its initial consonant, or a syllable that is not finished. */
function alike(wanted: string, sign: string): boolean {
  if (wanted === sign) return true;
  if (INITIALS.includes(wanted)) return initialOf(sign) === wanted;
  if (!isSyllable(wanted) || !isSyllable(sign)) return false;
  const [a, b] = [wanted.charCodeAt(0) - FIRST, sign.charCodeAt(0) - FIRST];
  return a % 28 === 0 && Math.floor(a / 28) === Math.floor(b / 28);
}

const tidy = (text: string): string => text.normalize("NFC").toLowerCase();
const startsWord = (text: string, at: number): boolean => at === 0 || /[\s/·,.()-]/.test(text[at - 1] ?? "");

/** Points of a run of the query's letters in a row from `at`, or null. */
function run(query: string, text: string, at: number): number | null {
  for (let index = 0; index < query.length; index += 1) {
    if (!alike(query[index] as string, text[at + index] ?? "")) return null;
  }
  return at === 0 ? 100 : startsWord(text, at) ? 80 : 60;
}

/** Points of the query's letters in order with others between; each must begin a word or follow the one before. */
function scattered(query: string, text: string): number | null {
  let at = -1;
  let gaps = 0;
  for (const wanted of query) {
    let next = at + 1;
    while (
      next < text.length &&
      !(alike(wanted, text[next] as string) && (next === at + 1 || startsWord(text, next)))
    )
      next += 1;
    if (next >= text.length) return null;
    if (next !== at + 1) gaps += 1;
    at = next;
  }
  return Math.max(1, 40 - gaps * 5);
}

function scoreWord(query: string, text: string): number | null {
  let best: number | null = null;
  for (let at = 0; at <= text.length - query.length; at += 1) {
    const found = run(query, text, at);
    if (found !== null && (best === null || found > best)) best = found;
  }
  return best ?? scattered(query, text);
}

/** How well a query fits a text: null when it does not. Every word of the query must be found. */
export function score(query: string, text: string): number | null {
  const words = tidy(query).split(/\s+/).filter(Boolean);
  const whole = tidy(text);
  let total = 0;
  for (const word of words) {
    const unfinished = word.slice(0, -1) + opened(word.at(-1) ?? "");
    const found = scoreWord(word, whole) ?? (unfinished === word ? null : scoreWord(unfinished, whole));
    if (found === null) return null;
    total += found;
  }
  return words.length > 0 ? total / words.length - Math.min(9, whole.length / 10) : 0;
}

export interface Findable {
  label: string;
  /** Other names: in the other language, of the service. They count for less than the label. */
  keywords?: readonly string[];
}

/** Those that fit, the best first; ties stay in their order. */
export function find<Each extends Findable>(query: string, all: readonly Each[]): Each[] {
  if (!query.trim()) return [...all];
  return all
    .map((each) => {
      const own = score(query, each.label);
      const others = [...(each.keywords ?? []), (each.keywords ?? []).join(" ")]
        .map((word) => score(query, word))
        .filter((points) => points !== null);
      return { each, points: Math.max(own ?? -1, ...others.map((points) => points - 15)) };
    })
    .filter(({ points }) => points >= 0)
    .sort((a, b) => b.points - a.points)
    .map(({ each }) => each);
}
