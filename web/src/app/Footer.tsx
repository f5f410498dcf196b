import { useTranslation } from "react-i18next";
import classes from "./Footer.module.css";

export function Footer() {
  const { t } = useTranslation("shell");
  return (
    <footer className={classes.footer}>
      <div className={classes.inner}>
        <p className={classes.line}>{t("footer.line")}</p>
        <nav aria-label={t("footer.nav")} className={classes.links}>
          <a href="/docs">{t("footer.api")}</a>
          <a href="/health/ready">{t("footer.health")}</a>
        </nav>
      </div>
    </footer>
  );
}
