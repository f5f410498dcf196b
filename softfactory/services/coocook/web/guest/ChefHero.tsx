import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { hole } from "#web/app/firstView";
import { Icon } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import { Rating } from "#web/ui/RatingStars";
import { Portrait } from "../parts/ChefPicture";
import { CuisineIcon } from "../parts/CuisineIcon";
import { townOf } from "../parts/place";
import type { Chef } from "../parts/types";
import classes from "./ChefHero.module.css";
import { Photos } from "./Photos";

/** Where the hero will stand; in a page's first view with the name and the promise, which the server fills in. */
export function ChefHeroSkeleton() {
  return (
    <div className={classes.hero}>
      <BackToChefs />
      <Skeleton className={classes.photosSkeleton} />
      <div className={classes.who}>
        <span className={classes.portrait}>
          <Skeleton circle height={112} />
        </span>
        <div className={classes.words}>
          {hole ? (
            <>
              <h1 className={classes.name}>{hole("name")}</h1>
              <p className={classes.headline}>{hole("headline")}</p>
            </>
          ) : (
            <>
              <Skeleton height={36} width={160} />
              <Skeleton height={22} width={240} my="sm" />
            </>
          )}
          <Skeleton height={22} width={280} maw="100%" />
        </div>
      </div>
    </div>
  );
}

function BackToChefs() {
  const { t } = useTranslation("coocook");
  return (
    <TextLink to="/chefs" c="dimmed" size="sm" className={classes.back}>
      <Icon name="chevronLeft" size={18} />
      {t("chef.back")}
    </TextLink>
  );
}

/** Who this is: pictures, name, promise, facts. */
export function ChefHero({ chef }: { chef: Chef }) {
  const { t } = useTranslation("coocook");
  const place = [t(`region.${chef.region}`), townOf(chef.city)].filter(Boolean).join(" ");
  return (
    <header className={classes.hero}>
      <BackToChefs />
      <Photos chef={chef} />
      <div className={classes.who}>
        <span className={classes.portrait}>
          <Portrait picture={chef.picture} size={112} />
        </span>
        <div className={classes.words}>
          <h1 className={classes.name}>{chef.name}</h1>
          <p className={classes.headline}>{chef.headline}</p>
          <ul className={classes.facts}>
            <li>
              {chef.review_count > 0 ? (
                <a href="#reviews" className={classes.toReviews}>
                  <Rating value={chef.rating} count={chef.review_count} size={18} />
                </a>
              ) : (
                <Rating value={null} />
              )}
            </li>
            <li>
              <Icon name="pin" size={18} /> {place}
            </li>
            {chef.cuisines.map((code) => (
              <li key={code}>
                <CuisineIcon code={code} size={18} /> {t(`cuisine.${code}`)}
              </li>
            ))}
            <li>
              <Icon name="globe" size={18} /> {chef.languages.map((code) => t(`spoken.${code}`)).join(", ")}
            </li>
            {chef.instant ? (
              <li className={classes.instant}>
                <Icon name="sparkle" size={18} /> {t("chef.instantLong")}
              </li>
            ) : null}
          </ul>
        </div>
      </div>
    </header>
  );
}
