import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "#web/api/http";
import { keyFor, once } from "#web/api/idempotency";
import { ApiError, fieldErrors, NoAnswer } from "#web/api/problem";
import { adopt, currentSession, forget, refresh, type SignedIn } from "#web/app/session";
import { signOut } from "#web/app/signOut";
import { endStepUp, stepUpIsOpen } from "#web/app/stepUp";

const user = { id: "u1", email: "a@example.com", name: "하늘", roles: ["guest"] };
const signedIn = (token: string): SignedIn => ({
  access_token: token,
  token_type: "bearer",
  expires_in: 900,
  user,
});
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", "X-Request-Id": "r1" },
  });

type Answer = (request: Request) => Response | Promise<Response>;

function serve(answer: Answer): Request[] {
  const seen: Request[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const absolute = typeof input === "string" ? new URL(input, window.location.origin).toString() : input;
    const request = new Request(absolute, init);
    seen.push(request);
    return answer(request);
  });
  return seen;
}

const tokenOf = (request: Request) => request.headers.get("Authorization");
const isRefresh = (request: Request) => new URL(request.url).pathname === "/api/auth/refresh";

beforeEach(() => forget());
afterEach(() => vi.unstubAllGlobals());

describe("requests", () => {
  it("carry the token and the language", async () => {
    adopt(signedIn("t1"));
    const seen = serve(() => json(200, { ok: true }));
    await expect(api.get("/api/x", { query: { q: "국", none: undefined } })).resolves.toEqual({ ok: true });
    expect(tokenOf(seen[0] as Request)).toBe("Bearer t1");
    expect(seen[0]?.headers.get("Accept-Language")).toBe("ko");
    expect(new URL(seen[0]?.url as string).search).toBe("?q=%EA%B5%AD");
  });

  it("refresh an ended token once, and go on", async () => {
    adopt(signedIn("old"));
    const seen = serve((request) => {
      if (isRefresh(request)) return json(200, signedIn("new"));
      return tokenOf(request) === "Bearer new"
        ? json(200, 1)
        : json(401, { code: "token_expired", detail: "" });
    });
    await expect(Promise.all([api.get("/api/a"), api.post("/api/b", { wish: 1 })])).resolves.toEqual([1, 1]);
    expect(seen.filter(isRefresh)).toHaveLength(1);
    await expect(seen.at(-1)?.json()).resolves.toEqual({ wish: 1 });
  });

  it("end the session when the refresh is refused", async () => {
    adopt(signedIn("old"));
    serve(() => json(401, { code: "unauthorized", detail: "로그인이 필요합니다." }));
    await expect(api.get("/api/a")).rejects.toMatchObject({ status: 401 });
    expect(currentSession().status).toBe("signed-out");
  });

  it("keep the session while the server is down", async () => {
    adopt(signedIn("old"));
    serve((request) =>
      isRefresh(request) ? json(503, {}) : json(401, { code: "token_expired", detail: "" }),
    );
    await expect(api.get("/api/a")).rejects.toBeInstanceOf(ApiError);
    expect(currentSession().status).toBe("signed-in");
  });
});

describe("signing out", () => {
  const isLogout = (request: Request) => new URL(request.url).pathname === "/api/auth/logout";

  it("asks for no new token while the session is being ended", async () => {
    adopt(signedIn("t1"));
    let end: (answer: Response) => void = () => {};
    const seen = serve(
      (request) =>
        new Promise((resolve) => {
          if (isLogout(request)) end = resolve;
          else resolve(json(401, { code: "unauthorized", detail: "" }));
        }),
    );
    const out = signOut();
    await vi.waitFor(() => expect(seen.some(isLogout)).toBe(true));
    await expect(refresh()).resolves.toBe(false); // as the live stream does at the news that the session is over
    end(new Response(null, { status: 204 }));
    await out;
    expect(seen.filter(isRefresh)).toEqual([]);
    expect(currentSession().status).toBe("signed-out");
  });

  it("forgets the person even when the server does not answer, and asks again for the next one", async () => {
    adopt(signedIn("t1"));
    serve((request) => {
      if (isRefresh(request)) return json(200, signedIn("t2"));
      throw new TypeError("Failed to fetch");
    });
    await expect(signOut()).rejects.toBeInstanceOf(NoAnswer);
    expect(currentSession().status).toBe("signed-out");
    await expect(refresh()).resolves.toBe(true);
  });
});

describe("an act that needs a recent sign-in", () => {
  const needed = () => json(403, { code: "recent_sign_in_needed", detail: "본인 확인이 필요합니다." });

  it("is sent again once the person has proved who they are, and asks once for several", async () => {
    adopt(signedIn("t1"));
    let proved = false;
    const seen = serve(() => (proved ? json(200, "done") : needed()));
    const acts = Promise.all([api.post("/api/a", { wish: 1 }), api.delete("/api/b")]);
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    await vi.waitFor(() => expect(stepUpIsOpen()).toBe(true));
    proved = true;
    await new Promise((resolve) => setTimeout(resolve, 20));
    endStepUp(true);
    await expect(acts).resolves.toEqual(["done", "done"]);
    expect(seen.map((request) => request.method)).toEqual(["POST", "DELETE", "POST", "DELETE"]);
    await expect(seen[2]?.json()).resolves.toEqual({ wish: 1 });
  });

  it("is refused when they close the dialog, and reading never opens it", async () => {
    adopt(signedIn("t1"));
    const seen = serve(needed);
    await expect(api.get("/api/a")).rejects.toMatchObject({ code: "recent_sign_in_needed" });
    expect(stepUpIsOpen()).toBe(false);
    const act = api.put("/api/a", {});
    await vi.waitFor(() => expect(stepUpIsOpen()).toBe(true));
    endStepUp(false);
    await expect(act).rejects.toMatchObject({ code: "recent_sign_in_needed" });
    expect(seen).toHaveLength(2);
  });

  it("leaves other refusals alone", async () => {
    adopt(signedIn("t1"));
    serve(() => json(403, { code: "role_missing", detail: "" }));
    await expect(api.post("/api/a")).rejects.toMatchObject({ code: "role_missing" });
    expect(stepUpIsOpen()).toBe(false);
  });
});

describe("refusals", () => {
  it("keep the server's sentence, facts, fields and reference", async () => {
    serve(() =>
      json(422, {
        code: "invalid_input",
        title: "Unprocessable",
        detail: "표시된 항목을 확인해 주세요.",
        facts: { a: 1 },
        errors: [
          { field: "email", code: "taken", message: "이미 있습니다." },
          { field: "email", code: "second", message: "둘째" },
        ],
      }),
    );
    const error = await api.post("/api/x", {}).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "invalid_input",
      message: "표시된 항목을 확인해 주세요.",
      reference: "r1",
    });
    expect(fieldErrors(error)).toEqual({ email: "이미 있습니다." });
  });

  it("survive an answer that is not JSON, and no answer at all", async () => {
    serve(() => new Response("<html>502</html>", { status: 502 }));
    await expect(api.get("/api/x")).rejects.toMatchObject({ status: 502, code: "http_502" });
    serve(() => Promise.reject(new TypeError("failed")));
    await expect(api.get("/api/x")).rejects.toBeInstanceOf(NoAnswer);
  });
});

describe("a wish that must happen once", () => {
  it("keeps its key through silence and gives it up after an answer", async () => {
    const body = { hold_id: "h1" };
    const keys: string[] = [];
    const attempt = (result: () => Promise<unknown>) =>
      once("booking", body, (key) => {
        keys.push(key);
        return result();
      }).catch(() => undefined);
    await attempt(() => Promise.reject(new NoAnswer()));
    await attempt(() => Promise.reject(Object.assign(new Error(), { status: 409 })));
    await attempt(() => Promise.resolve("done"));
    await attempt(() => Promise.resolve("another"));
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it("has a key of its own for each body", () => {
    expect(keyFor("booking", { hold_id: "a" })).not.toBe(keyFor("booking", { hold_id: "b" }));
    expect(keyFor("booking", { hold_id: "a" })).toBe(keyFor("booking", { hold_id: "a" }));
  });
});
