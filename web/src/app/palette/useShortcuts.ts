import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { say } from "#web/app/i18n";
import { useSession } from "#web/app/session";
import { useNavigation } from "#web/app/useNavigation";

/** How long after `g` the second letter counts. */
const TOGETHER_MS = 1200;

interface Place {
  key: string;
  path: string;
  label: string;
}

/** Where `g` and a letter lead this person: menu entries that name a letter, home, and the account. */
export function useShortcutPlaces(): Place[] {
  const { t } = useTranslation("shell");
  const { status } = useSession();
  const own = useNavigation().flatMap(({ key, path, label }) =>
    key ? [{ key, path, label: say(label) }] : [],
  );
  const account = status === "signed-in" ? [{ key: "u", path: "/account", label: t("nav.account") }] : [];
  return [{ key: "h", path: "/", label: t("nav.home") }, ...own, ...account];
}

const types = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=textbox]"));

interface Doors {
  onPalette: () => void;
  onHelp: () => void;
}

/** Ctrl-K anywhere; `/`, `?` and `g` with a letter where nobody is typing and no dialog asks something. */
export function useShortcuts({ onPalette, onHelp }: Doors): void {
  const navigate = useNavigate();
  const places = useShortcutPlaces();
  const now = useRef({ places, onPalette, onHelp });
  now.current = { places, onPalette, onHelp };
  useEffect(() => {
    let afterG = 0;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.code === "KeyK" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        now.current.onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
      if (document.querySelector('[role="dialog"]')) return;
      // By the key's place where a Korean layout would type a letter of its own.
      const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
      if (event.key === "/") {
        event.preventDefault();
        now.current.onPalette();
      } else if (event.key === "?") {
        event.preventDefault();
        now.current.onHelp();
      } else if (afterG && event.timeStamp - afterG < TOGETHER_MS) {
        afterG = 0;
        const place = now.current.places.find(({ key }) => key === letter);
        if (!place) return;
        event.preventDefault();
        void navigate({ to: place.path });
      } else afterG = letter === "g" ? event.timeStamp : 0;
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [navigate]);
}
