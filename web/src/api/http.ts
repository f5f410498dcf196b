import { NoAnswer, problemOf } from "#web/api/problem";
import { language } from "#web/app/i18n";
import { accessToken, refresh } from "#web/app/session";
import { confirmIdentity } from "#web/app/stepUp";

/** The refusal of an act that needs a recent sign-in. */
export const NEEDS_PROOF = "recent_sign_in_needed";

type Query = Record<string, string | number | boolean | null | undefined | readonly string[]>;

export interface Options {
  query?: Query;
  body?: unknown;
  /** See `idempotency.ts`: the same key for every repeat of the same wish. */
  idempotencyKey?: string;
  /** The version that was read, for changes that must not overwrite someone else's. */
  ifMatch?: string;
  signal?: AbortSignal;
}

/**
 * `fetch` as this app means it: the reader's language, the session's token, one retry after a refresh when the token
 * had ended, and one after the person has confirmed who they are, where the act asks for that. The generated client
 * takes it as its transport.
 */
export async function sessionFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const again = request.clone();
  const token = await accessToken();
  let answer = await send(request, token);
  if (answer.status === 401 && token !== null && (await refresh()))
    answer = await send(again.clone(), await accessToken());
  if (request.method !== "GET" && (await asksForProof(answer)) && (await confirmIdentity()))
    answer = await send(again, await accessToken());
  return answer;
}

async function asksForProof(answer: Response): Promise<boolean> {
  if (answer.status !== 403) return false;
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined);
  return (body as { code?: string } | undefined)?.code === NEEDS_PROOF;
}

async function send(request: Request, token: string | null): Promise<Response> {
  request.headers.set("Accept-Language", language());
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (reason) {
    if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
    throw new NoAnswer();
  }
}

function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value)) for (const each of value) search.append(name, each);
    else search.set(name, String(value));
  }
  const words = search.toString();
  // An absolute address: outside a browser, Request does not resolve relative ones.
  return new URL(words ? `${path}?${words}` : path, window.location.origin).toString();
}

async function call(method: string, path: string, options: Options): Promise<Response> {
  const headers = new Headers({ Accept: "application/json" });
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  if (options.ifMatch) headers.set("If-Match", options.ifMatch);
  const answer = await sessionFetch(address(path, options.query), {
    method,
    headers,
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    signal: options.signal,
    credentials: "same-origin",
  });
  if (answer.ok) return answer;
  const body: unknown = await answer.json().catch(() => undefined);
  throw problemOf(answer.status, body, answer.headers.get("X-Request-Id"));
}

/** One request of the API. Refusals throw ApiError; an empty answer is undefined. */
export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const answer = await call(method, path, options);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Like `request`, with the version of what was read, for a later `ifMatch`. */
export async function requestVersioned<T>(
  path: string,
  options: Options = {},
): Promise<{ data: T; version: string | null }> {
  const answer = await call("GET", path, options);
  return { data: (await answer.json()) as T, version: answer.headers.get("ETag") };
}

export const api = {
  get: <T>(path: string, options?: Options) => request<T>("GET", path, options),
  post: <T>(path: string, body?: unknown, options?: Options) =>
    request<T>("POST", path, { ...options, body }),
  put: <T>(path: string, body?: unknown, options?: Options) => request<T>("PUT", path, { ...options, body }),
  patch: <T>(path: string, body?: unknown, options?: Options) =>
    request<T>("PATCH", path, { ...options, body }),
  delete: <T = void>(path: string, options?: Options) => request<T>("DELETE", path, options),
};
