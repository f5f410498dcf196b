import { Button, Group as Row } from "@mantine/core";
import type { Group } from "#web/dev/entry";
import { nothing, useProblems, useWords } from "#web/dev/samples";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import type { SpotName } from "#web/ui/illustration/Spot";
import { Notice } from "#web/ui/Notice";
import { CardsSkeleton, FormSkeleton, PageSkeleton, RowsSkeleton } from "#web/ui/Skeletons";
import { Steps } from "#web/ui/Steps";
import { toastDone, toastInfo, toastProblem } from "#web/ui/toasts";

const SPOTS: readonly SpotName[] = ["empty", "lost", "broken", "locked", "done"];

function Problem({ which }: { which: "broken" | "missing" | "silent" }) {
  return <ErrorState error={useProblems()[which]} onRetry={nothing} order={3} />;
}

export const states: Group = {
  name: "states",
  entries: [
    {
      name: "EmptyState",
      states: SPOTS.map((picture) => ({
        name: `picture.${picture}`,
        Show: () => {
          const t = useWords();
          return (
            <EmptyState
              picture={picture}
              title={t("sample.noOrders")}
              text={t("sample.noOrdersText")}
              action={<Button variant="light">{t("sample.firstOrder")}</Button>}
              order={3}
            />
          );
        },
      })),
    },
    {
      name: "ErrorState",
      states: [
        { name: "error", Show: () => <Problem which="broken" /> },
        { name: "missing", Show: () => <Problem which="missing" /> },
        { name: "silent", Show: () => <Problem which="silent" /> },
      ],
    },
    {
      name: "Skeletons",
      states: [
        { name: "page", Show: PageSkeleton },
        { name: "cards", Show: () => <CardsSkeleton count={3} /> },
        { name: "rows", Show: () => <RowsSkeleton count={2} /> },
        { name: "form", Show: () => <FormSkeleton fields={2} /> },
      ],
    },
    {
      name: "Notice",
      states: (["calm", "warning", "bad"] as const).map((tone) => ({
        name: `notice.${tone}`,
        Show: () => {
          const t = useWords();
          return (
            <Notice tone={tone} icon={tone === "calm" ? "info" : "alert"} title={t("sample.noticeTitle")}>
              {t("sample.noticeText")}
            </Notice>
          );
        },
      })),
    },
    {
      name: "Steps",
      states: [
        {
          name: "full",
          Show: () => {
            const t = useWords();
            return (
              <Steps
                labels={[t("sample.choose"), t("sample.check"), t("sample.pay")]}
                current={1}
                onGoTo={nothing}
              />
            );
          },
        },
      ],
    },
    {
      name: "toastDone, toastInfo, toastProblem",
      states: [
        {
          name: "full",
          Show: () => {
            const t = useWords();
            const { broken } = useProblems();
            return (
              <Row gap="xs">
                <Button variant="default" onClick={() => toastDone(t("sample.saved"))}>
                  {t("tone.good")}
                </Button>
                <Button variant="default" onClick={() => toastInfo(t("sample.noticeText"))}>
                  {t("tone.neutral")}
                </Button>
                <Button variant="default" onClick={() => toastProblem(broken)}>
                  {t("tone.bad")}
                </Button>
              </Row>
            );
          },
        },
      ],
    },
  ],
};
