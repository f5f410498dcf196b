import type { PictureView } from "#web/api/generated";
import { api } from "#web/api/http";
import { type UploadOptions, upload } from "#web/api/upload";
import type { OwnChef } from "../types";

/** Where a chef's pictures stand. */
export interface Arrangement {
  portrait: PictureView | null;
  cover: PictureView | null;
  gallery: PictureView[];
}

export const GALLERY_MOST = 12;

export const arrangementOf = (own: OwnChef): Arrangement => ({
  portrait: own.picture.photo ?? null,
  cover: own.cover,
  gallery: own.gallery,
});

/** A chef's profile as it will look once the arrangement is taken. */
export const withPictures = (own: OwnChef, { portrait, cover, gallery }: Arrangement): OwnChef => ({
  ...own,
  picture: { ...own.picture, photo: portrait },
  cover,
  gallery,
});

/** The list with one item taken to another place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, item);
  return next;
}

export const arrange = (chefId: string, { portrait, cover, gallery }: Arrangement): Promise<OwnChef> =>
  api.put<OwnChef>(`/api/coocook/chefs/${chefId}/pictures`, {
    portrait: portrait?.id ?? null,
    cover: cover?.id ?? null,
    gallery: gallery.map((each) => each.id),
  });

/** Send a picture; it has no place yet. */
export const sendPicture = (content: Blob, options: UploadOptions): Promise<PictureView> =>
  upload<PictureView>("/api/coocook/pictures", content, options);
