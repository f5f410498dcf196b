import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import { PlainLink } from "#web/ui/Link";
import { useMenus } from "../parts/queries";
import classes from "./Desk.module.css";
import type { OwnChef } from "./types";

/** What is missing before the first booking can come; nothing once all is there. */
export function Setup({ own }: { own: OwnChef }) {
  const { t } = useTranslation("coocook/desk");
  const menus = useMenus(own.id);
  if (!menus.data) return null;
  const steps = [
    { key: "profile", tab: "profile", done: true },
    { key: "menus", tab: "menus", done: menus.data.length > 0 },
    { key: "hours", tab: "availability", done: own.availability.weekly.length > 0 },
    { key: "approval", tab: "profile", done: own.status !== "draft" && own.status !== "declined" },
  ];
  if (steps.every((step) => step.done)) return null;
  return (
    <section className={classes.setup} aria-labelledby="setup">
      <h2 id="setup" className={classes.setupTitle}>
        {t("setup.title")}
      </h2>
      <ol className={classes.steps}>
        {steps.map(({ key, tab, done }) => (
          <li key={key} data-done={done || undefined}>
            <span className={classes.dot}>{done ? <Icon name="check" size={14} /> : null}</span>
            {done ? (
              <span>
                {t(`setup.${key}`)} <span className={classes.hidden}>{t("setup.done")}</span>
              </span>
            ) : (
              <PlainLink to="/chef/desk" search={{ tab } as never} className={classes.stepLink}>
                {t(`setup.${key}`)}
              </PlainLink>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
