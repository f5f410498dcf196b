import { Badge } from "@mantine/core";
import type { ReactNode } from "react";

/** What a state means for the reader, which decides its colour; never the state's name. */
export type Tone = "waiting" | "good" | "done" | "neutral" | "warning" | "bad";

const COLOR: Record<Tone, string> = {
  waiting: "yellow",
  good: "teal",
  done: "blue",
  neutral: "gray",
  warning: "orange",
  bad: "red",
};

/** A state, translated by the caller and coloured by its tone. The text carries the meaning; the colour only helps. */
export function StatusChip({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <Badge
      color={COLOR[tone]}
      variant="light"
      radius="xl"
      size="lg"
      tt="none"
      fw={600}
      flex="none"
      styles={{ label: { fontSize: "0.8125rem" } }}
      bg={`light-dark(var(--mantine-color-${COLOR[tone]}-1), color-mix(in srgb, var(--mantine-color-${COLOR[tone]}-6) 24%, transparent))`}
      // Mantine's light variant is a shade too pale for text on paper.
      c={`light-dark(color-mix(in srgb, var(--mantine-color-${COLOR[tone]}-9) 68%, black), var(--mantine-color-${COLOR[tone]}-2))`}
    >
      {children}
    </Badge>
  );
}
