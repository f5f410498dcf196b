import { Badge, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { MeView } from "#web/api/generated";
import { api } from "#web/api/http";
import { fieldErrors } from "#web/api/problem";
import { chooseLanguage } from "#web/app/i18n";
import { updateUser } from "#web/app/session";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { Panel } from "#web/ui/Panel";
import { FormSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { Avatar } from "./Avatar";
import { nameProblem } from "./rules";

const KEY = ["platform", "me"] as const;

export function Profile() {
  const { t } = useTranslation("platform");
  const me = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<MeView>("/api/users/me", { signal }),
  });
  return (
    <Panel title={t("profile.title")} text={t("profile.text")}>
      {me.isPending ? <FormSkeleton /> : null}
      {me.error ? <ErrorState error={me.error} onRetry={me.refetch} order={3} /> : null}
      {me.data ? <Avatar me={me.data} queryKey={KEY} /> : null}
      {me.data ? <ProfileForm me={me.data} /> : null}
    </Panel>
  );
}

function ProfileForm({ me }: { me: MeView }) {
  const { t } = useTranslation("platform");
  const queries = useQueryClient();
  const zones = useMemo(() => [...new Set([me.zone, ...Intl.supportedValuesOf("timeZone")])], [me.zone]);
  const form = useForm({
    initialValues: { name: me.name, language: me.language as string, zone: me.zone },
    validate: {
      name: (value) => {
        const broken = nameProblem(value);
        return broken ? t(`rule.${broken}`) : null;
      },
    },
  });
  const save = useMutation({
    mutationFn: (change: { name: string; language: string; zone: string }) =>
      api.patch<MeView>("/api/users/me", { ...change, name: change.name.trim() }),
    meta: { quiet: true },
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSuccess: async (now) => {
      queries.setQueryData(KEY, now);
      updateUser({ name: now.name });
      form.resetDirty();
      await chooseLanguage(now.language);
      toastDone(t("profile.saved"));
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="md">
        <FormErrors
          error={save.error}
          labels={{ name: t("field.name"), language: t("field.language"), zone: t("field.zone") }}
        />
        <div>
          <Text size="sm" c="dimmed">
            {t("field.email")}
          </Text>
          <Group gap="xs">
            <Text>{me.email}</Text>
            {me.roles.map((role) => (
              <Badge key={role} variant="default" tt="none" fw={500}>
                {t(`role.${role}`, { defaultValue: role })}
              </Badge>
            ))}
          </Group>
        </div>
        <TextInput id="name" label={t("field.name")} autoComplete="name" {...form.getInputProps("name")} />
        <Select
          id="language"
          label={t("field.language")}
          allowDeselect={false}
          data={[
            { value: "ko", label: "한국어" },
            { value: "en", label: "English" },
          ]}
          {...form.getInputProps("language")}
        />
        <Select
          id="zone"
          label={t("field.zone")}
          description={t("field.zoneHint")}
          searchable
          allowDeselect={false}
          data={zones}
          limit={80}
          nothingFoundMessage={t("field.zoneNone")}
          {...form.getInputProps("zone")}
        />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("shell:save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
