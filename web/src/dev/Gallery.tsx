import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { language } from "#web/app/i18n";
import { switchLanguage } from "#web/app/Switches";
import { groups } from "#web/dev/entries";
import type { Entry } from "#web/dev/entry";
import classes from "#web/dev/Gallery.module.css";
import { useWords } from "#web/dev/samples";
import { Page, PageHeader } from "#web/ui/Page";
import { useFilters } from "#web/ui/useFilters";

const WIDTHS = { phone: 360, tablet: 768 } as const;

function Shown({ entry }: { entry: Entry }) {
  const t = useWords();
  const id = entry.name.replaceAll(/\W+/g, "-");
  return (
    <section aria-labelledby={id} className={classes.entry}>
      <h2 id={id} className={classes.name}>
        {entry.name}
      </h2>
      {entry.states.map(({ name, Show }) => (
        <div key={name} className={classes.state} data-state={name}>
          <p className={classes.label}>{t(`state.${name}`)}</p>
          <div className={classes.stage}>
            <Show />
          </div>
        </div>
      ))}
    </section>
  );
}

/** Every shared component in every state. Served by demos and development builds only. */
export default function Gallery() {
  const t = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { values, set } = useFilters(["group", "width"]);
  const group = groups.find(({ name }) => name === values.group) ?? groups[0];
  const width = WIDTHS[values.width as keyof typeof WIDTHS];
  // Inside the frame of a width the tools stand outside.
  const framed = window.self !== window.top;
  const options = (names: readonly string[], label: (name: string) => string) =>
    names.map((name) => ({ value: name, label: label(name) }));
  return (
    <Page title={t("title")} width="wide">
      <PageHeader title={t("title")} text={t("text")} />
      <div className={classes.tools} hidden={framed}>
        <SegmentedControl
          aria-label={t("tools.group")}
          className={classes.groups}
          data={options(
            groups.map(({ name }) => name),
            (name) => t(`group.${name}`),
          )}
          value={group?.name}
          onChange={(next) => set({ group: next === groups[0]?.name ? undefined : next })}
        />
        <SegmentedControl
          aria-label={t("tools.width")}
          data={options(["full", "tablet", "phone"], (name) => t(`width.${name}`))}
          value={width ? values.width : "full"}
          onChange={(next) => set({ width: next === "full" ? undefined : next })}
        />
        <SegmentedControl
          aria-label={t("shell:language.label")}
          data={options(["ko", "en"], (name) => t(`language.${name}`))}
          value={language()}
          onChange={(next) => void switchLanguage(next as "ko" | "en")}
        />
        <SegmentedControl
          aria-label={t("shell:scheme.label")}
          data={["light", "dark", "auto"].map((scheme) => ({
            value: scheme,
            label: t(`shell:scheme.${scheme}`),
          }))}
          value={colorScheme}
          onChange={(next) => setColorScheme(next as typeof colorScheme)}
        />
      </div>
      {width ? (
        // A frame, because what is laid out for a phone asks how wide the window is.
        <iframe
          key={`${values.width}-${group?.name}-${language()}-${colorScheme}`}
          className={classes.frame}
          title={t(`width.${values.width}`)}
          width={width}
          src={`/dev/ui?group=${group?.name ?? ""}`}
        />
      ) : (
        group?.entries.map((entry) => <Shown key={entry.name} entry={entry} />)
      )}
    </Page>
  );
}
