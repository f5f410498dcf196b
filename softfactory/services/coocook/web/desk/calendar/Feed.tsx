import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "#web/api/problem";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { toastDone, toastInfo, toastProblem } from "#web/ui/toasts";
import { useCareWords } from "../../care/words";
import { Notice } from "../../parts/Notice";
import { changeProfile } from "../actions";
import { keepOwn, refreshOwn } from "../queries";
import type { OwnChef } from "../types";
import classes from "./Feed.module.css";

const CALENDARS = ["google", "apple", "naver"] as const;

/** The address of the chef's calendar: made, shown once, copied, renewed, ended; and where it goes. */
export function Feed({ own }: { own: OwnChef }) {
  const { t } = useCareWords();
  const client = useQueryClient();
  const [asking, setAsking] = useState<"renew" | "revoke" | null>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const changing = useMutation({
    mutationFn: (wish: "renew" | "revoke") => changeProfile(own, { calendar_feed: wish }),
    meta: { quiet: true },
    onSuccess: (next, wish) => {
      keepOwn(client, next);
      setAddress(next.calendar_feed.address);
      setCopied(false);
      toastDone(t(wish === "renew" ? "feed.renewed" : "feed.revoked"));
    },
    onError: async (error) => {
      toastProblem(error);
      if (error instanceof ApiError && error.status === 412) await refreshOwn(client);
    },
    onSettled: () => setAsking(null),
  });
  const copy = async () => {
    if (!address) return;
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      toastInfo(t("feed.copyFailed"));
    }
  };
  const made = own.calendar_feed.made_at;
  return (
    <section className={classes.box} aria-labelledby="feed">
      <h2 id="feed">{t("feed.title")}</h2>
      <p className={classes.text}>{t("feed.text")}</p>
      {address ? (
        <div className={classes.address}>
          <TextInput
            readOnly
            label={t("feed.address")}
            description={t("feed.once")}
            value={address}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Group gap="xs">
            <Button leftSection={<Icon name={copied ? "check" : "copy"} size={18} />} onClick={copy}>
              {t(copied ? "feed.copied" : "feed.copy")}
            </Button>
            <Button component="a" variant="default" href={address.replace(/^https?:/, "webcal:")}>
              {t("feed.open")}
            </Button>
          </Group>
          <Notice tone="warning" icon="lock">
            {t("feed.secret")}
          </Notice>
        </div>
      ) : null}
      {made && !address ? (
        <p className={classes.text}>
          {t("feed.made", { time: formatTime(made, { zone: own.availability.zone }) })}
        </p>
      ) : null}
      <Group gap="xs">
        {made ? (
          <>
            <Button variant="default" onClick={() => setAsking("renew")}>
              {t("feed.renew")}
            </Button>
            <Button variant="subtle" color="red" onClick={() => setAsking("revoke")}>
              {t("feed.revoke")}
            </Button>
          </>
        ) : (
          <Button loading={changing.isPending} onClick={() => changing.mutate("renew")}>
            {t("feed.make")}
          </Button>
        )}
      </Group>
      <details className={classes.how}>
        <summary>{t("feed.how")}</summary>
        <ul>
          {CALENDARS.map((name) => (
            <li key={name}>{t(`feed.howTo.${name}`)}</li>
          ))}
        </ul>
        <p className={classes.text}>{t("feed.slow")}</p>
      </details>
      <ConfirmDialog
        opened={asking !== null}
        onClose={() => setAsking(null)}
        onConfirm={() => {
          if (asking) changing.mutate(asking);
        }}
        title={t(asking === "revoke" ? "feed.revokeTitle" : "feed.renewTitle")}
        confirm={t(asking === "revoke" ? "feed.revoke" : "feed.renew")}
        dangerous={asking === "revoke"}
        pending={changing.isPending}
      >
        {t(asking === "revoke" ? "feed.revokeText" : "feed.renewText")}
      </ConfirmDialog>
    </section>
  );
}
