import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Spot, type SpotName } from "#web/ui/illustration/Spot";

interface EmptyStateProps {
  picture?: SpotName;
  title: string;
  /** What to do about it. */
  text?: ReactNode;
  action?: ReactNode;
  /** `h2` inside a screen, `h1` when it is the screen. */
  order?: 1 | 2 | 3;
}

/** Nothing here yet: says why, and offers the next step. */
export function EmptyState({ picture = "empty", title, text, action, order = 2 }: EmptyStateProps) {
  return (
    <Stack align="center" ta="center" gap="sm" py="xl" px="md" mx="auto" maw={520}>
      <Spot name={picture} />
      <Title order={order} size="h2">
        {title}
      </Title>
      {text ? (
        <Text c="dimmed" style={{ textWrap: "balance" }}>
          {text}
        </Text>
      ) : null}
      {action}
    </Stack>
  );
}
