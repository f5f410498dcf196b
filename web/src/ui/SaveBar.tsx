import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./SaveBar.module.css";

interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  /** Said instead of "unsaved changes", where they cannot be saved yet. */
  problem?: string;
  /** What saving is called, where it does more than save. */
  save?: string;
  onSave: () => void;
  onDiscard: () => void;
}

/** Unsaved changes, at hand wherever one is in a long form. */
export function SaveBar({ dirty, saving, problem, save, onSave, onDiscard }: SaveBarProps) {
  const { t } = useTranslation("shell");
  if (!dirty && !saving) return null;
  return (
    <section className={classes.bar} aria-label={t("saveBar.label")}>
      <span className={classes.words} role="status" data-problem={problem ? true : undefined}>
        {problem ?? t("saveBar.unsaved")}
      </span>
      <Button variant="subtle" color="gray" disabled={saving} onClick={onDiscard}>
        {t("saveBar.discard")}
      </Button>
      <Button loading={saving} disabled={!!problem} onClick={onSave}>
        {save ?? t("save")}
      </Button>
    </section>
  );
}
