import { api } from "#web/api/http";

/** Passkeys, by the browser's own words for them: options come as JSON, and answers leave as JSON. */
export function passkeysWork(): boolean {
  return (
    typeof PublicKeyCredential !== "undefined" &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function" &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function"
  );
}

/** Whether the browser can offer passkeys where an address is typed (conditional UI). */
export async function passkeysAutofill(): Promise<boolean> {
  return passkeysWork() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);
}

/** The person closed the browser's dialog, or let it time out. */
export class PasskeyStopped extends Error {
  constructor() {
    super("The passkey dialog was closed.");
    this.name = "PasskeyStopped";
  }
}

async function asked(credential: Promise<Credential | null>): Promise<unknown> {
  try {
    const answer = await credential;
    if (answer) return (answer as PublicKeyCredential).toJSON();
  } catch (reason) {
    const name = reason instanceof DOMException ? reason.name : "";
    if (name !== "NotAllowedError" && name !== "AbortError") throw reason;
  }
  throw new PasskeyStopped();
}

/** A passkey's answer to a fresh challenge, for signing in or confirming. */
export async function answerWithPasskey(
  options: { autofill?: boolean; signal?: AbortSignal } = {},
): Promise<unknown> {
  const challenge = await api.post<PublicKeyCredentialRequestOptionsJSON>(
    "/api/auth/passkeys/sign-in/options",
    undefined,
    { signal: options.signal },
  );
  return asked(
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(challenge),
      mediation: options.autofill ? "conditional" : "optional",
      signal: options.signal,
    }),
  );
}

/** A new passkey of the signed-in person. */
export async function newPasskey(): Promise<unknown> {
  const challenge = await api.post<PublicKeyCredentialCreationOptionsJSON>("/api/auth/passkeys/options");
  return asked(
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(challenge),
    }),
  );
}
