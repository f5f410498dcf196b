import { Alert } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { Icon } from "#web/ui/icons";
import { toastDone } from "#web/ui/toasts";
import { useFilters } from "#web/ui/useFilters";
import { dayIn, isDay } from "../../parts/calendar";
import { setHours } from "../actions";
import { type Draft, draftOf, isSound, sameHours, wishOf } from "../hours";
import { keepOwn } from "../queries";
import { SaveBar } from "../SaveBar";
import type { OwnChef } from "../types";
import { useLeaving } from "../useLeaving";
import classes from "./Availability.module.css";
import { Blocked } from "./Blocked";
import { Exceptions } from "./Exceptions";
import { Preview } from "./Preview";
import { Rules } from "./Rules";
import { Week } from "./Week";

const FIELDS = ["zone", "turnaround_minutes", "notice_hours", "horizon_days", "slot_step_minutes"] as const;

/** When the chef cooks: the week, the days that differ, and how bookings fall within them. Saved as a whole. */
export function Availability({ own }: { own: OwnChef }) {
  const { t } = useTranslation("coocook/desk");
  const client = useQueryClient();
  const { values } = useFilters(["date"] as const);
  const [edited, setEdited] = useState<Draft | null>(null);
  const saved = draftOf(own.availability);
  const draft = edited ?? saved;
  const dirty = edited !== null && !sameHours(edited, saved);
  const sound = isSound(draft);
  const change = (part: Partial<Draft>) => setEdited({ ...draft, ...part });

  const saving = useMutation({
    mutationFn: (wish: Draft) => setHours(own.id, wishOf(wish)),
    meta: { quiet: true },
    onSuccess: async (availability) => {
      keepOwn(client, { ...own, availability, version: availability.version });
      setEdited(null);
      toastDone(t("hours.saved"));
      await client.invalidateQueries({ queryKey: ["coocook", "slots"] });
    },
  });
  const leaving = useLeaving(dirty);
  const labels = Object.fromEntries(FIELDS.map((field) => [field, t(`rules.${field}`)]));
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <FormErrors error={saving.error} labels={labels} />
        {own.availability.shifted.length > 0 ? (
          <Alert color="orange" variant="light" icon={<Icon name="clock" />} title={t("hours.shifted")}>
            {own.availability.shifted
              .slice(0, 6)
              .map((wall) => wall.replace("T", " "))
              .join(", ")}
          </Alert>
        ) : null}
        <Week weekly={draft.weekly} onChange={(weekly) => change({ weekly })} />
        <Exceptions
          exceptions={draft.exceptions}
          onChange={(exceptions) => change({ exceptions })}
          today={dayIn(draft.zone, new Date())}
          first={isDay(values.date) ? values.date : undefined}
        />
        <Blocked own={own} />
        <Rules draft={draft} onChange={change} errors={fieldErrors(saving.error)} />
        <SaveBar
          dirty={dirty}
          saving={saving.isPending}
          problem={sound ? undefined : t("hours.unsound")}
          onSave={() => saving.mutate(draft)}
          onDiscard={() => {
            setEdited(null);
            saving.reset();
          }}
        />
      </div>
      <aside className={classes.aside}>
        <Preview own={own} dirty={dirty} />
      </aside>
      {leaving.dialog}
    </div>
  );
}
