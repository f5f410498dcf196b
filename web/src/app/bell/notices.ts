import { api } from "#web/api/http";
import type { Notice } from "#web/app/feature";
import { type PageOf, usePages } from "#web/ui/usePages";

interface NoticePage extends PageOf<Notice> {
  unread: number;
  read_to: number;
  last: number;
}

/** The bell's sentences, the newest first; how many are unread comes with each page. */
export function useNotices(enabled: boolean) {
  const pages = usePages<Notice>(
    ["platform", "notices"],
    (cursor, signal) => api.get<NoticePage>("/api/live/notices", { query: { cursor, limit: 20 }, signal }),
    { enabled },
  );
  const first = pages.data?.pages[0] as NoticePage | undefined;
  return { ...pages, unread: first?.unread ?? 0, readTo: first?.read_to ?? 0, last: first?.last ?? 0 };
}

export const markRead = (upTo: number) => api.post("/api/live/notices/read", { up_to: upTo });
