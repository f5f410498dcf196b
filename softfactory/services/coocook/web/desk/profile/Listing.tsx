import { Alert, Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "#web/api/problem";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { Icon } from "#web/ui/icons";
import { ButtonLink } from "#web/ui/Link";
import { toastDone, toastProblem } from "#web/ui/toasts";
import { changeProfile } from "../actions";
import { keepOwn, refreshOwn } from "../queries";
import type { OwnChef } from "../types";
import classes from "./Profile.module.css";

/** Taking a rest, and coming back. With bookings ahead the server says no, and says which. */
export function Listing({ own }: { own: OwnChef }) {
  const { t } = useTranslation("coocook/desk");
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const resting = own.status === "inactive";
  const changing = useMutation({
    mutationFn: (status: "active" | "inactive") => changeProfile(own, { status }),
    meta: { quiet: true },
    onMutate: () => setRefusal(null),
    onSuccess: (next) => {
      keepOwn(client, next);
      toastDone(t(next.status === "active" ? "profile.returned" : "profile.rested"));
    },
    onError: async (error) => {
      const status = error instanceof ApiError ? error.status : 0;
      if (status === 409) setRefusal(error.message);
      else toastProblem(error);
      if (status === 412) await refreshOwn(client);
    },
    onSettled: () => setAsking(false),
  });
  if (own.status !== "active" && !resting) return null;
  return (
    <section className={classes.box} aria-labelledby="listing">
      <h2 id="listing">{t("profile.listing")}</h2>
      {refusal ? (
        <Alert
          role="alert"
          styles={{ title: { color: "var(--mantine-color-text)" } }}
          color="orange"
          variant="light"
          icon={<Icon name="calendar" />}
          title={refusal}
        >
          <ButtonLink to="/chef/desk" variant="default" mt="xs">
            {t("profile.toRequests")}
          </ButtonLink>
        </Alert>
      ) : null}
      <div className={classes.listing}>
        <p>{t(resting ? "profile.resting" : "profile.listed")}</p>
        {resting ? (
          <Button loading={changing.isPending} onClick={() => changing.mutate("active")}>
            {t("profile.return")}
          </Button>
        ) : (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("profile.rest")}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => changing.mutate("inactive")}
        title={t("profile.restTitle")}
        confirm={t("profile.rest")}
        pending={changing.isPending}
      >
        {t("profile.restText")}
      </ConfirmDialog>
    </section>
  );
}
