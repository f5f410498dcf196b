import { useSyncExternalStore } from "react";

/** Acts that need a recent sign-in wait here until the person has proved who they are, or will not. */
let asked: { answer: (proved: boolean) => void; promise: Promise<boolean> } | null = null;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Ask the person to confirm who they are. Several acts at once ask once. False: they closed the dialog. */
export function confirmIdentity(): Promise<boolean> {
  if (!asked) {
    let answer: (proved: boolean) => void = () => undefined;
    const promise = new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    asked = { answer, promise };
    tell();
  }
  return asked.promise;
}

/** The dialog's end. */
export function endStepUp(proved: boolean): void {
  const ended = asked;
  asked = null;
  tell();
  ended?.answer(proved);
}

export const stepUpIsOpen = (): boolean => asked !== null;

/** Whether somebody waits for the dialog. */
export function useStepUp(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stepUpIsOpen,
    stepUpIsOpen,
  );
}
