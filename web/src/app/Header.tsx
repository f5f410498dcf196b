import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { AccountMenu } from "#web/app/AccountMenu";
import { Bell } from "#web/app/bell/Bell";
import { say } from "#web/app/i18n";
import { PaletteDoor } from "#web/app/palette/PaletteDoor";
import { LanguageSwitch, SchemeSwitch } from "#web/app/Switches";
import { useNavigation } from "#web/app/useNavigation";
import classes from "./Header.module.css";

export function Brand() {
  return (
    <Link to="/" className={classes.brand} aria-label="SoftFactory">
      <svg viewBox="0 0 64 64" width="32" height="32" aria-hidden="true" focusable="false">
        <rect width="64" height="64" rx="16" fill="var(--sf-brand)" />
        <path d="M15 26.500 25 20v6.500L35 20v6.500L45 20v13H15z" fill="var(--sf-on-accent)" opacity=".55" />
        <rect x="15" y="31" width="34" height="14" rx="3" fill="var(--sf-on-accent)" />
        <path d="M20 35.500h5v5h-5zM29.500 35.500h5v5h-5zM39 35.500h5v5h-5z" fill="var(--sf-brand)" />
      </svg>
      <span className={classes.word}>SoftFactory</span>
    </Link>
  );
}

export function Header() {
  const { t } = useTranslation("shell");
  const entries = useNavigation();
  return (
    <header className={classes.header}>
      <div className={classes.inner}>
        <Brand />
        <nav aria-label={t("nav.main")} className={classes.nav}>
          {entries.map((entry) => (
            <Link
              key={entry.path}
              to={entry.path}
              className={classes.link}
              activeProps={{ className: classes.active, "aria-current": "page" }}
              activeOptions={{ exact: entry.path === "/", includeSearch: false }}
            >
              {say(entry.label)}
            </Link>
          ))}
        </nav>
        <div className={classes.tools}>
          <PaletteDoor />
          <LanguageSwitch />
          <SchemeSwitch />
          <Bell />
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}
