import { ActionIcon, Drawer, Group } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "#web/ui/ErrorState";
import { Icon } from "#web/ui/icons";
import { PageSkeleton } from "#web/ui/Skeletons";
import classes from "./DetailFrame.module.css";

interface DetailFrameProps {
  /** From the address (`useFilters`), so that the detail can be shared and the back button closes it. */
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Beside the title: most often a StatusChip. */
  status?: ReactNode;
  children?: ReactNode;
  /** What one can do; stays in sight at the bottom. */
  actions?: ReactNode;
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  onPrevious?: () => void;
  onNext?: () => void;
}

/** One thing of a list beside the list: a panel from the side on a desk, the whole screen on a phone. */
export function DetailFrame(props: DetailFrameProps) {
  const { t } = useTranslation("shell");
  const onPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const body = props.loading ? (
    <PageSkeleton />
  ) : props.error ? (
    <ErrorState error={props.error} onRetry={props.onRetry} order={3} />
  ) : (
    props.children
  );
  return (
    <Drawer.Root
      opened={props.opened}
      onClose={props.onClose}
      position="right"
      size={onPhone ? "100%" : 520}
      classNames={{ content: classes.content }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Header className={classes.header}>
          <Drawer.Title component="h2" className={classes.title}>
            {props.title}
          </Drawer.Title>
          {props.status}
          <Group gap={0} ml="auto" wrap="nowrap">
            {props.onPrevious ? (
              <ActionIcon aria-label={t("detail.previous")} onClick={props.onPrevious}>
                <Icon name="arrowUp" />
              </ActionIcon>
            ) : null}
            {props.onNext ? (
              <ActionIcon aria-label={t("detail.next")} onClick={props.onNext}>
                <Icon name="arrowDown" />
              </ActionIcon>
            ) : null}
            <Drawer.CloseButton aria-label={t("close")} size={44} />
          </Group>
        </Drawer.Header>
        <Drawer.Body className={classes.body}>{body}</Drawer.Body>
        {props.actions && !props.loading && !props.error ? (
          <div className={classes.actions}>{props.actions}</div>
        ) : null}
      </Drawer.Content>
    </Drawer.Root>
  );
}
