import { useTranslation } from "react-i18next";
import { isDemo } from "#web/app/deployment";
import { say } from "#web/app/i18n";
import { Icon } from "#web/ui/icons";
import { Illustration } from "#web/ui/illustration/Illustration";
import { ButtonLink, PlainLink } from "#web/ui/Link";
import { type Business, businesses } from "./businesses";
import { DemoRoles } from "./DemoRoles";
import classes from "./Landing.module.css";

const PROMISES = [
  { key: "once", icon: "calendar" },
  { key: "money", icon: "wallet" },
  { key: "languages", icon: "globe" },
] as const;

function BusinessCard({ business }: { business: Business }) {
  const { t } = useTranslation("platform");
  const inside = (
    <>
      <span className={classes.badge} data-tint={business.tint}>
        <Icon name={business.icon} size={26} />
      </span>
      <span className={classes.cardTitle}>{say(business.title)}</span>
      <span className={classes.cardText}>{say(business.summary)}</span>
      {business.home ? (
        <span className={classes.open}>
          {t("landing.open")} <Icon name="arrowRight" size={18} />
        </span>
      ) : (
        <span className={classes.coming}>{t("landing.coming")}</span>
      )}
    </>
  );
  return business.home ? (
    <PlainLink to={business.home} className={classes.card} data-open>
      {inside}
    </PlainLink>
  ) : (
    <div className={classes.card}>{inside}</div>
  );
}

export function Landing() {
  const { t } = useTranslation("platform");
  const all = businesses();
  const first = all.find((business) => business.home);
  return (
    <div className={classes.landing}>
      <section className={classes.hero}>
        <div>
          <p className={classes.kicker}>{t("landing.kicker")}</p>
          <h1 className={classes.title}>{t("landing.title")}</h1>
          <p className={classes.lead}>{t("landing.lead")}</p>
          <div className={classes.actions}>
            {first?.home ? (
              <ButtonLink to={first.home} size="lg" rightSection={<Icon name="arrowRight" size={18} />}>
                {t("landing.findChef")}
              </ButtonLink>
            ) : null}
            {isDemo ? (
              <ButtonLink to="/" hash="demo-title" size="lg" variant="default">
                {t("landing.tryDemo")}
              </ButtonLink>
            ) : null}
          </div>
        </div>
        <div className={classes.pictures} aria-hidden="true">
          <div className={classes.cover}>
            <Illustration kind="cover" seed="hero-evening" />
          </div>
          <div className={classes.portrait}>
            <Illustration kind="chef" seed="seed-17" />
          </div>
        </div>
      </section>

      <DemoRoles />

      <section aria-labelledby="businesses-title">
        <h2 id="businesses-title" className={classes.heading}>
          {t("landing.businesses")}
        </h2>
        <p className={classes.headingText}>{t("landing.businessesText")}</p>
        <div className={classes.cards}>
          {all.map((business) => (
            <BusinessCard key={business.name} business={business} />
          ))}
        </div>
      </section>

      <section aria-labelledby="promises-title" className={classes.promises}>
        <h2 id="promises-title" className={classes.heading}>
          {t("landing.promises")}
        </h2>
        <ul className={classes.promiseList}>
          {PROMISES.map(({ key, icon }) => (
            <li key={key}>
              <Icon name={icon} size={26} />
              <h3>{t(`landing.promise.${key}.title`)}</h3>
              <p>{t(`landing.promise.${key}.text`)}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
