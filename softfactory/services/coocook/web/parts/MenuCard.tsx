import { useTranslation } from "react-i18next";
import { formatMoney } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { Money } from "#web/ui/Money";
import { Allergens } from "./Allergens";
import { Cover } from "./ChefPicture";
import { COURSES } from "./codes";
import classes from "./MenuCard.module.css";
import type { Menu } from "./types";

export function Duration({ minutes }: { minutes: number }) {
  const { t } = useTranslation("coocook");
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t("menu.minutes", { count: rest });
  return rest === 0 ? t("menu.hours", { count: hours }) : t("menu.hoursMinutes", { hours, minutes: rest });
}

/** What is eaten, course by course, with the allergens of each dish. */
export function Dishes({ menu }: { menu: Menu }) {
  const { t } = useTranslation("coocook");
  return (
    <div className={classes.courses}>
      {COURSES.map((course) => ({ course, dishes: menu.dishes.filter((dish) => dish.course === course) }))
        .filter(({ dishes }) => dishes.length > 0)
        .map(({ course, dishes }) => (
          <section key={course} className={classes.course}>
            <h3 className={classes.courseName}>{t(`course.${course}`)}</h3>
            <ul className={classes.dishes}>
              {dishes.map((dish) => (
                <li key={dish.name}>
                  <span className={classes.dish}>{dish.name}</span>
                  <Allergens codes={dish.allergens} label={t("menu.allergensOf", { dish: dish.name })} />
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

interface MenuCardProps {
  menu: Menu;
  hints?: readonly string[];
  name: string;
  chosen: boolean;
  onChoose: () => void;
  /** Without its dishes, where they have been read before. */
  compact?: boolean;
}

/** A menu to choose: a radio button with everything about it; the chosen one shows its dishes. */
export function MenuCard({ menu, hints, name, chosen, onChoose, compact = false }: MenuCardProps) {
  const { t } = useTranslation("coocook");
  return (
    <article className={classes.card} data-chosen={chosen || undefined}>
      <label className={classes.head}>
        <input type="radio" name={name} checked={chosen} onChange={onChoose} className={classes.radio} />
        <span className={classes.picture}>
          <Cover picture={menu.picture} hints={hints} />
        </span>
        <span className={classes.words}>
          <span className={classes.name}>{menu.name}</span>
          <span className={classes.facts}>
            <span>
              <Icon name="users" size={16} />{" "}
              {menu.min_party === menu.max_party
                ? t("guests", { count: menu.max_party })
                : t("menu.party", { min: menu.min_party, max: menu.max_party })}
            </span>
            <span>
              <Icon name="clock" size={16} /> <Duration minutes={menu.duration_minutes} />
            </span>
          </span>
          <span className={classes.price}>
            <b>
              <Money value={menu.price_per_guest} />
            </b>{" "}
            {t("menu.perGuest")}
          </span>
        </span>
        <span className={classes.mark} aria-hidden="true">
          {chosen ? <Icon name="check" size={16} /> : null}
        </span>
      </label>
      {chosen && !compact ? (
        <div className={classes.body}>
          {menu.description ? <p className={classes.description}>{menu.description}</p> : null}
          <Dishes menu={menu} />
          {menu.extras.length > 0 ? (
            <section className={classes.course}>
              <h3 className={classes.courseName}>{t("menu.extras")}</h3>
              <ul className={classes.extras}>
                {menu.extras.map((extra) => (
                  <li key={extra.code}>
                    {extra.name}
                    <span className={classes.extraPrice}>
                      {t(`menu.extraPer.${extra.per}`, { price: formatMoney(extra.price) })}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </div>
      ) : null}
    </article>
  );
}
