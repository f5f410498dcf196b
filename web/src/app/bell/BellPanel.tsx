import { Text, Title, VisuallyHidden } from "@mantine/core";
import i18next from "i18next";
import { type ComponentType, lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { markRead, useNotices } from "#web/app/bell/notices";
import type { AboutProps, LiveKind, Notice } from "#web/app/feature";
import { kindOf, speaking } from "#web/app/live/kinds";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { formatRelative, formatTime } from "#web/ui/format";
import { Icon } from "#web/ui/icons";
import { PlainLink } from "#web/ui/Link";
import { MoreButton } from "#web/ui/MoreButton";
import { LineSkeleton, RowsSkeleton } from "#web/ui/Skeletons";
import classes from "./BellPanel.module.css";

/** A notice's sentence: `coocook.booking` and `guest.confirmed` are `booking.guest.confirmed` of `coocook/live`. */
function useSentence(): (notice: Notice) => string {
  const { t } = useTranslation(["shell", ...speaking]);
  return ({ kind, says }) => {
    const [service, thing] = kind.split(".");
    const key = `${service}/live:${thing}.${says}`;
    return i18next.exists(key) ? t(key as never) : t("shell:bell.unknown");
  };
}

const abouts = new Map<LiveKind["about"], ComponentType<AboutProps>>();

/** The component that a kind brings, one for all its rows. */
function aboutOf(load: NonNullable<LiveKind["about"]>): ComponentType<AboutProps> {
  const found = abouts.get(load) ?? lazy(load);
  abouts.set(load, found);
  return found;
}

interface RowProps {
  notice: Notice;
  isNew: boolean;
  onGo: () => void;
}

function Row({ notice, isNew, onGo }: RowProps) {
  const { t } = useTranslation("shell");
  const sentence = useSentence()(notice);
  const kind = kindOf(notice.kind);
  const goes = kind?.to?.({ says: notice.says ?? "", subject: notice.subject_id });
  const About = kind?.about && aboutOf(kind.about);
  const words = (
    <>
      <span className={classes.icon} data-new={isNew}>
        <Icon name={kind?.icon ?? "bell"} size={18} />
        {isNew ? <VisuallyHidden>{t("bell.new")}</VisuallyHidden> : null}
      </span>
      <span className={classes.words}>
        <span className={classes.sentence}>{sentence}</span>
        {About && notice.subject_id ? (
          <span className={classes.about}>
            <Suspense fallback={<LineSkeleton />}>
              <About says={notice.says ?? ""} subject={notice.subject_id} />
            </Suspense>
          </span>
        ) : null}
        <time dateTime={notice.created_at} title={formatTime(notice.created_at)} className={classes.time}>
          {formatRelative(notice.created_at)}
        </time>
      </span>
    </>
  );
  return (
    <li>
      {goes ? (
        <PlainLink to={goes.path} search={goes.search ?? {}} className={classes.row} onClick={onGo}>
          {words}
        </PlainLink>
      ) : (
        <div className={classes.row}>{words}</div>
      )}
    </li>
  );
}

/** The recent notices. Looking at them reads them; what was new when the panel opened stays marked until it closes. */
export function BellPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const notices = useNotices(true);
  const { last, unread, readTo, data } = notices;
  const readBefore = useRef<number | null>(null);
  if (readBefore.current === null && data) readBefore.current = readTo;
  useEffect(() => {
    if (unread > 0)
      void markRead(last).then(
        () => notices.refetch(),
        () => undefined,
      );
  }, [unread, last, notices.refetch]);

  return (
    <section className={classes.panel}>
      <Title order={2} size="h4" className={classes.title}>
        {t("bell.title")}
      </Title>
      <div className={classes.body}>
        {notices.isPending ? (
          <div className={classes.inset}>
            <RowsSkeleton count={3} />
          </div>
        ) : notices.isError && !data ? (
          <ErrorState order={3} error={notices.error} onRetry={notices.refetch} />
        ) : notices.items.length === 0 ? (
          <EmptyState order={3} title={t("bell.empty")} text={t("bell.emptyText")} />
        ) : (
          <>
            <ul className={classes.list}>
              {notices.items.map((notice) => (
                <Row
                  key={notice.number}
                  notice={notice}
                  isNew={notice.number > (readBefore.current ?? 0)}
                  onGo={onClose}
                />
              ))}
            </ul>
            <div className={classes.inset}>
              <MoreButton {...notices} />
              <Text size="xs" c="dimmed" ta="center" py="sm">
                {t("bell.kept")}
              </Text>
            </div>
          </>
        )}
      </div>
    </section>
  );
}
