import { Button, Group, Tabs } from "@mantine/core";
import { useState } from "react";
import { api } from "#web/api/http";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { DOT, formatNumber, formatTime } from "#web/ui/format";
import { TextLink } from "#web/ui/Link";
import { MoreButton } from "#web/ui/MoreButton";
import { Page, PageHeader } from "#web/ui/Page";
import { Stars } from "#web/ui/RatingStars";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { useFilters } from "#web/ui/useFilters";
import { usePages } from "#web/ui/usePages";
import { ZonedTime } from "#web/ui/ZonedTime";
import type { ReviewQueue as Queue, QueuedReview } from "../care/actions";
import { Reply } from "../care/ReviewCare";
import { useCareWords } from "../care/words";
import classes from "./Admin.module.css";
import { type Decision, ReviewDecision } from "./ReviewDecision";

const STATES = ["reported", "appealed", "hidden"] as const;

function Trace({ review }: { review: QueuedReview }) {
  const { t } = useCareWords();
  return (
    <div>
      <h3>{t("admin.reviews.trace")}</h3>
      <ul className={classes.trace}>
        {review.acts.map((act, index) => (
          <li key={`${act.at}-${index}`}>
            <b>{t(`admin.reviews.act.${act.kind}`)}</b>{" "}
            {[
              t(`admin.reviews.by.${act.by}`),
              act.code ? t(`review.code.${act.code}`) : null,
              act.reason ? `“${act.reason}”` : null,
            ]
              .filter(Boolean)
              .join(DOT)}
            <div className={classes.small}>
              <ZonedTime at={act.at} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Card({ review, onDecide }: { review: QueuedReview; onDecide: (decision: Decision) => void }) {
  const { t } = useCareWords();
  const who = { guest: review.guest_name, chef: review.chef_name };
  const hidden = !!review.hidden;
  return (
    <article className={classes.card} aria-labelledby={`review-${review.id}`}>
      <div className={classes.row}>
        <div className={classes.words}>
          <h2 id={`review-${review.id}`}>{t(`admin.reviews.of_${review.by}`, who)}</h2>
          <div>
            <Stars value={review.rating} size={16} />
          </div>
          {review.waiting_since ? (
            <p className={classes.small}>
              {t("admin.reviews.since", { time: formatTime(review.waiting_since) })}
            </p>
          ) : null}
        </div>
        <TextLink to={`/bookings/${review.booking_id}`}>{t("admin.disputes.facts")}</TextLink>
      </div>
      <p className={classes.text}>{review.text}</p>
      <Reply reply={review.reply} by={review.by === "guest" ? "chef" : "guest"} />
      <Trace review={review} />
      <Group gap="xs">
        {hidden ? (
          <>
            <Button onClick={() => onDecide("restore")}>{t("admin.reviews.restore")}</Button>
            {review.hidden?.appealed_at && review.waiting_since ? (
              <Button variant="default" onClick={() => onDecide("keepHidden")}>
                {t("admin.reviews.keepHidden")}
              </Button>
            ) : null}
          </>
        ) : (
          <>
            <Button color="red" onClick={() => onDecide("hide")}>
              {t("admin.reviews.hide")}
            </Button>
            <Button variant="default" onClick={() => onDecide("keep")}>
              {t("admin.reviews.keep")}
            </Button>
          </>
        )}
      </Group>
    </article>
  );
}

/** For admins: reviews that were reported, appeals, and what is hidden, each with everything that was done about it. */
export function ReviewQueue() {
  const { t, i18n } = useCareWords();
  const { values, set } = useFilters(["state"] as const);
  const state = STATES.find((each) => each === values.state) ?? "reported";
  const [deciding, setDeciding] = useState<{ review: QueuedReview; decision: Decision } | null>(null);
  const pages = usePages<QueuedReview>(["coocook", "review-queue", state, i18n.language], (cursor, signal) =>
    api.get<Queue>("/api/coocook/reviews", { query: { state, cursor, limit: 20 }, signal }),
  );
  const first = pages.data?.pages[0] as Queue | undefined;
  const counts = { reported: first?.reported, appealed: first?.appealed, hidden: undefined };
  const body = () => {
    if (pages.isPending) return <RowsSkeleton height={180} />;
    if (pages.isError && !pages.data) return <ErrorState error={pages.error} onRetry={pages.refetch} />;
    if (pages.items.length === 0)
      return <EmptyState title={t(`admin.reviews.none.${state}`)} text={t("admin.reviews.noneText")} />;
    return (
      <ul className={classes.list}>
        {pages.items.map((review) => (
          <li key={review.id}>
            <Card review={review} onDecide={(decision) => setDeciding({ review, decision })} />
          </li>
        ))}
      </ul>
    );
  };
  return (
    <Page>
      <PageHeader title={t("admin.reviews.title")} text={t("admin.reviews.text")} />
      <Tabs
        value={state}
        onChange={(next) => set({ state: next === "reported" ? undefined : next })}
        keepMounted={false}
      >
        <Tabs.List aria-label={t("admin.reviews.tabs")} mb="lg">
          {STATES.map((each) => (
            <Tabs.Tab key={each} value={each} mih={48}>
              {t(`admin.reviews.tab.${each}`)}
              {counts[each] ? ` ${formatNumber(counts[each])}` : ""}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={state}>
          {body()}
          <MoreButton {...pages} />
        </Tabs.Panel>
      </Tabs>
      {deciding ? <ReviewDecision {...deciding} onClose={() => setDeciding(null)} /> : null}
    </Page>
  );
}
