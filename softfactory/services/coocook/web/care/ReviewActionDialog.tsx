import { Button, Group, Modal, Radio, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useFocusBack } from "#web/ui/useFocusBack";
import "@mantine/core/styles/Radio.layer.css";
import { fieldErrors } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { toastDone } from "#web/ui/toasts";
import { refreshBookings } from "../parts/queries";
import { actOnReview, type ReviewActionWish } from "./actions";
import classes from "./Care.module.css";
import { useCareWords } from "./words";

const CODES = ["offensive", "personal_data", "spam", "off_topic", "fake", "other"] as const;
type Code = (typeof CODES)[number];

interface ReviewActionDialogProps {
  action: "reply" | "report" | "appeal";
  reviewId: string;
  /** What stands there already, to be bettered. */
  text?: string;
  onClose: () => void;
}

/** What a person can say to a review: answer it, report it, or appeal against its hiding. */
export function ReviewActionDialog({
  action,
  reviewId,
  text: before = "",
  onClose,
}: ReviewActionDialogProps) {
  useFocusBack();
  const { t } = useCareWords();
  const client = useQueryClient();
  const [text, setText] = useState(before);
  const [code, setCode] = useState<Code | "">("");
  const [tried, setTried] = useState(false);
  const acting = useMutation({
    mutationFn: () => {
      const wish: ReviewActionWish = { action, text: text.trim() };
      if (action === "report" && code) wish.code = code;
      return actOnReview(reviewId, wish);
    },
    meta: { quiet: true },
    onSuccess: async () => {
      await Promise.all([
        refreshBookings(client),
        client.invalidateQueries({ queryKey: ["coocook", "reviews"] }),
      ]);
      onClose();
      toastDone(t(`review.${action}Sent`));
    },
  });
  const codeMissing = action === "report" && !code;
  const textMissing = !text.trim() && (action !== "report" || code === "other");
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!codeMissing && !textMissing) acting.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`review.${action}Title`)}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <p className={classes.small}>{t(`review.${action}Text`)}</p>
          <FormErrors
            error={acting.error}
            labels={{ text: t(`review.${action}Label`), code: t("review.reportCode") }}
          />
          {action === "report" ? (
            <Radio.Group
              label={t("review.reportCode")}
              value={code}
              onChange={(next) => setCode(next as Code)}
              error={tried && codeMissing ? t("review.reportFirst") : undefined}
            >
              <Stack gap={0} mt={4}>
                {CODES.map((each) => (
                  <Radio
                    key={each}
                    value={each}
                    label={t(`review.code.${each}`)}
                    styles={{
                      body: { minHeight: 44, alignItems: "center" },
                      labelWrapper: { flex: 1 },
                      label: { paddingBlock: 10 },
                    }}
                  />
                ))}
              </Stack>
            </Radio.Group>
          ) : null}
          <Textarea
            id="text"
            data-autofocus={action !== "report" || undefined}
            required={action !== "report" || code === "other"}
            label={t(`review.${action}Label`)}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={tried && textMissing ? t("review.textFirst") : fieldErrors(acting.error).text}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={acting.isPending}>
              {t("shell:cancel")}
            </Button>
            <Button type="submit" loading={acting.isPending}>
              {t(`review.${action}Send`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
