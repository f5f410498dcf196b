import { useQueryClient } from "@tanstack/react-query";
import { ReasonDialog } from "#web/admin/ReasonDialog";
import { actOnReview, type QueuedReview } from "../care/actions";
import { useCareWords } from "../care/words";

export type Decision = "hide" | "restore" | "keep" | "keepHidden";

const ACTIONS: Record<Decision, "hide" | "restore"> = {
  hide: "hide",
  keepHidden: "hide",
  restore: "restore",
  keep: "restore",
};

interface ReviewDecisionProps {
  review: QueuedReview;
  decision: Decision;
  onClose: () => void;
}

/** A decision on a review, with the reason that its author reads. */
export function ReviewDecision({ review, decision, onClose }: ReviewDecisionProps) {
  const { t } = useCareWords();
  const client = useQueryClient();
  const title = decision === "keepHidden" ? "admin.reviews.keepHidden" : `admin.reviews.${decision}Title`;
  return (
    <ReasonDialog
      title={t(title)}
      confirm={t(`admin.reviews.${decision}`)}
      dangerous={decision === "hide"}
      done={t("admin.reviews.done")}
      onClose={onClose}
      act={async (reason) => {
        try {
          await actOnReview(review.id, { action: ACTIONS[decision], text: reason });
        } finally {
          // Another admin may have been faster: what is listed is asked anew either way.
          await Promise.all([
            client.invalidateQueries({ queryKey: ["coocook", "review-queue"] }),
            client.invalidateQueries({ queryKey: ["coocook", "reviews"] }),
            client.invalidateQueries({ queryKey: ["admin", "waiting"] }),
          ]);
        }
      }}
    >
      {t(`admin.reviews.${decision}Text`)}
    </ReasonDialog>
  );
}
