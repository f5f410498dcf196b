import { Loader, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PaletteEntry } from "#web/app/palette/entries";
import classes from "#web/app/palette/Palette.module.css";
import { useEntries } from "#web/app/palette/useEntries";
import { Icon } from "#web/ui/icons";

const GROUPS = ["recent", "pages", "found", "actions"] as const;

interface PaletteProps {
  opened: boolean;
  onClose: () => void;
  onHelp: () => void;
}

/** Every page, recent thing and action, by a few letters. */
export default function Palette({ opened, onClose, onHelp }: PaletteProps) {
  const { t } = useTranslation("shell/palette");
  const onPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={620}
      yOffset={onPhone ? 0 : "12vh"}
      xOffset={0}
      fullScreen={onPhone}
      transitionProps={{ duration: 100 }}
      classNames={{ content: classes.content }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t("title")}>
        <Inside onClose={onClose} onHelp={onHelp} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Inside({ onClose, onHelp }: Omit<PaletteProps, "opened">) {
  const { t } = useTranslation("shell/palette");
  const navigate = useNavigate();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const { entries, searching } = useEntries(query, onHelp);
  // The groups stand in a fixed order; the best of a query is the first of its group.
  const shown = GROUPS.flatMap((group) => entries.filter((entry) => entry.group === group));
  const current = shown[Math.min(at, shown.length - 1)];
  const optionId = (entry: PaletteEntry) => `${id}-${entry.id.replaceAll(/\W+/g, "-")}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another entry is the current one
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current?.id]);

  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    if (entry.to) void navigate({ href: entry.to });
    void entry.run?.();
  };
  const press = (event: KeyboardEvent) => {
    // Enter also ends a Korean syllable in the making.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      const wrapped = Math.abs(step) === 1 ? (at + step + shown.length) % shown.length : at + step;
      setAt(Math.max(0, Math.min(shown.length - 1, wrapped)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(current);
    }
  };
  return (
    <>
      <div className={classes.top}>
        <Icon name="search" />
        <input
          className={classes.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={current ? optionId(current) : undefined}
          aria-autocomplete="list"
          aria-label={t("title")}
          placeholder={t("placeholder")}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          data-autofocus
          value={query}
          onKeyDown={press}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
        />
        {searching ? <Loader size={18} aria-hidden="true" /> : null}
        <button type="button" className={classes.close} onClick={onClose}>
          {t("close")}
        </button>
      </div>
      <div role="status" className={classes.hidden}>
        {query ? t("count", { count: shown.length }) : null}
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t("results")} className={classes.list} ref={list}>
        {GROUPS.map((group) => {
          const own = shown.filter((entry) => entry.group === group);
          if (own.length === 0) return null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, which no fieldset may be
            <div key={group} role="group" aria-label={t(`group.${group}`)}>
              <div className={classes.group} aria-hidden="true">
                {t(`group.${group}`)}
              </div>
              {own.map((entry) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed in the field
                // biome-ignore lint/a11y/useFocusableInteractive: as above
                <div
                  key={entry.id}
                  id={optionId(entry)}
                  role="option"
                  aria-selected={entry === current}
                  className={classes.option}
                  onPointerMove={() => setAt(shown.indexOf(entry))}
                  onClick={() => choose(entry)}
                >
                  <Icon name={entry.icon} />
                  <span className={classes.label}>{entry.label}</span>
                  {entry.hint ? <span className={classes.hint}>{entry.hint}</span> : null}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {shown.length === 0 && !searching ? (
        <p className={classes.none}>{t("none", { query: query.trim() })}</p>
      ) : null}
    </>
  );
}
