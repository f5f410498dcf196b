import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import { usePageTitle } from "#web/ui/usePageTitle";
import classes from "./Page.module.css";

interface PageProps {
  /** The tab's name, when the route's own name is not enough. */
  title?: string;
  /** `narrow` for forms and reading, `wide` for tables and desks. */
  width?: "narrow" | "normal" | "wide";
  children: ReactNode;
}

/** A screen's outer measure: width, margins, rhythm. */
export function Page({ title, width = "normal", children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={classes.page} data-width={width}>
      {children}
    </div>
  );
}

interface PageHeaderProps {
  title: ReactNode;
  text?: ReactNode;
  /** Where one came from: a label and an address. */
  back?: { to: string; label: string };
  actions?: ReactNode;
}

/** The one h1 of a screen, with what one can do here beside it. */
export function PageHeader({ title, text, back, actions }: PageHeaderProps) {
  return (
    <Stack gap="xs" mb="lg" component="header">
      {back ? (
        <TextLink to={back.to} className={classes.back} c="dimmed" size="sm" data-back>
          <Icon name="chevronLeft" size={18} />
          {back.label}
        </TextLink>
      ) : null}
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={1}>{title}</Title>
          {text ? (
            <Text c="dimmed" mt={6} maw="65ch">
              {text}
            </Text>
          ) : null}
        </div>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </Group>
    </Stack>
  );
}
