import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Group } from "#web/dev/entry";
import { nothing, useProblems, useWords } from "#web/dev/samples";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { DescriptionList } from "#web/ui/DescriptionList";
import { DetailFrame } from "#web/ui/DetailFrame";
import { Money } from "#web/ui/Money";
import { ReasonDialog } from "#web/ui/ReasonDialog";
import { SaveBar } from "#web/ui/SaveBar";
import { StatusChip } from "#web/ui/StatusChip";

interface Opened {
  opened: boolean;
  onClose: () => void;
}

function Opener({ children }: { children: (state: Opened) => ReactNode }) {
  const t = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t("show")}
      </Button>
      {children({ opened, onClose: () => setOpened(false) })}
    </>
  );
}

function Confirm({ word }: { word?: boolean }) {
  const t = useWords();
  return (
    <Opener>
      {(state) => (
        <ConfirmDialog
          {...state}
          onConfirm={state.onClose}
          title={t("sample.deleteTitle")}
          confirm={t("sample.delete")}
          word={word ? t("sample.people.0") : undefined}
          dangerous
        >
          {t("sample.deleteText")}
        </ConfirmDialog>
      )}
    </Opener>
  );
}

function Reason({ failed }: { failed?: boolean }) {
  const t = useWords();
  const { broken } = useProblems();
  return (
    <Opener>
      {(state) => (
        <ReasonDialog
          {...state}
          onSend={state.onClose}
          title={t("sample.refundTitle")}
          confirm={t("sample.refund")}
          description={t("sample.reasonText")}
          ready={[{ label: t("sample.illness"), text: t("sample.illnessText") }]}
          minLength={5}
          error={failed ? broken : undefined}
        >
          {t("sample.refundText")}
        </ReasonDialog>
      )}
    </Opener>
  );
}

function Detail({ state }: { state: "full" | "loading" | "error" }) {
  const t = useWords();
  const { broken } = useProblems();
  return (
    <Opener>
      {(open) => (
        <DetailFrame
          {...open}
          title={t("sample.order")}
          status={<StatusChip tone="good">{t("sample.paid")}</StatusChip>}
          actions={<Button>{t("sample.remind")}</Button>}
          onPrevious={nothing}
          onNext={nothing}
          loading={state === "loading"}
          error={state === "error" ? broken : undefined}
          onRetry={nothing}
        >
          <DescriptionList
            items={[
              { label: t("sample.guest"), value: t("sample.people.0") },
              { label: t("sample.amount"), value: <Money value={{ amount: 240_000 }} /> },
            ]}
          />
        </DetailFrame>
      )}
    </Opener>
  );
}

export const acts: Group = {
  name: "acts",
  entries: [
    {
      name: "ConfirmDialog",
      states: [
        { name: "plain", opens: true, Show: () => <Confirm /> },
        { name: "word", opens: true, Show: () => <Confirm word /> },
      ],
    },
    {
      name: "ReasonDialog",
      states: [
        { name: "plain", opens: true, Show: () => <Reason /> },
        { name: "error", opens: true, Show: () => <Reason failed /> },
      ],
    },
    {
      name: "DetailFrame",
      states: (["full", "loading", "error"] as const).map((state) => ({
        name: state,
        opens: true,
        Show: () => <Detail state={state} />,
      })),
    },
    {
      name: "SaveBar",
      states: [
        { name: "plain", Show: () => <SaveBar dirty saving={false} onSave={nothing} onDiscard={nothing} /> },
        { name: "loading", Show: () => <SaveBar dirty saving onSave={nothing} onDiscard={nothing} /> },
        {
          name: "error",
          Show: () => {
            const t = useWords();
            return (
              <SaveBar
                dirty
                saving={false}
                problem={t("sample.nameMissing")}
                onSave={nothing}
                onDiscard={nothing}
              />
            );
          },
        },
      ],
    },
  ],
};
