import { Group, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Panel.module.css";

/** One subject of the account page. */
export function Panel(props: { title: string; text?: string; actions?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.panel}>
      <Group justify="space-between" align="flex-start" mb="md" gap="xs">
        <div className={classes.words}>
          <Title order={2} size="h3" id={id}>
            {props.title}
          </Title>
          {props.text ? (
            <Text size="sm" c="dimmed" mt={2}>
              {props.text}
            </Text>
          ) : null}
        </div>
        {props.actions}
      </Group>
      {props.children}
    </section>
  );
}
