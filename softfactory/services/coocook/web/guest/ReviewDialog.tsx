import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldErrors } from "#web/api/problem";
import { recall, remember } from "#web/app/memory";
import { FormErrors } from "#web/ui/FormErrors";
import { formatTime } from "#web/ui/format";
import { StarsInput } from "#web/ui/RatingStars";
import { toastDone } from "#web/ui/toasts";
import { happened, review } from "../parts/actions";
import { Notice } from "../parts/Notice";
import { refreshBookings } from "../parts/queries";
import type { Booking } from "../parts/types";
import { useBookingWords } from "../parts/words";

const LENGTH = 2000;

interface ReviewDialogProps {
  booking: Booking;
  opened: boolean;
  onClose: () => void;
}

/** A review of the other side: stars and words, and why they are not shown at once. */
export function ReviewDialog({ booking, opened, onClose }: ReviewDialogProps) {
  const { t } = useBookingWords();
  const client = useQueryClient();
  const slot = `sf.coocook.review.${booking.id}`;
  const [rating, setRating] = useState(0);
  const [text, setText] = useState(() => recall(slot, "tab") ?? "");
  const [tried, setTried] = useState(false);
  const tellDone = async () => {
    remember(slot, null, "tab");
    await refreshBookings(client);
    onClose();
    toastDone(t("review.sent"));
  };
  const sending = useMutation({
    mutationFn: () => review(booking.id, { rating, text: text.trim() }),
    meta: { quiet: true },
    onSuccess: () => tellDone(),
    onError: async (error) => {
      const mine = (now: Booking) => now.reviews.some((each) => each.by === now.role);
      if (await happened(error, booking.id, mine)) await tellDone();
    },
  });
  const errors = fieldErrors(sending.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (rating > 0 && text.trim()) sending.mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("review.title")}
      closeButtonProps={{ "aria-label": t("close", { ns: "shell" }), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <Text c="dimmed">
            {booking.role === "guest" ? booking.chef.name : booking.guest.name} · {booking.menu.name}
          </Text>
          <FormErrors error={sending.error} labels={{ rating: t("review.stars"), text: t("review.text") }} />
          <StarsInput
            label={t("review.stars")}
            value={rating}
            onChange={setRating}
            error={tried && rating === 0 ? t("review.starsFirst") : errors.rating}
          />
          <Textarea
            id="text"
            label={t("review.text")}
            placeholder={t("review.textHint")}
            autosize
            minRows={4}
            maxRows={12}
            maxLength={LENGTH}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              remember(slot, event.currentTarget.value, "tab");
            }}
            error={tried && !text.trim() ? t("review.textFirst") : errors.text}
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
