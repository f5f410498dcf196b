/** A browser's own description, in words that a person knows. Order matters: Edge calls itself Chrome, Chrome Safari. */
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/Whale\//, "Whale"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/KAKAOTALK/i, "KakaoTalk"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

const match = (names: [RegExp, string][], text: string) =>
  names.find(([pattern]) => pattern.test(text))?.[1] ?? null;

export function device(userAgent: string | null): {
  browser: string | null;
  system: string | null;
  handheld: boolean;
} {
  const text = userAgent ?? "";
  return {
    browser: match(BROWSERS, text),
    system: match(SYSTEMS, text),
    handheld: /Mobi|Android|iPhone/.test(text),
  };
}
