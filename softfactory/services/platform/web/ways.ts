/** The query of what the person can sign in with: whatever changes one of them reads it again. */
export const WAYS = ["platform", "ways"] as const;
export const PASSKEYS = ["platform", "passkeys"] as const;
