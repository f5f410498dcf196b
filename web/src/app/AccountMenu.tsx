import { ActionIcon, Avatar, Menu, Text, VisuallyHidden } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useInstall } from "#web/app/install";
import { useSession } from "#web/app/session";
import { signOut } from "#web/app/signOut";
import { Icon } from "#web/ui/icons";
import { initials } from "#web/ui/initials";
import { ButtonLink } from "#web/ui/Link";
import { toastProblem } from "#web/ui/toasts";
import classes from "./AccountMenu.module.css";

export function AccountMenu() {
  const { t } = useTranslation("shell");
  const session = useSession();
  const navigate = useNavigate();
  const install = useInstall();

  const door = (
    <ButtonLink to="/sign-in" variant="default" className={classes.signIn}>
      {t("nav.signIn")}
    </ButtonLink>
  );
  if (session.status === "signed-out") return session.lost ? <span className={classes.waiting} /> : door;
  if (session.status === "unknown") {
    // `first-paint.js` knows whether somebody was signed in here.
    return (
      <span className={classes.unknown}>
        {door}
        <span className={classes.waiting} />
      </span>
    );
  }

  const { user } = session;
  const leave = async () => {
    await signOut().catch(toastProblem);
    await navigate({ to: "/" });
  };
  return (
    <Menu position="bottom-end" shadow="md" width={280}>
      <Menu.Target>
        <ActionIcon radius="xl">
          <VisuallyHidden>{t("account.menu", { name: user.name })}</VisuallyHidden>
          <Avatar
            size={34}
            radius="xl"
            color="persimmon"
            variant="filled"
            src={user.avatar?.sources[0]?.url}
            alt=""
            aria-hidden="true"
          >
            {initials(user.name)}
          </Avatar>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <Text fw={600}>{user.name}</Text>
          <Text size="sm" c="dimmed" truncate>
            {user.email}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<Icon name="user" size={18} />}>
          {t("nav.account")}
        </Menu.Item>
        {install ? (
          <Menu.Item leftSection={<Icon name="download" size={18} />} onClick={() => void install()}>
            {t("account.install")}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<Icon name="signOut" size={18} />} onClick={() => void leave()}>
          {t("account.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
