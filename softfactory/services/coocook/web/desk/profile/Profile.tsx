import { Alert, Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { Icon } from "#web/ui/icons";
import { toastDone } from "#web/ui/toasts";
import { changeProfile } from "../actions";
import { keepOwn, refreshOwn } from "../queries";
import { SaveBar } from "../SaveBar";
import type { OwnChef } from "../types";
import { useLeaving } from "../useLeaving";
import { Listing } from "./Listing";
import { Pictures } from "./Pictures";
import classes from "./Profile.module.css";
import { ProfileFields } from "./ProfileFields";
import {
  draftOfProfile,
  type ProfileDraft,
  type ProfileProblem,
  profileChanges,
  profileProblems,
} from "./profileDraft";

interface Edit {
  draft: ProfileDraft;
  /** The profile as it was read when the writing began: its version is the one that the change is for. */
  base: OwnChef;
}

/** The profile, changed as it was read: what somebody else changed in the meantime is not written over unasked. */
export function Profile({ own }: { own: OwnChef }) {
  const { t } = useTranslation("coocook/desk");
  const client = useQueryClient();
  const [edit, setEdit] = useState<Edit | null>(null);
  const [tried, setTried] = useState(false);
  const base = edit?.base ?? own;
  const draft = edit?.draft ?? draftOfProfile(own);
  const changes = profileChanges(draft, draftOfProfile(base));
  const dirty = edit !== null && Object.keys(changes).length > 0;
  const saving = useMutation({
    mutationFn: (version: number) => changeProfile({ id: own.id, version }, changes),
    meta: { quiet: true },
    onSuccess: async (next) => {
      keepOwn(client, next);
      setEdit(null);
      setTried(false);
      toastDone(t(own.status === "declined" ? "profile.resent" : "profile.saved"));
      await client.invalidateQueries({ queryKey: ["coocook", "chef"] });
    },
    onError: (error) => (error instanceof ApiError && error.status === 412 ? refreshOwn(client) : undefined),
  });
  const leaving = useLeaving(dirty);
  const conflict = saving.error instanceof ApiError && saving.error.status === 412;
  const problems = profileProblems(draft);
  const refused = fieldErrors(saving.error);
  const discard = () => {
    setEdit(null);
    setTried(false);
    saving.reset();
  };
  return (
    <div className={classes.form}>
      {conflict ? (
        <Alert
          role="alert"
          color="orange"
          variant="light"
          styles={{ title: { color: "var(--mantine-color-text)" } }}
          icon={<Icon name="refresh" />}
          title={t("profile.conflict.title")}
        >
          {t("profile.conflict.text")}
          <Group gap="xs" mt="sm">
            <Button loading={saving.isPending} onClick={() => saving.mutate(own.version)}>
              {t("profile.conflict.mine")}
            </Button>
            <Button variant="default" onClick={discard}>
              {t("profile.conflict.theirs")}
            </Button>
          </Group>
        </Alert>
      ) : (
        <FormErrors
          error={saving.error}
          labels={{ name: t("profile.name"), headline: t("profile.headline"), bio: t("profile.bio") }}
        />
      )}
      <Pictures own={own} />
      <ProfileFields
        draft={draft}
        onChange={(part) =>
          setEdit((now) => ({ draft: { ...(now?.draft ?? draft), ...part }, base: now?.base ?? own }))
        }
        error={(field) => (problems[field as ProfileProblem] ? t(`profile.wrong.${field}`) : refused[field])}
      />
      <Listing own={own} />
      <SaveBar
        dirty={dirty}
        saving={saving.isPending}
        problem={tried && Object.keys(problems).length > 0 ? t("shell:form.check") : undefined}
        onSave={() => {
          const [first] = Object.keys(problems);
          setTried(true);
          if (first) document.getElementById(first)?.focus();
          else saving.mutate(base.version);
        }}
        onDiscard={discard}
      />
      {leaving.dialog}
    </div>
  );
}
