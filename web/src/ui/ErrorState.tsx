import { Button, Code, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "#web/api/problem";
import { Icon } from "#web/ui/icons";
import { Spot } from "#web/ui/illustration/Spot";
import { useProblemText } from "#web/ui/problemText";

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  order?: 1 | 2 | 3;
}

/** What happened, in the reader's words; a way to try again; the id to quote. */
export function ErrorState({ error, onRetry, order = 2 }: ErrorStateProps) {
  const { t } = useTranslation("shell");
  const { title, text } = useProblemText()(error);
  const reference = error instanceof ApiError ? error.reference : undefined;
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <Stack role="alert" align="center" ta="center" gap="sm" py="xl" px="md" mx="auto" maw={520}>
      <Spot name={missing ? "lost" : "broken"} />
      <Title order={order} size="h2">
        {title}
      </Title>
      <Text c="dimmed" style={{ textWrap: "balance" }}>
        {text}
      </Text>
      {onRetry && !missing ? (
        <Button variant="light" leftSection={<Icon name="refresh" size={18} />} onClick={onRetry}>
          {t("error.retry")}
        </Button>
      ) : null}
      {reference ? (
        <Text size="xs" c="dimmed">
          {t("error.reference")} <Code>{reference}</Code>
        </Text>
      ) : null}
    </Stack>
  );
}
