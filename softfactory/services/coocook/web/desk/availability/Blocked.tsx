import { ActionIcon, Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FormErrors } from "#web/ui/FormErrors";
import { formatRange, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { toastDone } from "#web/ui/toasts";
import { useCareWords } from "../../care/words";
import { dayIn } from "../../parts/calendar";
import { setHours } from "../actions";
import { draftOf, wishOf } from "../hours";
import { keepOwn } from "../queries";
import type { BlockedTime, OwnChef } from "../types";
import classes from "./Availability.module.css";

/** A wall time read as if it were UTC, so that it is shown as it was written. */
const asWritten = (wall: string) => `${wall}:00Z`;

function say({ from, to }: BlockedTime): string {
  const shared = { zone: "UTC" } as const;
  return from.slice(0, 10) === to.slice(0, 10)
    ? formatRange(asWritten(from), asWritten(to), shared)
    : `${formatTime(asWritten(from), shared)} – ${formatTime(asWritten(to), shared)}`;
}

/** Time taken by what is not on CooCook: saved at once, for it is a row of busy time and no rule. */
export function Blocked({ own }: { own: OwnChef }) {
  const { t } = useCareWords();
  const client = useQueryClient();
  const { blocked, zone } = own.availability;
  const today = dayIn(zone, new Date());
  const [date, setDate] = useState<string>(today);
  const [from, setFrom] = useState("10:00");
  const [to, setTo] = useState("14:00");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const saving = useMutation({
    mutationFn: (wanted: BlockedTime[]) =>
      setHours(own.id, { ...wishOf(draftOf(own.availability)), blocked: wanted }),
    meta: { quiet: true },
    onSuccess: async (availability, wanted) => {
      const added = wanted.length > blocked.length;
      keepOwn(client, { ...own, availability, version: availability.version });
      if (added) setNote("");
      setTried(false);
      toastDone(t(added ? "block.added" : "block.removed"));
      await client.invalidateQueries({ queryKey: ["coocook", "slots"] });
    },
  });
  const wrong = !date || !from || !to || to <= from;
  const add = () => {
    setTried(true);
    if (wrong) return;
    saving.mutate([...blocked, { from: `${date}T${from}`, to: `${date}T${to}`, note: note.trim() }]);
  };
  return (
    <section className={classes.box} aria-labelledby="blocked">
      <div className={classes.boxHead}>
        <h2 id="blocked">{t("block.title")}</h2>
      </div>
      <p className={classes.small}>{t("block.text")}</p>
      {blocked.length === 0 ? (
        <p className={classes.small}>{t("block.none")}</p>
      ) : (
        <ul className={classes.blocked}>
          {blocked.map((each) => (
            <li key={`${each.from}-${each.to}`}>
              <span>
                <b>{say(each)}</b>
                {each.note ? <span className={classes.small}> {each.note}</span> : null}
              </span>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("block.remove", { time: say(each) })}
                disabled={saving.isPending}
                onClick={() => saving.mutate(blocked.filter((other) => other !== each))}
              >
                <Icon name="trash" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <FormErrors error={saving.error} labels={{}} />
      <Group gap="sm" align="start" grow preventGrowOverflow={false} mt="sm">
        <TextInput
          type="date"
          label={t("block.date")}
          min={today}
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          label={t("block.from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          label={t("block.to")}
          value={to}
          error={tried && wrong ? t("block.wrong") : undefined}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </Group>
      <Group gap="sm" align="end" mt="sm">
        <TextInput
          label={t("block.note")}
          maxLength={120}
          value={note}
          style={{ flex: "1 1 14em" }}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button variant="default" loading={saving.isPending} onClick={add}>
          {t("block.add")}
        </Button>
      </Group>
    </section>
  );
}
