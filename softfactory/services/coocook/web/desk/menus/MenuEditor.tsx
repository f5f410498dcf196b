import { Alert, Button, Group, NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "#web/api/problem";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { Icon } from "#web/ui/icons";
import { FormSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { Duration } from "../../parts/MenuCard";
import type { Menu } from "../../parts/types";
import type { OwnChef } from "../types";
import { useLeaving } from "../useLeaving";
import { Dishes } from "./Dishes";
import { Extras } from "./Extras";
import { MenuPicture } from "./MenuPicture";
import classes from "./Menus.module.css";
import { emptyMenu, type MenuDraft, menuProblems, sameMenu } from "./menuDraft";
import { offer, useWritten } from "./offer";

const DURATIONS = [60, 90, 120, 150, 180, 210, 240, 300, 360];

interface MenuEditorProps {
  own: OwnChef;
  menus: readonly Menu[];
  /** The menu to replace; null for a new one. */
  menuId: string | null;
  onDone: () => void;
}

/** Reads what is to be replaced, then lets it be written. */
export function MenuEditor(props: MenuEditorProps) {
  const { t } = useTranslation("coocook/desk");
  const written = useWritten(props.own.id, props.menuId);
  const [fresh] = useState(emptyMenu);
  if (props.menuId === null) return <Form {...props} start={fresh} />;
  if (written.isPending) return <FormSkeleton fields={5} />;
  if (written.isError) return <ErrorState error={written.error} onRetry={written.refetch} />;
  if (!written.data) {
    return (
      <EmptyState
        picture="lost"
        title={t("menus.gone")}
        text={t("menus.goneText")}
        action={<Button onClick={props.onDone}>{t("menus.title")}</Button>}
      />
    );
  }
  return <Form {...props} start={written.data} />;
}

function Form({ own, menus, menuId, onDone, start }: MenuEditorProps & { start: MenuDraft }) {
  const { t } = useTranslation("coocook/desk");
  const client = useQueryClient();
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const saving = useMutation({
    mutationFn: () => offer(own.id, draft, menuId),
    meta: { quiet: true },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["coocook", "menus"] });
      toastDone(t("menus.published"));
      leaving.freely(onDone);
    },
  });
  const leaving = useLeaving(!sameMenu(draft, start));
  const change = (part: Partial<MenuDraft>) => setDraft((now) => ({ ...now, ...part }));
  const others = menus.filter((menu) => menu.id !== menuId).map((menu) => menu.name);
  const problems = menuProblems(draft, others);
  const refused = fieldErrors(saving.error);
  const error = (field: string): string | undefined => {
    const problem = problems[field];
    return tried && problem ? t(`menus.wrong.${problem}`) : (refused[field] ?? refused[`${field}.amount`]);
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const first = Object.keys(problems)[0];
    if (first === undefined) saving.mutate();
    else document.getElementById(first)?.focus();
  };
  const people = (field: "min_party" | "max_party", label: string) => (
    <NumberInput
      id={field}
      label={label}
      min={1}
      max={100}
      allowDecimal={false}
      value={draft[field]}
      error={error(field)}
      onChange={(value) => change({ [field]: Number(value) })}
    />
  );
  const durations = DURATIONS.includes(draft.duration_minutes)
    ? DURATIONS
    : [...DURATIONS, draft.duration_minutes].sort((a, b) => a - b);
  return (
    <form onSubmit={send} noValidate className={classes.form}>
      <div>
        <Button
          variant="subtle"
          color="gray"
          className={classes.back}
          leftSection={<Icon name="chevronLeft" size={18} />}
          onClick={onDone}
        >
          {t("menus.back")}
        </Button>
        <h2 className={classes.title}>{t(menuId ? "menus.editTitle" : "menus.newTitle")}</h2>
      </div>
      {menuId ? (
        <Alert color="gray" variant="light" icon={<Icon name="info" />}>
          {t("menus.replaceText")}
        </Alert>
      ) : null}
      <FormErrors
        error={saving.error}
        labels={{
          name: t("menus.name"),
          description: t("menus.description"),
          max_party: t("menus.maxParty"),
        }}
      />
      <section className={classes.box} aria-labelledby="basics">
        <h3 id="basics">{t("menus.basics")}</h3>
        <div className={classes.pair}>
          <TextInput
            id="name"
            required
            label={t("menus.name")}
            maxLength={60}
            value={draft.name}
            error={error("name")}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            id="name_en"
            label={t("menus.nameEn")}
            maxLength={60}
            lang="en"
            value={draft.name_en}
            error={error("name_en")}
            onChange={(event) => change({ name_en: event.currentTarget.value })}
          />
        </div>
        <div className={classes.pair}>
          <Textarea
            id="description"
            label={t("menus.description")}
            autosize
            minRows={2}
            maxLength={1000}
            value={draft.description}
            error={error("description")}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <Textarea
            id="description_en"
            label={t("menus.descriptionEn")}
            autosize
            minRows={2}
            maxLength={1000}
            lang="en"
            value={draft.description_en}
            error={error("description_en")}
            onChange={(event) => change({ description_en: event.currentTarget.value })}
          />
        </div>
        <p className={classes.facts}>{t("menus.enText")}</p>
        <div className={classes.four}>
          <NumberInput
            id="price_per_guest"
            required
            label={t("menus.price")}
            min={0}
            step={1000}
            thousandSeparator=","
            allowDecimal={false}
            value={draft.price ?? ""}
            error={error("price_per_guest")}
            onChange={(value) => change({ price: value === "" ? null : Number(value) })}
          />
          {people("min_party", t("menus.minParty"))}
          {people("max_party", t("menus.maxParty"))}
          <NativeSelect
            id="duration_minutes"
            label={t("menus.duration")}
            value={String(draft.duration_minutes)}
            onChange={(event) => change({ duration_minutes: Number(event.currentTarget.value) })}
          >
            {durations.map((minutes) => (
              <option key={minutes} value={minutes}>
                <Duration minutes={minutes} />
              </option>
            ))}
          </NativeSelect>
        </div>
      </section>
      <MenuPicture photo={draft.picture} onChange={(picture) => change({ picture })} />
      <Dishes dishes={draft.dishes} onChange={(dishes) => change({ dishes })} error={error} />
      <Extras extras={draft.extras} onChange={(extras) => change({ extras })} error={error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone} disabled={saving.isPending}>
          {t("shell:cancel")}
        </Button>
        <Button type="submit" loading={saving.isPending}>
          {t(menuId ? "menus.replace" : "menus.publish")}
        </Button>
      </Group>
      {leaving.dialog}
    </form>
  );
}
