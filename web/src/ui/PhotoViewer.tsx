import { ActionIcon, Modal, VisuallyHidden } from "@mantine/core";
import { type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PictureView } from "#web/api/generated";
import { Icon } from "./icons";
import classes from "./PhotoViewer.module.css";
import { Picture } from "./Picture";

interface PhotoViewerProps {
  /** Whose photos these are. */
  name: string;
  photos: readonly PictureView[];
  /** The one that is looked at; null: closed. */
  at: number | null;
  onMove: (at: number) => void;
  onClose: () => void;
}

/** A finger that moves this far sideways means the next one. */
const SWIPE = 48;

/** Photos over the whole screen, one at a time: arrow keys, buttons, or a finger; Escape closes. */
export function PhotoViewer({ name, photos, at, onMove, onClose }: PhotoViewerProps) {
  const { t } = useTranslation("shell/pictures");
  const start = useRef<number | null>(null);
  const here = at ?? 0;
  const photo = photos[here];
  const step = (by: number) => {
    if (photos.length > 1) onMove((here + by + photos.length) % photos.length);
  };
  const letGo = (event: PointerEvent) => {
    const moved = start.current === null ? 0 : event.clientX - start.current;
    start.current = null;
    if (Math.abs(moved) > SWIPE) step(moved < 0 ? 1 : -1);
  };
  return (
    <Modal
      opened={at !== null && photo !== undefined}
      onClose={onClose}
      fullScreen
      radius={0}
      title={t("viewer.title", { name })}
      closeButtonProps={{ "aria-label": t("shell:close"), size: 44 }}
      classNames={{ content: classes.content, header: classes.header, body: classes.body }}
      transitionProps={{ transition: "fade", duration: 120 }}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") step(1);
        if (event.key === "ArrowLeft") step(-1);
      }}
    >
      <div
        className={classes.stage}
        onPointerDown={(event) => {
          start.current = event.clientX;
        }}
        onPointerUp={letGo}
        onPointerCancel={() => {
          start.current = null;
        }}
      >
        {photo ? (
          <Picture
            key={photo.id}
            photo={photo}
            sizes="100vw"
            label={t("viewer.photo", { name, number: here + 1 })}
            fallback={null}
            eager
            whole
          />
        ) : null}
      </div>
      <div className={classes.bar}>
        <ActionIcon variant="default" onClick={() => step(-1)} disabled={photos.length < 2}>
          <VisuallyHidden>{t("viewer.previous")}</VisuallyHidden>
          <Icon name="chevronLeft" />
        </ActionIcon>
        <span aria-live="polite" className={classes.count}>
          {t("viewer.of", { number: here + 1, count: photos.length })}
        </span>
        <ActionIcon variant="default" onClick={() => step(1)} disabled={photos.length < 2}>
          <VisuallyHidden>{t("viewer.next")}</VisuallyHidden>
          <Icon name="chevronRight" />
        </ActionIcon>
      </div>
    </Modal>
  );
}
