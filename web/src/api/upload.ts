import { NoAnswer, problemOf } from "#web/api/problem";
import { language } from "#web/app/i18n";
import { accessToken, refresh } from "#web/app/session";

export interface UploadOptions {
  method?: "POST" | "PUT";
  /** The same key for every try of the same file. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** From 0 to 1, as the body leaves. */
  onProgress?: (share: number) => void;
}

/**
 * Send a file as the body of a request. `fetch` cannot tell how far a body has come, so this is the older way; the rest
 * is as with `api`: the reader's language, the session's token, one retry after a refresh, refusals as ApiError.
 */
export async function upload<T>(path: string, content: Blob, options: UploadOptions = {}): Promise<T> {
  const token = await accessToken();
  const answer = await send(path, content, options, token);
  const last =
    answer.status === 401 && token !== null && (await refresh())
      ? await send(path, content, options, await accessToken())
      : answer;
  const body = parsed(last.responseText);
  if (last.status >= 200 && last.status < 300) return body as T;
  throw problemOf(last.status, body, last.getResponseHeader("X-Request-Id"));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(
  path: string,
  content: Blob,
  { method = "POST", idempotencyKey, signal, onProgress }: UploadOptions,
  token: string | null,
): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cancelled = () => reject(new DOMException("cancelled", "AbortError"));
    if (signal?.aborted) return cancelled();
    request.open(method, path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", language());
    request.setRequestHeader("Content-Type", content.type || "application/octet-stream");
    if (token) request.setRequestHeader("Authorization", `Bearer ${token}`);
    if (idempotencyKey) request.setRequestHeader("Idempotency-Key", idempotencyKey);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => resolve(request);
    request.onerror = () => reject(new NoAnswer());
    request.onabort = cancelled;
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(content);
  });
}
