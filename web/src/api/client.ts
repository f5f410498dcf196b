import { sessionFetch } from "#web/api/http";
import { problemOf } from "#web/api/problem";

async function fetchOrProblem(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const answer = await sessionFetch(input, init);
  if (answer.ok) return answer;
  const body: unknown = await answer.json().catch(() => undefined);
  throw problemOf(answer.status, body, answer.headers.get("X-Request-Id"));
}

/** How the generated client reaches the API: like `http.ts`, so that refusals are the same ApiError everywhere. */
export function createClientConfig<Config extends object>(config?: Config) {
  return {
    ...(config as Config),
    baseUrl: window.location.origin,
    fetch: fetchOrProblem as typeof fetch,
    throwOnError: true as const,
  };
}
