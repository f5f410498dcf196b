import { ActionIcon, Popover, VisuallyHidden } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNotices } from "#web/app/bell/notices";
import { useSession } from "#web/app/session";
import { Icon } from "#web/ui/icons";
import classes from "./Bell.module.css";

const BellPanel = lazy(() => import("./BellPanel").then((part) => ({ default: part.BellPanel })));

/** The API counts no further. */
const COUNTED = 100;

/** What happened lately, behind a bell that shows how much of it is unread. */
export function Bell() {
  const { t } = useTranslation("shell");
  const signedIn = useSession().status === "signed-in";
  const { unread } = useNotices(signedIn);
  const [opened, setOpened] = useState(false);
  if (!signedIn) return null;
  const label =
    unread === 0
      ? t("bell.open")
      : unread < COUNTED
        ? t("bell.unread", { count: unread })
        : t("bell.unreadMany", { count: COUNTED - 1 });
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(24rem, calc(100vw - 16px))"
      shadow="md"
      radius="lg"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <ActionIcon
          aria-haspopup="dialog"
          aria-expanded={opened}
          className={classes.bell}
          onClick={() => setOpened((open) => !open)}
          onKeyDown={(event) => event.key === "Escape" && setOpened(false)}
        >
          <VisuallyHidden>{label}</VisuallyHidden>
          <Icon name="bell" />
          {unread > 0 ? (
            <span className={classes.count} aria-hidden="true">
              {unread < COUNTED ? unread : `${COUNTED - 1}+`}
            </span>
          ) : null}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label={t("bell.title")} className={classes.dropdown}>
        {/* What it shows comes later, so the frame takes the focus. */}
        <div data-autofocus tabIndex={-1} className={classes.frame}>
          <Suspense fallback={<div className={classes.waiting} role="status" aria-label={t("loading")} />}>
            {opened ? <BellPanel onClose={() => setOpened(false)} /> : null}
          </Suspense>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
