import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatMoney } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { useFocusBack } from "#web/ui/useFocusBack";
import { ZonedTime } from "#web/ui/ZonedTime";
import type { BookingCard } from "../../parts/types";
import classes from "./Requests.module.css";

const REASONS = ["busy", "menu", "place"] as const;

interface DeclineDialogProps {
  booking: BookingCard;
  onClose: () => void;
  onDecline: (reason: string) => void;
}

/** Before a request is declined: what comes of it, and a word for the guest. */
export function DeclineDialog({ booking, onClose, onDecline }: DeclineDialogProps) {
  const { t } = useTranslation("coocook/desk");
  const [reason, setReason] = useState("");
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("decline.title", { name: booking.guest.name })}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <Stack gap="md">
        <p className={classes.when}>
          <ZonedTime at={booking.starts_at} zone={booking.zone} /> · {booking.menu.name}
        </p>
        <ul className={classes.consequences}>
          <li>
            <Icon name="refresh" size={18} />
            {t("decline.refund", { amount: formatMoney(booking.price) })}
          </li>
          <li>
            <Icon name="calendar" size={18} />
            {t("decline.free")}
          </li>
          <li>
            <Icon name="mail" size={18} />
            {t("decline.told")}
          </li>
        </ul>
        <Textarea
          label={t("decline.reason")}
          description={t("decline.reasonText")}
          autosize
          minRows={3}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group gap={8} role="group" aria-label={t("decline.ready")}>
          {REASONS.map((each) => (
            <Button
              key={each}
              variant="default"
              radius="xl"
              className={classes.ready}
              onClick={() => setReason(t(`decline.because.${each}`))}
            >
              {t(`decline.short.${each}`)}
            </Button>
          ))}
        </Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("decline.keep")}
          </Button>
          <Button color="red" onClick={() => onDecline(reason.trim())}>
            {t("decline.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
