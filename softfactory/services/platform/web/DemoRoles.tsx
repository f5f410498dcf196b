import { Alert, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "#web/api/problem";
import { isDemo } from "#web/app/deployment";
import { Icon } from "#web/ui/icons";
import { problemText } from "#web/ui/problemText";
import { useDemo } from "./auth";
import classes from "./DemoRoles.module.css";
import { ROLES, startOf } from "./demo";

/** The demo in one click per role. */
export function DemoRoles({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation("platform");
  const demo = useDemo(startOf);
  const closed = demo.error instanceof ApiError && (demo.error.status === 403 || demo.error.status === 404);
  // A deployment that is no demo has no accounts without a password, and does not offer them.
  if (!isDemo) return null;
  return (
    <section aria-labelledby="demo-title" className={classes.demo} data-compact={compact || undefined}>
      <h2 id="demo-title" className={classes.title}>
        {t("demo.title")}
      </h2>
      <p className={classes.text}>{t("demo.text")}</p>
      {demo.error ? (
        <Alert role="alert" color={closed ? "gray" : "red"} mb="sm" icon={<Icon name="info" />}>
          {problemText(demo.error).text}
        </Alert>
      ) : null}
      <div className={classes.roles}>
        {ROLES.map(({ role, icon }) => (
          <UnstyledButton
            key={role}
            className={classes.role}
            disabled={demo.isPending}
            data-pending={(demo.isPending && demo.variables === role) || undefined}
            onClick={() => demo.mutate(role)}
          >
            <span className={classes.icon}>
              <Icon name={icon} size={22} />
            </span>
            <span className={classes.words}>
              <span className={classes.name}>{t(`demo.${role}.name`)}</span>
              <span className={classes.about}>{t(`demo.${role}.text`)}</span>
            </span>
            <Icon name="arrowRight" size={18} />
          </UnstyledButton>
        ))}
      </div>
    </section>
  );
}
