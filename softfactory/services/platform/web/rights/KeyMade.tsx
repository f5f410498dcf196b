import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { ApiKeyMade } from "#web/api/generated";
import { Icon } from "#web/ui/icons";
import { useFocusBack } from "#web/ui/useFocusBack";

/** The new key, this once. It closes by its button only: a stray click would lose it for good. */
export function KeyMade({ apiKey, onClose }: { apiKey: ApiKeyMade; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation("platform/rights");
  const clipboard = useClipboard({ timeout: 3000 });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("keys.madeTitle")}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <Stack gap="md">
        <Text>{t("keys.madeText")}</Text>
        <TextInput
          readOnly
          label={apiKey.name}
          value={apiKey.key}
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        />
        <div role="status">
          {clipboard.copied ? <Text size="sm">{t("keys.copied")}</Text> : null}
          {clipboard.error ? <Text size="sm">{t("keys.copyFailed")}</Text> : null}
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("keys.kept")}
          </Button>
          <Button
            data-autofocus
            leftSection={<Icon name={clipboard.copied ? "check" : "copy"} size={18} />}
            onClick={() => clipboard.copy(apiKey.key)}
          >
            {t("keys.copy")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
