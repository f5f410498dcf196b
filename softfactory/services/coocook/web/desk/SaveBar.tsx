import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./SaveBar.module.css";

interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  /** Said instead of "unsaved changes", where they cannot be saved yet. */
  problem?: string;
  onSave: () => void;
  onDiscard: () => void;
}

/** Unsaved changes, at hand wherever one is in a long form. */
export function SaveBar({ dirty, saving, problem, onSave, onDiscard }: SaveBarProps) {
  const { t } = useTranslation("coocook/desk");
  if (!dirty && !saving) return null;
  return (
    <section className={classes.bar} aria-label={t("save.label")}>
      <span className={classes.words} role="status" data-problem={problem ? true : undefined}>
        {problem ?? t("save.unsaved")}
      </span>
      <Button variant="subtle" color="gray" disabled={saving} onClick={onDiscard}>
        {t("save.discard")}
      </Button>
      <Button loading={saving} disabled={!!problem} onClick={onSave}>
        {t("shell:save")}
      </Button>
    </section>
  );
}
