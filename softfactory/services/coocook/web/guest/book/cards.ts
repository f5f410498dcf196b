/** The sandbox's test cards: what each does is the sandbox's promise, told on the card. */
export const TEST_CARDS = [
  { key: "sandbox_ok", name: "ok", digits: "4242" },
  { key: "sandbox_declined", name: "declined", digits: "0002" },
  { key: "sandbox_timeout_charged", name: "silent", digits: "0119" },
  { key: "sandbox_late_webhook", name: "late", digits: "3220" },
  { key: "sandbox_double_webhook", name: "twice", digits: "7726" },
] as const;

export type TestCard = (typeof TEST_CARDS)[number]["key"];
