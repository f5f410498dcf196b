import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObligationsView } from "#web/api/generated";
import { api } from "#web/api/http";
import { ApiError } from "#web/api/problem";
import { forget } from "#web/app/session";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { Icon } from "#web/ui/icons";
import { ButtonLink } from "#web/ui/Link";
import { Panel } from "#web/ui/Panel";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastInfo } from "#web/ui/toasts";
import { useFocusBack } from "#web/ui/useFocusBack";
import classes from "./Rights.module.css";

/** Deleting the account: what has to be settled first, each with its page, or the word to type. */
export function Leaving() {
  const { t, i18n } = useTranslation("platform/rights");
  const [asking, setAsking] = useState(false);
  const bound = useQuery({
    queryKey: ["platform", "obligations", i18n.language],
    queryFn: ({ signal }) => api.get<ObligationsView>("/api/users/me/obligations", { signal }),
  });
  const items = bound.data?.items ?? [];
  return (
    <Panel title={t("leaving.title")} text={t("leaving.text")}>
      {bound.isPending ? <RowsSkeleton count={1} height={64} /> : null}
      {bound.error ? <ErrorState error={bound.error} onRetry={() => bound.refetch()} order={3} /> : null}
      {items.length > 0 ? (
        <Stack gap="sm">
          <Text fw={600}>{t("leaving.bound", { count: items.length })}</Text>
          <ul className={classes.obligations}>
            {items.map((item) => (
              <li key={`${item.code} ${item.path}`} className={classes.obligation}>
                <Icon name="alert" size={22} />
                <div>
                  <Text>{item.title}</Text>
                </div>
                <Leading path={item.path} label={t("leaving.go")} />
              </li>
            ))}
          </ul>
        </Stack>
      ) : null}
      {bound.data && items.length === 0 ? (
        <Button variant="outline" color="red" onClick={() => setAsking(true)}>
          {t("leaving.leave")}
        </Button>
      ) : null}
      {asking ? <Word onClose={() => setAsking(false)} onBound={() => bound.refetch()} /> : null}
    </Panel>
  );
}

/** An obligation's address comes whole, as `/account?tab=teams`. */
function Leading({ path, label }: { path: string; label: string }) {
  const url = new URL(path, window.location.origin);
  return (
    <ButtonLink variant="default" to={url.pathname} search={Object.fromEntries(url.searchParams) as never}>
      {label}
    </ButtonLink>
  );
}

function Word({ onClose, onBound }: { onClose: () => void; onBound: () => void }) {
  useFocusBack();
  const { t } = useTranslation("platform/rights");
  const navigate = useNavigate();
  const [word, setWord] = useState("");
  const wanted = t("leaving.word");
  const leave = useMutation({
    mutationFn: () => api.delete("/api/users/me", { body: { word: "delete" } }),
    meta: { quiet: true },
    onSuccess: async () => {
      onClose();
      await navigate({ to: "/" });
      forget();
      toastInfo(t("leaving.done"));
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === "obligations_open") onBound();
    },
  });
  const typed = word.trim().toLowerCase() === wanted;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("leaving.title")}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (typed) leave.mutate();
        }}
      >
        <Stack gap="md">
          <FormErrors error={leave.error} labels={{}} />
          <Alert color="red" variant="light" icon={<Icon name="alert" size={22} />}>
            {t("leaving.consequences")}
          </Alert>
          <TextInput
            id="word"
            data-autofocus
            autoComplete="off"
            label={t("leaving.type", { word: wanted })}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={leave.isPending}>
              {t("leaving.stay")}
            </Button>
            <Button type="submit" color="red" disabled={!typed} loading={leave.isPending}>
              {t("leaving.leave")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
