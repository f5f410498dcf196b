import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { backoff } from "#web/app/live/backoff";
import { startLive, useLive } from "#web/app/live/live";
import { queryClient } from "#web/app/query";
import { adopt, forget } from "#web/app/session";

const signedIn = (id: string) => ({
  access_token: `token of ${id}`,
  token_type: "bearer",
  expires_in: 900,
  user: { id, email: `${id}@example.com`, name: id, roles: ["guest"] },
});

class FakeSource extends EventTarget {
  static opened: FakeSource[] = [];
  static get last(): FakeSource {
    return FakeSource.opened.at(-1) as FakeSource;
  }
  closed = false;
  onerror: (() => void) | null = null;
  constructor(readonly address: string) {
    super();
    FakeSource.opened.push(this);
  }
  close(): void {
    this.closed = true;
  }
  say(name: string, cursor: number, data: unknown = {}): void {
    const event = new MessageEvent(name, { data: JSON.stringify(data), lastEventId: String(cursor) });
    this.dispatchEvent(event);
  }
  tell(number: number, kind = "coocook.booking", says: string | null = null): void {
    this.say("notice", number, { number, kind, says, subject_id: "b1", created_at: "2026-11-25T10:00:00Z" });
  }
}

let tickets = 0;
let online = true;
const asked = vi.spyOn(queryClient, "invalidateQueries");
const keys = () => asked.mock.calls.map(([filters]) => filters?.queryKey ?? "everything");
const settle = () => act(async () => void (await vi.advanceTimersByTimeAsync(100)));

beforeAll(() => {
  vi.spyOn(navigator, "onLine", "get").mockImplementation(() => online);
  startLive();
});

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.opened = [];
  tickets = 0;
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("fetch", async () => {
    tickets += 1;
    return new Response(JSON.stringify({ ticket: `t${tickets}`, expires_in: 30 }), { status: 201 });
  });
});

afterEach(async () => {
  await act(async () => forget());
  await settle();
  asked.mockClear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function listening(): Promise<FakeSource> {
  await act(async () => adopt(signedIn("u1")));
  await settle();
  FakeSource.last.say("ready", 7);
  await settle();
  asked.mockClear();
  return FakeSource.last;
}

describe("the stream", () => {
  it("is opened by a ticket when someone signs in, and closed when they leave", async () => {
    const { result } = renderHook(useLive);
    expect(result.current).toBe("off");
    const source = await listening();
    expect(source.address).toBe("/api/live?ticket=t1");
    expect(result.current).toBe("live");
    await act(async () => forget());
    expect(source.closed).toBe(true);
    expect(result.current).toBe("off");
  });

  it("asks anew what shows a thing that changed, once for several notices", async () => {
    const source = await listening();
    source.tell(8);
    source.tell(9);
    await settle();
    expect(keys()).toContainEqual(["coocook", "booking"]);
    expect(keys()).not.toContain("everything");
    expect(keys().filter((key) => JSON.stringify(key) === '["coocook","booking"]')).toHaveLength(1);
    expect(keys()).not.toContainEqual(["platform", "notices"]);
  });

  it("has the bell look when there is something to say", async () => {
    const source = await listening();
    source.tell(8, "coocook.booking", "guest.confirmed");
    await settle();
    expect(keys()).toContainEqual(["platform", "notices"]);
  });

  it("asks everything anew when a number is missing, and at a reset", async () => {
    const source = await listening();
    source.tell(9);
    await settle();
    expect(keys()).toEqual(["everything"]);
    source.say("reset", 40);
    source.tell(41);
    await settle();
    expect(keys().filter((key) => key === "everything")).toHaveLength(2);
    source.tell(41);
    await settle();
    expect(keys().filter((key) => JSON.stringify(key) === '["coocook","booking"]')).toHaveLength(1);
  });

  it("comes back with a new ticket, from where it was", async () => {
    const { result } = renderHook(useLive);
    const source = await listening();
    source.tell(8);
    await act(async () => source.onerror?.());
    expect(source.closed).toBe(true);
    expect(result.current).toBe("down");
    await act(async () => void (await vi.advanceTimersByTimeAsync(600)));
    expect(FakeSource.last.address).toBe("/api/live?ticket=t2&cursor=8");
    await act(async () => FakeSource.last.say("ready", 8));
    expect(result.current).toBe("live");
  });

  it("rests while offline and comes back at once", async () => {
    const source = await listening();
    online = false;
    await act(async () => void window.dispatchEvent(new Event("offline")));
    expect(source.closed).toBe(true);
    await act(async () => void (await vi.advanceTimersByTimeAsync(120_000)));
    expect(tickets).toBe(1);
    online = true;
    await act(async () => void window.dispatchEvent(new Event("online")));
    await settle();
    expect(FakeSource.last.address).toBe("/api/live?ticket=t2&cursor=7");
  });

  it("of another person begins anew", async () => {
    await listening();
    await act(async () => adopt(signedIn("u2")));
    await settle();
    expect(FakeSource.last.address).toBe("/api/live?ticket=t2");
  });
});

describe("pauses", () => {
  it("double up to half a minute and differ between browsers", () => {
    expect([0, 1, 2, 3].map((n) => backoff(n, () => 1))).toEqual([500, 1000, 2000, 4000]);
    expect(backoff(50, () => 1)).toBe(30_000);
    expect(backoff(50, () => 0)).toBe(15_000);
  });
});
