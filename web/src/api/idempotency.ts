import { recall, remember } from "#web/app/memory";

/**
 * Idempotency keys that outlive a retry, a reload and a lost answer: the same wish (its scope and its body) gets the
 * same key in this tab until it is settled, so that paying twice by pressing twice is impossible.
 */
const PREFIX = "sf.wish.";

function slot(scope: string, body: unknown): string {
  return `${PREFIX}${scope}.${JSON.stringify(body)}`;
}

/** Not `crypto.randomUUID`, which browsers offer on https and localhost only. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function keyFor(scope: string, body: unknown): string {
  const where = slot(scope, body);
  const kept = recall(where, "tab");
  if (kept) return kept;
  const key = newKey();
  remember(where, key, "tab");
  return key;
}

export function settle(scope: string, body: unknown): void {
  remember(slot(scope, body), null, "tab");
}

/**
 * Run a wish under its key. The key is given up only after an answer that ends the wish: success, or a refusal
 * that says what to change. After silence or a failure of the server the next attempt repeats the same wish.
 */
export async function once<T>(
  scope: string,
  body: unknown,
  run: (idempotencyKey: string) => Promise<T>,
): Promise<T> {
  try {
    const answer = await run(keyFor(scope, body));
    settle(scope, body);
    return answer;
  } catch (error) {
    const status = (error as { status?: number }).status ?? 0;
    if (status >= 400 && status < 500 && status !== 409 && status !== 429) settle(scope, body);
    throw error;
  }
}
