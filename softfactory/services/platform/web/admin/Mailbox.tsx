import { Button, Select, TextInput, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReasonDialog } from "#web/admin/ReasonDialog";
import type { LetterDetail, LetterLine } from "#web/api/generated";
import { api } from "#web/api/http";
import { say } from "#web/app/i18n";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { FilterBar } from "#web/ui/FilterBar";
import { Icon } from "#web/ui/icons";
import { TextLink } from "#web/ui/Link";
import { MoreButton } from "#web/ui/MoreButton";
import { Page, PageHeader } from "#web/ui/Page";
import { PageSkeleton, RowsSkeleton } from "#web/ui/Skeletons";
import { StatusChip } from "#web/ui/StatusChip";
import { useFilters } from "#web/ui/useFilters";
import { ZonedTime } from "#web/ui/ZonedTime";
import { Linked } from "./Linked";
import classes from "./Mailbox.module.css";
import { named, newestFirst, type Of, useMerged, useOne } from "./merged";
import { Missing, ServiceSelect, useMayAct, When } from "./parts";
import { failure, LETTER_STATES, LETTER_TONE } from "./words";

/** A letter that found no reader was never written: it has neither an address nor a subject. */
function useHead(): (letter: LetterLine | LetterDetail) => { to: string; subject: string } {
  const { t } = useTranslation("platform/admin");
  return ({ to_address, subject, state }) => {
    const lost = state === "undeliverable";
    return {
      to: to_address ?? t(lost ? "mail.nobody" : "mail.unwritten"),
      subject: subject ?? (lost ? t("mail.neverWritten") : t(`mail.states.${state}`)),
    };
  };
}

function Line({ letter, open, onOpen }: { letter: Of<LetterLine>; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation("platform/admin");
  const { to, subject } = useHead()(letter);
  return (
    <UnstyledButton
      className={classes.line}
      data-open={open || undefined}
      aria-pressed={open}
      onClick={onOpen}
    >
      <span className={classes.top}>
        <span className={classes.to}>{to}</span>
        <When at={letter.created_at} />
      </span>
      <span className={classes.subject}>{subject}</span>
      {letter.state === "in_mailbox" || letter.state === "sent" ? null : (
        <StatusChip tone={LETTER_TONE[letter.state]}>{t(`mail.states.${letter.state}`)}</StatusChip>
      )}
    </UnstyledButton>
  );
}

function Reader({ service, id, onBack }: { service: string; id: string; onBack: () => void }) {
  const { t } = useTranslation("platform/admin");
  const client = useQueryClient();
  const mayAct = useMayAct();
  const headOf = useHead();
  const [asking, setAsking] = useState(false);
  const found = useOne<LetterDetail>(service, `mail/${id}`, {
    live: (seen) => (seen && (seen.state === "queued" || seen.state === "sending") ? 2_000 : false),
  });
  const back = (
    <Button
      variant="subtle"
      className={classes.back}
      leftSection={<Icon name="chevronLeft" size={18} />}
      onClick={onBack}
    >
      {t("mail.back")}
    </Button>
  );
  if (found.isPending) return <PageSkeleton />;
  if (found.isError && !found.data) {
    return (
      <>
        {back}
        <ErrorState error={found.error} onRetry={found.refetch} />
      </>
    );
  }
  const letter = found.data;
  const { to, subject } = headOf(letter);
  return (
    <article className={classes.letter} lang={letter.language ?? undefined}>
      {back}
      <header className={classes.head}>
        <h2>{subject}</h2>
        <p className={classes.address}>
          {t("mail.to")} <strong>{to}</strong>
        </p>
        <p className={classes.small}>
          <ZonedTime at={letter.sent_at ?? letter.created_at} />{" "}
          <StatusChip tone={LETTER_TONE[letter.state]}>{t(`mail.states.${letter.state}`)}</StatusChip>
        </p>
      </header>
      {letter.masked ? <p className={classes.note}>{t("mail.masked")}</p> : null}
      {letter.error ? (
        <p className={classes.note}>
          {failure(t, letter.error)} <code>{letter.error}</code>
        </p>
      ) : null}
      {letter.body === null ? (
        <p className={classes.small}>{t("mail.unwrittenText")}</p>
      ) : (
        <div className={classes.body}>
          <Linked text={letter.body} />
        </div>
      )}
      <footer className={classes.foot}>
        <span className={classes.small}>
          {t("mail.attempts", { count: letter.attempts })}
          {letter.job_id && letter.job_state ? (
            <>
              {" · "}
              <TextLink to={`/admin/jobs/${service}/${letter.job_id}`}>{t("mail.job")}</TextLink>
            </>
          ) : null}
        </span>
        {mayAct ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("mail.resend")}
          </Button>
        ) : null}
      </footer>
      {asking ? (
        <ReasonDialog
          title={t("mail.resendTitle")}
          confirm={t("mail.resend")}
          done={t("mail.resendDone")}
          act={async (reason) => {
            await api.post(`/api/${service}/admin/mail/${id}/resend`, { reason });
            await client.invalidateQueries({ queryKey: ["admin"] });
          }}
          onClose={() => setAsking(false)}
        >
          {t("mail.resendText")}
        </ReasonDialog>
      ) : null}
    </article>
  );
}

/** Every letter that the platform has written, as its reader sees it. */
export function Mailbox() {
  const { t } = useTranslation("platform/admin");
  const filters = useFilters(["address", "state", "service", "letter"] as const);
  const { address, state, service } = filters.values;
  const [from = "", id = ""] = (filters.values.letter ?? "").split(".");
  const pages = useMerged<LetterLine>(
    "mail",
    { address, state },
    { before: newestFirst, only: service, live: 5_000 },
  );
  const search = useDebouncedCallback((text: string) => filters.set({ address: text.trim() || null }), 300);
  const reading = Boolean(from && id);
  const list = () => {
    if (pages.isPending) return <RowsSkeleton height={68} />;
    if (pages.error) return <ErrorState error={pages.error} onRetry={pages.refetch} />;
    if (pages.items.length === 0) {
      return <EmptyState title={t("mail.none")} text={t(address ? "mail.noneFound" : "mail.noneText")} />;
    }
    return (
      <>
        <ul className={classes.lines}>
          {pages.items.map((letter) => (
            <li key={letter.id}>
              <Line
                letter={letter}
                open={letter.id === id}
                onOpen={() => filters.set({ letter: `${letter.service}.${letter.id}` })}
              />
            </li>
          ))}
        </ul>
        <MoreButton {...pages} />
      </>
    );
  };
  const title = named(pages.services, from)?.title;
  return (
    <Page title={reading && title ? `${t("mail.title")} · ${say(title)}` : undefined}>
      <div className={classes.outer} data-reading={reading || undefined}>
        <div className={classes.top0}>
          <PageHeader title={t("mail.title")} text={t("mail.text")} />
          <FilterBar
            active={(state ? 1 : 0) + (service ? 1 : 0)}
            onClear={() => filters.set({ state: null, service: null })}
            lead={
              <TextInput
                label={t("mail.search")}
                type="search"
                placeholder={t("mail.searchPlaceholder")}
                defaultValue={address ?? ""}
                leftSection={<Icon name="search" size={18} />}
                onChange={(event) => search(event.currentTarget.value)}
              />
            }
          >
            <Select
              label={t("mail.state")}
              placeholder={t("mail.anyState")}
              clearable
              clearButtonProps={{ "aria-label": t("mail.anyState") }}
              data={LETTER_STATES.map((value) => ({ value, label: t(`mail.states.${value}`) }))}
              value={state ?? null}
              onChange={(value) => filters.set({ state: value })}
            />
            <ServiceSelect
              services={pages.services}
              value={service}
              onChange={(value) => filters.set({ service: value })}
            />
          </FilterBar>
          <Missing services={pages.missing} />
        </div>
        <div className={classes.box}>
          <div className={classes.list}>{list()}</div>
          <div className={classes.reader}>
            {/* Where the list gives way to the letter, the page's title goes with it. */}
            {reading ? (
              <VisuallyHidden component="h1" hiddenFrom="lg">
                {t("mail.title")}
              </VisuallyHidden>
            ) : null}
            {reading ? (
              <Reader key={id} service={from} id={id} onBack={() => filters.set({ letter: null })} />
            ) : (
              <p className={classes.choose}>
                <Icon name="mail" size={32} />
                {t("mail.choose")}
              </p>
            )}
          </div>
        </div>
      </div>
    </Page>
  );
}
