import { useCallback, useEffect, useRef, useState } from "react";
import type { UploadOptions } from "#web/api/upload";
import { prepare } from "./shrink";

export interface Upload {
  key: string;
  name: string;
  state: "waiting" | "preparing" | "sending" | "failed";
  /** From 0 to 1 while it is sent; 1 while the server works on it. */
  progress: number;
  error: unknown;
}

/** Sends one prepared file and keeps what came of it. */
export type Send = (content: Blob, options: UploadOptions) => Promise<void>;

interface Work {
  file: File;
  abort: AbortController;
}

/** Files on their way, one after another: each can be cancelled, tried again, and put aside. */
export function useUploads(send: Send) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const work = useRef(new Map<string, Work>());
  const queue = useRef(Promise.resolve());
  const sender = useRef(send);
  sender.current = send;

  const note = useCallback((key: string, part: Partial<Upload>) => {
    setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)));
  }, []);

  const drop = useCallback((key: string) => {
    work.current.get(key)?.abort.abort();
    work.current.delete(key);
    setUploads((all) => all.filter((each) => each.key !== key));
  }, []);

  const run = useCallback(
    async (key: string) => {
      const task = work.current.get(key);
      if (!task) return;
      const { signal } = task.abort;
      try {
        note(key, { state: "preparing", progress: 0, error: null });
        const content = await prepare(task.file);
        signal.throwIfAborted();
        note(key, { state: "sending" });
        await sender.current(content, {
          idempotencyKey: key,
          signal,
          onProgress: (progress) => note(key, { progress }),
        });
        drop(key);
      } catch (error) {
        if (!signal.aborted) note(key, { state: "failed", error });
      }
    },
    [note, drop],
  );

  const enqueue = useCallback(
    (key: string) => {
      queue.current = queue.current.then(() => run(key));
    },
    [run],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const key = crypto.randomUUID();
        work.current.set(key, { file, abort: new AbortController() });
        const begun: Upload = { key, name: file.name, state: "waiting", progress: 0, error: null };
        setUploads((all) => [...all.filter((each) => each.state !== "failed"), begun]);
        enqueue(key);
      }
    },
    [enqueue],
  );

  const retry = useCallback(
    (key: string) => {
      note(key, { state: "waiting", error: null });
      enqueue(key);
    },
    [note, enqueue],
  );

  useEffect(() => {
    const all = work.current;
    return () => {
      for (const { abort } of all.values()) abort.abort();
    };
  }, []);

  return { uploads, add, retry, drop };
}
