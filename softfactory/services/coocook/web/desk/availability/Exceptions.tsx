import { ActionIcon, Button, Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatRange, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { asDate, type Day, isDay } from "../../parts/calendar";
import { type ExceptionSpan, nextRange, rangeProblems, spansOf, withException } from "../hours";
import type { DayHours, ExceptionDay } from "../types";
import classes from "./Availability.module.css";
import { Ranges, sayClock } from "./Ranges";

const YEAR_DAYS = 366;

const sayDays = ({ from, to }: { from: Day; to: Day }) =>
  from === to
    ? formatTime(asDate(from), { style: "date", zone: "UTC" })
    : formatRange(asDate(from), asDate(to), { style: "date", zone: "UTC" });

interface AddProps {
  today: Day;
  first: Day | undefined;
  onAdd: (span: { from: Day; to: Day }, hours: DayHours[], note: string) => void;
  onClose: () => void;
}

function Add({ today, first, onAdd, onClose }: AddProps) {
  const { t } = useTranslation("coocook/desk");
  const [from, setFrom] = useState(first ?? today);
  const [to, setTo] = useState(first ?? today);
  const [kind, setKind] = useState("closed");
  const [hours, setHours] = useState<DayHours[]>([nextRange([]) as DayHours]);
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const wrong = !isDay(from) ? t("exceptions.dateFirst") : from < today ? t("exceptions.past") : undefined;
  const wrongEnd =
    !isDay(to) || to < from ? t("exceptions.backwards") : days > YEAR_DAYS ? t("exceptions.long") : undefined;
  const sound = kind === "closed" || rangeProblems(hours).every((problem) => !problem);
  return (
    <fieldset className={classes.adding}>
      <legend className={classes.addingTitle}>{t("exceptions.new")}</legend>
      <Stack gap="md">
        <Group gap="sm" align="start" grow preventGrowOverflow={false}>
          <TextInput
            type="date"
            label={t("exceptions.from")}
            min={today}
            value={from}
            data-autofocus
            error={tried ? wrong : undefined}
            onChange={(event) => {
              const next = event.currentTarget.value;
              if (!to || to < next || to === from) setTo(next);
              setFrom(next);
            }}
          />
          <TextInput
            type="date"
            label={t("exceptions.to")}
            min={from}
            value={to}
            error={tried ? wrongEnd : undefined}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </Group>
        <SegmentedControl
          aria-label={t("exceptions.kind")}
          value={kind}
          onChange={setKind}
          className={classes.segments}
          data={[
            { value: "closed", label: t("exceptions.closed") },
            { value: "hours", label: t("exceptions.hours") },
          ]}
        />
        {kind === "hours" ? (
          <Ranges day={t("exceptions.thatDay")} ranges={hours} onChange={setHours} mayBeEmpty={false} />
        ) : null}
        <TextInput
          label={t("exceptions.note")}
          description={t("exceptions.noteText")}
          maxLength={120}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button
            variant="light"
            onClick={() => {
              setTried(true);
              if (!wrong && !wrongEnd && sound)
                onAdd({ from, to }, kind === "closed" ? [] : hours, note.trim());
            }}
          >
            {t("exceptions.add")}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t("shell:cancel")}
          </Button>
        </Group>
      </Stack>
    </fieldset>
  );
}

interface ExceptionsProps {
  exceptions: readonly ExceptionDay[];
  onChange: (exceptions: ExceptionDay[]) => void;
  today: Day;
  /** A day that the calendar sent here. */
  first: Day | undefined;
}

/** Days that differ from the week: closed, or open at other hours. */
export function Exceptions({ exceptions, onChange, today, first }: ExceptionsProps) {
  const { t } = useTranslation("coocook/desk");
  const [adding, setAdding] = useState(first !== undefined);
  const spans = spansOf(exceptions).filter((span) => span.to >= today);
  const midnight = t("hours.midnight");
  const sayHours = ({ hours }: ExceptionSpan) =>
    hours.length === 0
      ? t("exceptions.closed")
      : hours
          .map((range) => `${sayClock(range.from, midnight)} – ${sayClock(range.to, midnight)}`)
          .join(", ");
  return (
    <section className={classes.box} aria-labelledby="exceptions">
      <div className={classes.boxHead}>
        <h2 id="exceptions">{t("exceptions.title")}</h2>
      </div>
      <p className={classes.small}>{t("exceptions.text")}</p>
      {spans.length > 0 ? (
        <ul className={classes.spans}>
          {spans.map((span) => (
            <li key={span.from}>
              <div className={classes.span}>
                <b>{sayDays(span)}</b>
                <span className={classes.small}>
                  {[sayHours(span), span.note].filter(Boolean).join(" · ")}
                </span>
              </div>
              <ActionIcon
                aria-label={t("exceptions.remove", { days: sayDays(span) })}
                onClick={() =>
                  onChange(exceptions.filter((day) => day.date < span.from || day.date > span.to))
                }
              >
                <Icon name="trash" size={18} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      ) : null}
      {adding ? (
        <Add
          today={today}
          first={first && first >= today ? first : undefined}
          onClose={() => setAdding(false)}
          onAdd={(span, hours, note) => {
            onChange(withException(exceptions, span, hours, note));
            setAdding(false);
          }}
        />
      ) : (
        <Button
          variant="default"
          className={classes.new}
          leftSection={<Icon name="plus" size={18} />}
          onClick={() => setAdding(true)}
        >
          {t("exceptions.new")}
        </Button>
      )}
    </section>
  );
}
