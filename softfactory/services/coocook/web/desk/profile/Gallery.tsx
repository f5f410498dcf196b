import { ActionIcon, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PictureView } from "#web/api/generated";
import { Icon } from "#web/ui/icons";
import { Picture } from "#web/ui/Picture";
import { moved } from "./arrangement";
import classes from "./Pictures.module.css";

interface GalleryProps {
  photos: readonly PictureView[];
  /** The new order, and what a screen reader is told of it. */
  onChange: (photos: PictureView[], said: string) => void;
}

/** Pictures in their order: dragged, moved by buttons, or by Alt and the arrow keys. */
export function Gallery({ photos, onChange }: GalleryProps) {
  const { t } = useTranslation("coocook/pictures");
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const list = useRef<HTMLOListElement>(null);

  const move = (from: number, to: number, button?: string) => {
    if (to < 0 || to >= photos.length || to === from) return;
    const number = to + 1;
    onChange(moved(photos, from, to), t("gallery.movedTo", { number, count: photos.length }));
    // The focus goes along with the picture; at an end its button is gone, and the other one takes it.
    if (button) {
      requestAnimationFrame(() => {
        const item = list.current?.children[to];
        const wanted = item?.querySelector<HTMLButtonElement>(`[data-move="${button}"]:not(:disabled)`);
        (wanted ?? item?.querySelector<HTMLButtonElement>("[data-move]:not(:disabled)"))?.focus();
      });
    }
  };
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (!event.altKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    event.preventDefault();
    if (event.key === "ArrowLeft") move(at, at - 1, "earlier");
    else move(at, at + 1, "later");
  };
  const letGo = () => {
    setDragged(null);
    setOver(null);
  };
  if (photos.length === 0) return null;
  return (
    <ol ref={list} className={classes.gallery}>
      {photos.map((photo, at) => (
        <li
          key={photo.id}
          className={classes.item}
          draggable
          data-dragged={dragged === at || undefined}
          data-over={(over === at && dragged !== at) || undefined}
          onDragStart={(event) => {
            setDragged(at);
            event.dataTransfer.effectAllowed = "move";
            event.dataTransfer.setData("text/plain", photo.id);
          }}
          onDragOver={(event) => {
            if (dragged === null) return;
            event.preventDefault();
            setOver(at);
          }}
          onDrop={(event) => {
            event.preventDefault();
            if (dragged !== null) move(dragged, at);
            letGo();
          }}
          onDragEnd={letGo}
          onKeyDown={(event) => onKeyDown(event, at)}
        >
          <span className={classes.thumb}>
            <Picture
              photo={photo}
              sizes="(max-width: 48em) 45vw, 220px"
              label={t("gallery.photo", { number: at + 1 })}
              fallback={null}
            />
          </span>
          <span className={classes.tools}>
            <ActionIcon data-move="earlier" disabled={at === 0} onClick={() => move(at, at - 1, "earlier")}>
              <VisuallyHidden>{t("gallery.earlier", { number: at + 1 })}</VisuallyHidden>
              <Icon name="chevronLeft" size={18} />
            </ActionIcon>
            <ActionIcon
              data-move="later"
              disabled={at === photos.length - 1}
              onClick={() => move(at, at + 1, "later")}
            >
              <VisuallyHidden>{t("gallery.later", { number: at + 1 })}</VisuallyHidden>
              <Icon name="chevronRight" size={18} />
            </ActionIcon>
            <ActionIcon
              onClick={() =>
                onChange(
                  photos.filter((each) => each.id !== photo.id),
                  t("gallery.removed", { number: at + 1 }),
                )
              }
            >
              <VisuallyHidden>{t("gallery.remove", { number: at + 1 })}</VisuallyHidden>
              <Icon name="trash" size={18} />
            </ActionIcon>
          </span>
        </li>
      ))}
    </ol>
  );
}
