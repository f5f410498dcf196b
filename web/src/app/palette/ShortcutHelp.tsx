import { Kbd } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "#web/app/palette/ShortcutHelp.module.css";
import { useShortcutPlaces } from "#web/app/palette/useShortcuts";
import { Dialog } from "#web/ui/Dialog";
import "@mantine/core/styles/Kbd.layer.css";

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys that work anywhere. */
export default function ShortcutHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("shell/palette");
  const places = useShortcutPlaces();
  const rows: { keys: string[]; label: string }[] = [
    { keys: [apple ? "⌘" : "Ctrl", "K"], label: t("title") },
    { keys: ["/"], label: t("title") },
    { keys: ["?"], label: t("action.shortcuts") },
    ...places.map(({ key, label }) => ({ keys: ["G", key.toUpperCase()], label })),
  ];
  return (
    <Dialog opened={opened} onClose={onClose} title={t("action.shortcuts")}>
      <dl className={classes.list}>
        {rows.map(({ keys, label }) => (
          <div key={keys.join()} className={classes.row}>
            <dt>{label}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key} size="md">
                  {key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
