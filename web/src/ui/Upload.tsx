import { ActionIcon, Button, Group, VisuallyHidden } from "@mantine/core";
import { type ClipboardEvent, lazy, Suspense, useId } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "#web/api/problem";
import { Icon } from "./icons";
import { problemText } from "./problemText";
import { MOST_BYTES, SHORTEST, UnfitFile } from "./shrink";
import classes from "./Upload.module.css";
import { type Send, type Upload as Sent, useUploads } from "./useUploads";

/** The dropzone is a chunk of its own: most people come to look. Until it is there, its button is no button. */
const Zone = lazy(() => import("./UploadZone"));

interface UploadProps {
  /** What the field is called; the button in the zone says it. */
  label: string;
  /** What makes a good one. */
  hint?: string;
  send: Send;
  /** How many more may be sent; 1 takes the first of several. */
  room?: number;
  id?: string;
}

/** A field that takes pictures: dropped, pasted or chosen; made smaller here where they are huge; told in words. */
export function Upload({ label, hint, send, room = 1, id }: UploadProps) {
  const { t } = useTranslation("shell/pictures");
  const own = useId();
  const { uploads, add, retry, drop } = useUploads(send);
  const busy = uploads.some((each) => each.state !== "failed");
  const full = room < 1 || (room === 1 && busy);
  const take = (files: readonly File[]) => {
    if (!full) add(files.slice(0, room));
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  };
  const inside = (dead: boolean) => (
    <span className={classes.inside}>
      <Button
        id={id ?? own}
        variant="default"
        leftSection={<Icon name="camera" size={20} />}
        disabled={dead || full}
        aria-describedby={`${own}-hint`}
      >
        {label}
      </Button>
      <span className={classes.byMouse}>{t("how")}</span>
      <span className={classes.byFinger}>{t("howByFinger")}</span>
    </span>
  );
  return (
    <div className={classes.field} onPaste={paste}>
      <Suspense fallback={<div className={classes.zone}>{inside(true)}</div>}>
        <Zone multiple={room > 1} disabled={full} onFiles={take}>
          {inside(false)}
        </Zone>
      </Suspense>
      <p id={`${own}-hint`} className={classes.hint}>
        {hint ? `${hint} ` : ""}
        {t("limits", { megabytes: MOST_BYTES / 1024 / 1024 })}
      </p>
      {uploads.length > 0 ? (
        <ul className={classes.list}>
          {uploads.map((each) => (
            <Line
              key={each.key}
              upload={each}
              onRetry={() => retry(each.key)}
              onDrop={() => drop(each.key)}
            />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Line({ upload, onRetry, onDrop }: { upload: Sent; onRetry: () => void; onDrop: () => void }) {
  const { t } = useTranslation("shell/pictures");
  const { name, state, progress, error } = upload;
  if (state === "failed") {
    // What the file itself is stays so; what the way there was may be better the next time.
    const again =
      error instanceof ApiError && (error.status === 0 || error.status >= 500 || error.status === 408);
    return (
      <li className={classes.failed} role="alert">
        <Icon name="alert" size={20} />
        <div className={classes.words}>
          <b className={classes.name}>{name}</b>
          <span>
            {error instanceof UnfitFile
              ? t(`unfit.${error.why}`, { shortest: SHORTEST })
              : problemText(error).text}
          </span>
          {again ? (
            <Group gap="xs">
              <Button size="compact-md" mih={44} variant="default" onClick={onRetry}>
                {t("retry")}
              </Button>
            </Group>
          ) : null}
        </div>
        <ActionIcon onClick={onDrop}>
          <VisuallyHidden>{t("putAside", { name })}</VisuallyHidden>
          <Icon name="close" size={18} />
        </ActionIcon>
      </li>
    );
  }
  const percent = Math.round(progress * 100);
  const doing = state === "sending" && percent === 100 ? "working" : state;
  return (
    <li className={classes.going}>
      <div className={classes.words}>
        <span className={classes.name}>{name}</span>
        <span
          className={classes.bar}
          role="progressbar"
          aria-label={t("progress", { name })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          data-waiting={doing !== "sending" || undefined}
        >
          <span style={{ width: `${doing === "sending" ? percent : 100}%` }} />
        </span>
        <span className={classes.how} role="status">
          {t(`state.${doing}`, { percent })}
        </span>
      </div>
      <ActionIcon onClick={onDrop}>
        <VisuallyHidden>{t("cancel", { name })}</VisuallyHidden>
        <Icon name="close" size={18} />
      </ActionIcon>
    </li>
  );
}
