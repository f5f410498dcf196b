import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "#web/app/palette/useShortcuts";
import { Icon } from "#web/ui/icons";
import classes from "./PaletteDoor.module.css";

const load = () => import("#web/app/palette/Palette");
const Palette = lazy(load);
const ShortcutHelp = lazy(() => import("#web/app/palette/ShortcutHelp"));

/** The button in the header that opens the palette, and the keys that do; its code comes with the first use. */
export function PaletteDoor() {
  const { t } = useTranslation("shell");
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  /** Stays in the page once it was opened, so that it can leave gracefully. */
  const [used, setUsed] = useState({ palette: false, help: false });
  const show = useCallback((which: "palette" | "help") => {
    setUsed((before) => ({ ...before, [which]: true }));
    setOpen(which);
  }, []);
  useShortcuts({ onPalette: () => show("palette"), onHelp: () => show("help") });
  return (
    <>
      <button
        type="button"
        className={classes.door}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K /"
        onClick={() => show("palette")}
        onPointerEnter={() => void load()}
      >
        <Icon name="search" />
        <span className={classes.label}>{t("nav.find")}</span>
        <span className={classes.key} aria-hidden="true">
          /
        </span>
      </button>
      <Suspense fallback={null}>
        {used.palette ? (
          <Palette
            opened={open === "palette"}
            onClose={() => setOpen((now) => (now === "palette" ? null : now))}
            onHelp={() => show("help")}
          />
        ) : null}
        {used.help ? <ShortcutHelp opened={open === "help"} onClose={() => setOpen(null)} /> : null}
      </Suspense>
    </>
  );
}
