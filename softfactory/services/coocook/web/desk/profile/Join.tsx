import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "#web/api/problem";
import { useSession } from "#web/app/session";
import { FormErrors } from "#web/ui/FormErrors";
import { Page, PageHeader } from "#web/ui/Page";
import { toastDone } from "#web/ui/toasts";
import { kept, propose } from "../actions";
import { keepOwn } from "../queries";
import classes from "./Profile.module.css";
import { ProfileFields } from "./ProfileFields";
import {
  emptyProfile,
  type ProfileDraft,
  type ProfileProblem,
  profileProblems,
  profileWish,
} from "./profileDraft";

const SLOT = "join";

/** A person who would like to cook: the profile, and what happens then. What is written outlives a reload. */
export function Join() {
  const { t } = useTranslation("coocook/desk");
  const client = useQueryClient();
  const { user } = useSession();
  const [draft, setDraft] = useState<ProfileDraft>(() => ({
    ...emptyProfile(user?.name ?? ""),
    ...kept.read<Partial<ProfileDraft>>(SLOT),
  }));
  const [tried, setTried] = useState(false);
  const sending = useMutation({
    mutationFn: () => propose(profileWish(draft)),
    meta: { quiet: true },
    onSuccess: (own) => {
      kept.write(SLOT, null);
      keepOwn(client, own);
      toastDone(t("join.sent"));
    },
  });
  const problems = profileProblems(draft);
  const refused = fieldErrors(sending.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(problems);
    if (first) document.getElementById(first)?.focus();
    else sending.mutate();
  };
  return (
    <Page title={t("join.title")}>
      <PageHeader title={t("join.title")} text={t("join.text")} />
      <form onSubmit={send} noValidate className={classes.form}>
        <FormErrors
          error={sending.error}
          labels={{ name: t("profile.name"), headline: t("profile.headline"), bio: t("profile.bio") }}
        />
        <ProfileFields
          draft={draft}
          onChange={(part) => {
            const next = { ...draft, ...part };
            setDraft(next);
            kept.write(SLOT, next);
          }}
          error={(field) =>
            tried && problems[field as ProfileProblem] ? t(`profile.wrong.${field}`) : refused[field]
          }
        />
        <Group justify="flex-end">
          <Button type="submit" loading={sending.isPending}>
            {t("join.send")}
          </Button>
        </Group>
      </form>
    </Page>
  );
}
