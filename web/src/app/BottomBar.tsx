import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { say } from "#web/app/i18n";
import { useSession } from "#web/app/session";
import { useNavigation } from "#web/app/useNavigation";
import { Icon, type IconName } from "#web/ui/icons";
import classes from "./BottomBar.module.css";

/** Of the phone's five places, the first is home and the last is the account. */
const PLACES = 5;

/** The phone's navigation, within reach of a thumb. */
export function BottomBar() {
  const { t } = useTranslation("shell");
  const { status } = useSession();
  const own = useNavigation().filter((entry) => entry.onPhone);
  const last: { path: string; label: string; icon: IconName } =
    status === "signed-in"
      ? { path: "/account", label: t("nav.account"), icon: "user" }
      : { path: "/sign-in", label: t("nav.signIn"), icon: "signIn" };
  const places = [
    { path: "/", label: t("nav.home"), icon: "home" as IconName },
    ...own
      .slice(0, PLACES - 2)
      .map((entry) => ({ path: entry.path, label: say(entry.label), icon: entry.icon })),
    last,
  ];
  return (
    <nav aria-label={t("nav.phone")} className={classes.bar}>
      {places.map((place) => (
        <Link
          key={place.path}
          to={place.path}
          className={classes.place}
          activeProps={{ className: classes.active, "aria-current": "page" }}
          activeOptions={{ exact: place.path === "/", includeSearch: false }}
        >
          <Icon name={place.icon} size={22} />
          <span className={classes.label}>{place.label}</span>
        </Link>
      ))}
    </nav>
  );
}
