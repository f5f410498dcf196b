import { Button, Checkbox, PasswordInput, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Group } from "#web/dev/entry";
import { useProblems, useWords } from "#web/dev/samples";
import { CopyField, SecretField } from "#web/ui/CopyField";
import { FilterBar } from "#web/ui/FilterBar";
import { FormErrors } from "#web/ui/FormErrors";
import { TextLink } from "#web/ui/Link";
import { Panel } from "#web/ui/Panel";
import { Rating, Stars, StarsInput } from "#web/ui/RatingStars";
import { many, useFilters } from "#web/ui/useFilters";

function Fields() {
  const t = useWords();
  const { refused } = useProblems();
  return (
    <Stack gap="md" maw={480}>
      <FormErrors error={refused} labels={{ "gallery-name": t("sample.name") }} />
      <TextInput
        id="gallery-name"
        label={t("sample.name")}
        description={t("sample.nameText")}
        error={t("sample.nameMissing")}
        required
      />
      <Textarea label={t("sample.note")} autosize minRows={2} />
      <Select
        label={t("sample.status")}
        data={[
          { value: "waiting", label: t("sample.waiting") },
          { value: "paid", label: t("sample.paid") },
        ]}
        defaultValue="paid"
      />
      <PasswordInput
        label={t("sample.password")}
        visibilityToggleButtonProps={{ "aria-label": t("sample.showPassword") }}
      />
      <Checkbox label={t("sample.agree")} />
      <Switch label={t("sample.instant")} defaultChecked />
      <Button loading>{t("shell:save")}</Button>
      <Button disabled>{t("shell:save")}</Button>
      <TextLink to="/">{t("sample.open")}</TextLink>
    </Stack>
  );
}

function Filters() {
  const t = useWords();
  const { values, active, set, clear } = useFilters(["find", "state"]);
  return (
    <FilterBar
      lead={
        <TextInput
          type="search"
          label={t("sample.find")}
          value={values.find ?? ""}
          onChange={(event) => set({ find: event.currentTarget.value })}
        />
      }
      active={active}
      onClear={clear}
      summary={t("sample.orders")}
    >
      <Select
        label={t("sample.status")}
        data={[
          { value: "waiting", label: t("sample.waiting") },
          { value: "paid", label: t("sample.paid") },
        ]}
        value={many.read(values.state)[0] ?? null}
        onChange={(state) => set({ state })}
        clearable
        clearButtonProps={{ "aria-label": t("shell:filter.clear") }}
      />
    </FilterBar>
  );
}

function GiveStars() {
  const t = useWords();
  const [value, setValue] = useState(3);
  return <StarsInput label={t("sample.stars")} value={value} onChange={setValue} />;
}

export const forms: Group = {
  name: "forms",
  entries: [
    { name: "FormErrors", states: [{ name: "error", Show: Fields }] },
    { name: "FilterBar", states: [{ name: "full", Show: Filters }] },
    {
      name: "CopyField, SecretField",
      states: [
        {
          name: "plain",
          Show: () => (
            <CopyField label={useWords()("sample.address")} value="https://softfactory.example/hooks/42" />
          ),
        },
        {
          name: "secret",
          Show: () => (
            <SecretField label={useWords()("sample.key")} value="sf_test_4eC39HqLyjWDarjtT1zdp7dc" once />
          ),
        },
      ],
    },
    {
      name: "Panel",
      states: [
        {
          name: "full",
          Show: () => {
            const t = useWords();
            return (
              <Panel
                title={t("sample.noticeTitle")}
                text={t("sample.noticeText")}
                actions={<Button variant="default">{t("sample.open")}</Button>}
              >
                {t("sample.nameText")}
              </Panel>
            );
          },
        },
      ],
    },
    {
      name: "Rating, Stars, StarsInput",
      states: [
        { name: "full", Show: () => <Rating value={4.8} count={128} /> },
        { name: "empty", Show: () => <Rating value={null} /> },
        { name: "plain", Show: () => <Stars value={4} /> },
        { name: "word", Show: GiveStars },
      ],
    },
  ],
};
