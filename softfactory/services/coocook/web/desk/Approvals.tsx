import { Button, Group, Modal, Skeleton, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "#web/api/http";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FormErrors } from "#web/ui/FormErrors";
import { DOT } from "#web/ui/format";
import { MoreButton } from "#web/ui/MoreButton";
import { Page, PageHeader } from "#web/ui/Page";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { useFocusBack } from "#web/ui/useFocusBack";
import { type PageOf, usePages } from "#web/ui/usePages";
import { Portrait } from "../parts/ChefPicture";
import { townOf } from "../parts/place";
import { useChef } from "../parts/queries";
import type { ChefCard } from "../parts/types";
import classes from "./Approvals.module.css";
import { decide } from "./actions";

type Decision = "approve" | "decline";

function Story({ chefId }: { chefId: string }) {
  const chef = useChef(chefId);
  if (chef.isPending) return <Skeleton height={60} />;
  return <p className={classes.story}>{chef.data?.bio}</p>;
}

function Decide({ chef, decision, onClose }: { chef: ChefCard; decision: Decision; onClose: () => void }) {
  const { t } = useTranslation("coocook/desk");
  useFocusBack();
  const client = useQueryClient();
  const [reason, setReason] = useState(decision === "approve" ? t("admin.approveReason") : "");
  const [tried, setTried] = useState(false);
  const deciding = useMutation({
    mutationFn: () => decide(chef.id, decision, reason.trim()),
    meta: { quiet: true },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["coocook", "approvals"] });
      toastDone(t(`admin.done.${decision}`, { name: chef.name }));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`admin.${decision}Title`, { name: chef.name })}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    >
      <Stack gap="md">
        <FormErrors error={deciding.error} labels={{ reason: t("admin.reason") }} />
        <p className={classes.small}>{t(`admin.${decision}Text`)}</p>
        <Textarea
          id="reason"
          required
          data-autofocus
          label={t("admin.reason")}
          description={t("admin.reasonText")}
          autosize
          minRows={3}
          maxLength={500}
          value={reason}
          error={tried && !reason.trim() ? t("admin.reasonFirst") : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={deciding.isPending}>
            {t("shell:cancel")}
          </Button>
          <Button
            color={decision === "decline" ? "red" : undefined}
            loading={deciding.isPending}
            onClick={() => {
              setTried(true);
              if (reason.trim()) deciding.mutate();
            }}
          >
            {t(`admin.${decision}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** For admins: profiles that wait for a word. */
export function Approvals() {
  const { t, i18n } = useTranslation(["coocook/desk", "coocook"]);
  const [deciding, setDeciding] = useState<{ chef: ChefCard; decision: Decision } | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const pages = usePages(["coocook", "approvals", i18n.language], (cursor, signal) =>
    api.get<PageOf<ChefCard>>("/api/coocook/chefs", {
      query: { status: "draft", sort: "new", cursor, limit: 50 },
      signal,
    }),
  );
  const body = () => {
    if (pages.isPending) return <RowsSkeleton height={120} />;
    if (pages.isError && !pages.data) return <ErrorState error={pages.error} onRetry={pages.refetch} />;
    if (pages.items.length === 0) return <EmptyState title={t("admin.none")} text={t("admin.noneText")} />;
    return (
      <ul className={classes.list}>
        {pages.items.map((chef) => (
          <li key={chef.id} className={classes.row}>
            <Portrait picture={chef.picture} size={64} />
            <div className={classes.words}>
              <h2>{chef.name}</h2>
              <p>{chef.headline}</p>
              <p className={classes.small}>
                {[
                  ...chef.cuisines.map((code) => t(`coocook:cuisine.${code}`)),
                  t(`coocook:region.${chef.region}`),
                  townOf(chef.city),
                ]
                  .filter(Boolean)
                  .join(DOT)}
              </p>
              {open === chef.id ? (
                <Story chefId={chef.id} />
              ) : (
                <Button
                  variant="subtle"
                  color="gray"
                  className={classes.read}
                  onClick={() => setOpen(chef.id)}
                >
                  {t("admin.bio")}
                </Button>
              )}
            </div>
            <Group gap="xs">
              <Button onClick={() => setDeciding({ chef, decision: "approve" })}>{t("admin.approve")}</Button>
              <Button variant="default" onClick={() => setDeciding({ chef, decision: "decline" })}>
                {t("admin.decline")}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    );
  };
  return (
    <Page>
      <PageHeader title={t("admin.title")} text={t("admin.text")} />
      {body()}
      <MoreButton {...pages} />
      {deciding ? <Decide {...deciding} onClose={() => setDeciding(null)} /> : null}
    </Page>
  );
}
