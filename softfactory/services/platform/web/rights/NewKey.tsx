import { Button, Checkbox, Fieldset, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKeyMade } from "#web/api/generated";
import { api } from "#web/api/http";
import { fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { useFocusBack } from "#web/ui/useFocusBack";
import classes from "./Rights.module.css";
import { byArea } from "./scopes";

const LIVES = ["30", "90", "366", "never"] as const;

interface NewKeyProps {
  known: readonly string[];
  onClose: () => void;
  onMade: (key: ApiKeyMade) => void;
}

/** What a new key is called, what it may, and for how long. */
export function NewKey({ known, onClose, onMade }: NewKeyProps) {
  useFocusBack();
  const { t } = useTranslation("platform/rights");
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>([]);
  const [life, setLife] = useState<string>("90");
  const [tried, setTried] = useState(false);
  const make = useMutation({
    mutationFn: () =>
      api.post<ApiKeyMade>("/api/auth/api-keys", {
        name: name.trim(),
        scopes,
        expires_in_days: life === "never" ? null : Number(life),
      }),
    meta: { quiet: true },
    onSuccess: onMade,
  });
  const told = fieldErrors(make.error);
  const nameMissing = tried && !name.trim() ? t("keys.nameFirst") : undefined;
  const scopesMissing = tried && scopes.length === 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("keys.newTitle")}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim() && scopes.length > 0) make.mutate();
        }}
      >
        <Stack gap="md">
          <FormErrors error={make.error} labels={{ name: t("keys.name"), scopes: t("keys.scopes") }} />
          <TextInput
            id="name"
            data-autofocus
            required
            withAsterisk={false}
            label={t("keys.name")}
            description={t("keys.nameText")}
            maxLength={60}
            value={name}
            error={nameMissing ?? told.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox.Group
            value={scopes}
            onChange={setScopes}
            error={scopesMissing ? t("keys.scopesFirst") : told.scopes}
            label={t("keys.scopes")}
            description={t("keys.scopesText")}
          >
            <Stack gap="xs" mt="xs">
              {byArea(known).map(([area, verbs]) => (
                <Fieldset
                  key={area}
                  legend={t(`area.${area}`, { defaultValue: area })}
                  className={classes.area}
                >
                  <Group gap="lg" style={{ rowGap: 0 }}>
                    {verbs.map((verb) => (
                      <Checkbox
                        key={verb}
                        value={`${area}:${verb}`}
                        label={t(`verb.${verb}`)}
                        className={classes.verb}
                      />
                    ))}
                  </Group>
                </Fieldset>
              ))}
            </Stack>
          </Checkbox.Group>
          <Select
            label={t("keys.life")}
            data={LIVES.map((value) => ({ value, label: t(`keys.lives.${value}`) }))}
            value={life}
            allowDeselect={false}
            onChange={(value) => value && setLife(value)}
            description={life === "never" ? t("keys.neverText") : undefined}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={make.isPending}>
              {t("shell:cancel")}
            </Button>
            <Button type="submit" loading={make.isPending}>
              {t("keys.make")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
