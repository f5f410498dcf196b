import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import { PlainLink } from "#web/ui/Link";
import { Money } from "#web/ui/Money";
import { Rating } from "#web/ui/RatingStars";
import { Cover, Portrait } from "../parts/ChefPicture";
import type { ChefCard } from "../parts/types";
import classes from "./ChefTile.module.css";

interface ChefTileProps {
  chef: ChefCard;
  /** What was searched with goes along, so that the chef's page starts there. */
  search?: Record<string, string | undefined>;
  order?: 2 | 3;
}

/** A chef in a list: one link, whole. */
export const ChefTile = memo(function ChefTile({ chef, search, order = 2 }: ChefTileProps) {
  const { t } = useTranslation("coocook");
  const Heading = order === 2 ? "h2" : "h3";
  return (
    <PlainLink to={`/chefs/${chef.id}`} search={(search ?? {}) as never} className={classes.tile}>
      <span className={classes.picture}>
        <Cover picture={{ ...chef.picture, photo: chef.cover }} hints={chef.cuisines} />
        {chef.instant ? (
          <span className={classes.instant}>
            <Icon name="sparkle" size={15} />
            {t("chef.instant")}
          </span>
        ) : null}
        <span className={classes.face}>
          <Portrait picture={chef.picture} size={60} />
        </span>
      </span>
      <span className={classes.words}>
        <span className={classes.line}>
          <Heading className={classes.name}>{chef.name}</Heading>
          <Rating value={chef.rating} count={chef.rating === null ? undefined : chef.review_count} />
        </span>
        <span className={classes.headline}>{chef.headline}</span>
        <span className={classes.facts}>
          {[
            t(`region.${chef.region}`),
            ...chef.cuisines.slice(0, 2).map((code) => t(`cuisine.${code}`)),
          ].join("\u00a0· ")}
        </span>
        {chef.price_from ? (
          <span className={classes.price}>
            {t("chef.from.before")}
            <b>
              <Money value={chef.price_from} />
            </b>
            {t("chef.from.after")}
          </span>
        ) : null}
      </span>
    </PlainLink>
  );
});
