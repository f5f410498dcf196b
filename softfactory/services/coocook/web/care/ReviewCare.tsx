import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Notice } from "../parts/Notice";
import type { Booking, PublicReview, Review } from "../parts/types";
import classes from "./Care.module.css";
import { useCareWords } from "./words";

const ReviewActionDialog = lazy(() =>
  import("./ReviewActionDialog").then((part) => ({ default: part.ReviewActionDialog })),
);

type Action = "reply" | "report" | "appeal";

/** The reviewed side's answer, under the review. */
export function Reply({ reply, by }: { reply: PublicReview["reply"]; by: "guest" | "chef" }) {
  const { t } = useCareWords();
  if (!reply) return null;
  return (
    <div className={classes.reply}>
      <b>{t(`review.replyOf.${by}`)}</b>{" "}
      <span className={classes.small}>
        <ZonedTime at={reply.at} style="date" />
      </span>
      <p>{reply.text}</p>
    </div>
  );
}

interface ReviewActsProps {
  review: Pick<PublicReview, "id" | "author_name" | "reply">;
  /** What the reader may do. */
  can: readonly Action[];
}

/** What the reader can do about a review. */
export function ReviewActs({ review, can }: ReviewActsProps) {
  const { t } = useCareWords();
  const [open, setOpen] = useState<Action | null>(null);
  const closed = !!review.reply && Date.parse(review.reply.editable_until) <= Date.now();
  const shown = can.filter((action) => action !== "reply" || !closed);
  if (shown.length === 0) return null;
  return (
    <div className={classes.acts}>
      {shown.map((action) => (
        <Button
          key={action}
          variant="subtle"
          color="gray"
          c="dimmed"
          fw={500}
          aria-label={action === "report" ? t("review.reportOf", { name: review.author_name }) : undefined}
          onClick={() => setOpen(action)}
        >
          {t(action === "reply" && review.reply ? "review.replyEdit" : `review.${action}`)}
        </Button>
      ))}
      {open ? (
        <Suspense>
          <ReviewActionDialog
            action={open}
            reviewId={review.id}
            text={open === "reply" ? (review.reply?.text ?? "") : ""}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

/** Under a review on the booking's own page: the reply, that it is hidden and why, and what can be done. */
export function ReviewCare({ review, role }: { review: Review; role: Booking["role"] }) {
  const { t } = useCareWords();
  const mine = review.by === role;
  const other = review.by === "guest" ? "chef" : "guest";
  const can: Action[] = [];
  if (!mine && role !== "admin" && review.published_at && !review.hidden) can.push("reply", "report");
  return (
    <>
      {review.reply ? <Reply reply={review.reply} by={other} /> : null}
      {review.hidden ? (
        <div className={classes.hidden}>
          <Notice tone="warning" icon="lock" title={t("review.hidden")}>
            <span>{t("review.hiddenText")}</span>
            <span>{t("review.hiddenWhy", { reason: review.hidden.reason })}</span>
            {review.hidden.appealed_at ? <span>{t("review.appealed")}</span> : null}
            {mine && !review.hidden.appealed_at ? <ReviewActs review={review} can={["appeal"]} /> : null}
          </Notice>
        </div>
      ) : null}
      <ReviewActs review={review} can={can} />
    </>
  );
}
