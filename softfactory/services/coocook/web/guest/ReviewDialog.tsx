import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ReviewWishShape } from "#web/api/generated/shapes.gen";
import { FormErrors } from "#web/ui/FormErrors";
import { formatTime } from "#web/ui/format";
import { StarsInput } from "#web/ui/RatingStars";
import { toastDone } from "#web/ui/toasts";
import { useWishForm } from "#web/ui/useWishForm";
import { happened, review } from "../parts/actions";
import { Notice } from "../parts/Notice";
import { refreshBookings } from "../parts/queries";
import type { Booking } from "../parts/types";
import { useBookingWords } from "../parts/words";

interface ReviewDialogProps {
  booking: Booking;
  opened: boolean;
  onClose: () => void;
}

/** A review of the other side: stars and words, and why they are not shown at once. */
export function ReviewDialog({ booking, opened, onClose }: ReviewDialogProps) {
  const { t } = useBookingWords();
  const client = useQueryClient();
  const { form, field, submit, problem, refuse, done } = useWishForm({
    shape: ReviewWishShape,
    initial: { rating: 0, text: "" },
    slot: `coocook.review.${booking.id}`,
    say: { rating: t("review.starsFirst"), text: t("review.textFirst") },
  });
  const tellDone = async () => {
    done();
    await refreshBookings(client);
    onClose();
    toastDone(t("review.sent"));
  };
  const sending = useMutation({
    mutationFn: ({ rating, text }: typeof form.values) => review(booking.id, { rating, text: text.trim() }),
    meta: { quiet: true },
    onSuccess: () => tellDone(),
    onError: async (error) => {
      const mine = (now: Booking) => now.reviews.some((each) => each.by === now.role);
      if (await happened(error, booking.id, mine)) await tellDone();
      else refuse(error);
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("review.title")}
      closeButtonProps={{ "aria-label": t("close", { ns: "shell" }), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form onSubmit={submit((values) => sending.mutate(values))} noValidate>
        <Stack gap="md">
          <Text c="dimmed">
            {booking.role === "guest" ? booking.chef.name : booking.guest.name} · {booking.menu.name}
          </Text>
          <FormErrors
            error={problem ?? sending.error}
            labels={{ rating: t("review.stars"), text: t("review.text") }}
          />
          <StarsInput
            label={t("review.stars")}
            value={form.values.rating}
            onChange={(rating) => form.setFieldValue("rating", rating)}
            error={form.errors.rating as string | undefined}
          />
          <Textarea
            label={t("review.text")}
            placeholder={t("review.textHint")}
            autosize
            minRows={4}
            maxRows={12}
            {...field("text")}
          />
          <Notice tone="calm" icon="lock">
            {t("review.blind")}
            {booking.review_until
              ? ` ${t("review.until", { time: formatTime(booking.review_until, { zone: booking.zone }) })}`
              : ""}
          </Notice>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={sending.isPending}>
              {t("cancel", { ns: "shell" })}
            </Button>
            <Button type="submit" loading={sending.isPending}>
              {t("review.send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
