import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatRelative } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { Money } from "#web/ui/Money";
import type { BookingCard } from "../../parts/types";
import { DateTile } from "../DateTile";
import { When } from "../When";
import classes from "./Requests.module.css";

interface BookingLineProps {
  booking: BookingCard;
  onOpen: () => void;
  /** What can be done now; without it the line itself leads on. */
  children?: ReactNode;
}

/** A booking as a row: when, who, what. */
export function BookingLine({ booking, onOpen, children }: BookingLineProps) {
  const { t } = useTranslation("coocook/desk");
  return (
    <article className={classes.line}>
      <DateTile at={booking.local_start} />
      <div className={classes.words}>
        <h3 className={classes.title}>
          <button type="button" className={classes.open} onClick={onOpen}>
            {t("request.title", { name: booking.guest.name, menu: booking.menu.name })}
          </button>
        </h3>
        <p className={classes.facts}>
          <When booking={booking} style="time" /> · {t("coocook:guests", { count: booking.party })} ·{" "}
          <Money value={booking.price} />
        </p>
        {booking.status === "confirmed" && !children ? (
          <p className={classes.small}>{formatRelative(booking.starts_at)}</p>
        ) : null}
      </div>
      {children ? (
        <Group gap="xs" className={classes.lineActions}>
          {children}
        </Group>
      ) : (
        <Icon name="chevronRight" className={classes.go} />
      )}
    </article>
  );
}

interface ClosingProps {
  booking: BookingCard;
  moving: string | undefined;
  onComplete: () => void;
  onNoShow: () => void;
}

/** How an evening ended: it was cooked, or nobody opened the door. */
export function Closing({ booking, moving, onComplete, onNoShow }: ClosingProps) {
  const { t } = useTranslation("coocook/desk");
  return (
    <>
      {booking.actions.includes("complete") ? (
        <Button loading={moving === "complete"} disabled={!!moving} onClick={onComplete}>
          {t("action.complete")}
        </Button>
      ) : null}
      {booking.actions.includes("no_show") ? (
        <Button variant="default" loading={moving === "no_show"} disabled={!!moving} onClick={onNoShow}>
          {t("action.no_show")}
        </Button>
      ) : null}
    </>
  );
}
