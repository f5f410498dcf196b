import type { TFunction } from "i18next";
import type { Tone } from "#web/ui/StatusChip";

export const JOB_STATES = ["dead", "failed", "running", "queued", "done", "cancelled"] as const;
export type JobState = (typeof JOB_STATES)[number];

export const JOB_TONE: Record<JobState, Tone> = {
  dead: "bad",
  failed: "warning",
  running: "waiting",
  queued: "neutral",
  done: "good",
  cancelled: "neutral",
};

export const LETTER_STATES = ["in_mailbox", "sent", "queued", "sending", "undeliverable"] as const;
export type LetterState = (typeof LETTER_STATES)[number];

export const LETTER_TONE: Record<LetterState, Tone> = {
  in_mailbox: "good",
  sent: "good",
  queued: "waiting",
  sending: "waiting",
  undeliverable: "bad",
};

export const PAYMENT_STATES = [
  "captured",
  "partially_refunded",
  "refunded",
  "failed",
  "pinning",
  "capturing",
  "unknown",
  "discrepant",
  "returned",
] as const;

export const PAYMENT_TONE: Record<(typeof PAYMENT_STATES)[number], Tone> = {
  pinning: "waiting",
  capturing: "waiting",
  unknown: "waiting",
  captured: "good",
  partially_refunded: "neutral",
  refunded: "neutral",
  returned: "neutral",
  failed: "bad",
  discrepant: "warning",
};

/** What a job does, in words; its own name where nobody has written them yet. */
export const jobName = (t: TFunction, name: string): string => t(`platform/admin:job.${name}`, name);

/** Kinds of failures that say the same whatever failed: the first that fits. */
const FAILURES: [RegExp, string][] = [
  [/^WorkerDied/, "workerDied"],
  [/^TimeoutError: longer/, "tooLong"],
  [/^sibling_unavailable|^unavailable/, "sibling"],
  [
    /^(ConnectTimeout|ReadTimeout|ConnectError|ReadError|TimeoutError|ConnectionError|TransportError)/,
    "network",
  ],
  [/^SMTP/, "smtp"],
  [/^not_found/, "gone"],
  [/^(DBAPIError|OperationalError|InterfaceError|InternalError|ConnectionDoesNotExist)/, "database"],
  [/^(IntegrityError|UniqueViolation)/, "conflict"],
];

/** A failure in the reader's words. The technical line stays beside it. */
export function failure(t: TFunction, error: string | null): string | null {
  if (!error) return null;
  const kind = FAILURES.find(([pattern]) => pattern.test(error))?.[1] ?? "other";
  return t(`platform/admin:failure.${kind}`);
}
