import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Illustration } from "#web/ui/illustration/Illustration";
import { usePageTitle } from "#web/ui/usePageTitle";
import classes from "./AuthFrame.module.css";

/** A form beside a table that is already laid. */
export function AuthFrame({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <div className={classes.frame}>
      <div className={classes.form}>
        <Stack gap={6} mb="lg">
          <Title order={1}>{title}</Title>
          <Text c="dimmed">{text}</Text>
        </Stack>
        {children}
      </div>
      <div className={classes.picture} aria-hidden="true">
        <Illustration kind="cover" seed="welcome-table" />
      </div>
    </div>
  );
}
