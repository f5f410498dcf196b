import { useTranslation } from "react-i18next";
import { useSession } from "#web/app/session";
import { ErrorState } from "#web/ui/ErrorState";
import { formatNumber } from "#web/ui/format";
import { MoreButton } from "#web/ui/MoreButton";
import { Stars } from "#web/ui/RatingStars";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Reply, ReviewActs } from "../care/ReviewCare";
import { useReviews } from "../parts/queries";
import type { RatingSummary } from "../parts/types";
import classes from "./Reviews.module.css";

/** How many gave how many stars: the figures stand beside the bars. */
function Histogram({ summary }: { summary: RatingSummary }) {
  const { t } = useTranslation("coocook");
  const most = Math.max(...summary.histogram, 1);
  return (
    <ul className={classes.histogram} aria-label={t("reviews.histogram")}>
      {[5, 4, 3, 2, 1].map((stars) => {
        const count = summary.histogram[stars - 1] ?? 0;
        return (
          <li key={stars}>
            <span className={classes.stars}>{t("reviews.stars", { count: stars })}</span>
            <span className={classes.track} aria-hidden="true">
              <span style={{ width: `${(count / most) * 100}%` }} />
            </span>
            <span className={classes.count}>
              {t("reviews.people", { count, shown: formatNumber(count) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What guests say: the sum, its spread, and their words. */
export function Reviews({ chefId, mine }: { chefId: string; mine: boolean }) {
  const { t } = useTranslation("coocook");
  const pages = useReviews(chefId);
  const signedIn = useSession().status === "signed-in";
  const can = signedIn ? ([...(mine ? ["reply"] : []), "report"] as ("reply" | "report")[]) : [];
  const { summary } = pages;
  return (
    <section aria-labelledby="reviews" className={classes.reviews}>
      <h2 id="reviews">{t("reviews.title")}</h2>
      {pages.isPending ? <RowsSkeleton count={3} height={96} /> : null}
      {pages.isError && !pages.data ? (
        <ErrorState error={pages.error} onRetry={pages.refetch} order={3} />
      ) : null}
      {summary && summary.count === 0 ? <p className={classes.none}>{t("reviews.none")}</p> : null}
      {summary && summary.count > 0 && summary.average !== null ? (
        <div className={classes.sum}>
          <div className={classes.average}>
            <span className={classes.figure}>{summary.average.toFixed(1)}</span>
            <Stars value={summary.average} />
            <span className={classes.total}>
              {t("reviews.count", { count: summary.count, shown: formatNumber(summary.count) })}
            </span>
          </div>
          <Histogram summary={summary} />
        </div>
      ) : null}
      <ul className={classes.list}>
        {pages.items.map((review) => (
          <li key={review.id}>
            <article>
              <div className={classes.head}>
                <b>{review.author_name}</b>
                <Stars value={review.rating} size={15} />
              </div>
              <div className={classes.meta}>
                <ZonedTime at={review.published_at} style="date" /> · {review.menu_name}
              </div>
              <p className={classes.text}>{review.text}</p>
              <Reply reply={review.reply} by="chef" />
              <ReviewActs review={review} can={can} />
            </article>
          </li>
        ))}
      </ul>
      <MoreButton {...pages} />
    </section>
  );
}
