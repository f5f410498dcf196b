import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "#web/api/http";
import { ApiError } from "#web/api/problem";
import { type BookingWish, book, hold } from "./actions";
import type { Booking } from "./types";

const table = { chef_id: "c", menu_id: "m", starts_at: "2026-11-27T09:00:00Z", party: 4 };
const wish: BookingWish = {
  hold_id: "h1",
  allergens: [],
  acknowledge_allergens: false,
  note: "",
  extras: [],
};
const refusal = (code: string, facts: Record<string, unknown> = {}) =>
  new ApiError({ title: "", detail: "", status: 409, code, facts });

/** A little API: each address answers what it is given, and every call is written down. */
function answering(answers: Record<string, (body?: unknown) => unknown>): string[] {
  const calls: string[] = [];
  const answer = (method: string) => async (path: string, body?: unknown) => {
    const call = `${method} ${path.replace("/api/coocook", "")}`;
    calls.push(call);
    const reply = answers[call]?.(body);
    if (reply instanceof Error) throw reply;
    return reply;
  };
  vi.spyOn(api, "get").mockImplementation(answer("GET") as never);
  vi.spyOn(api, "post").mockImplementation(answer("POST") as never);
  vi.spyOn(api, "delete").mockImplementation(answer("DELETE") as never);
  return calls;
}

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.restoreAllMocks());

describe("holding a time", () => {
  it("gives back what this tab held before, once the new time is won", async () => {
    let made = 0;
    const calls = answering({ "POST /holds": () => ({ id: `h${++made}` }) });
    await hold(table);
    await hold({ ...table, party: 5 });
    expect(calls).toEqual(["POST /holds", "POST /holds", "DELETE /holds/h1"]);
  });

  it("gives its own earlier hold back first when that one is in the way", async () => {
    const replies: unknown[] = [{ id: "h1" }, refusal("slot_taken", { yours: true }), { id: "h2" }];
    const calls = answering({ "POST /holds": () => replies.shift() });
    await hold(table);
    expect((await hold({ ...table, party: 5 })).id).toBe("h2");
    expect(calls).toEqual(["POST /holds", "POST /holds", "DELETE /holds/h1", "POST /holds"]);
  });

  it("says so when somebody else has the time", async () => {
    answering({ "POST /holds": () => refusal("slot_taken", { yours: false }) });
    await expect(hold(table)).rejects.toMatchObject({ code: "slot_taken" });
  });

  it("never cancels an earlier booking that has been paid", async () => {
    const replies = [{ id: "h1" }, { id: "h2" }];
    const calls = answering({
      "POST /holds": () => replies.shift(),
      "DELETE /holds/h1": () => refusal("hold_booked", { booking_id: "b1" }),
      "GET /bookings/b1": () => ({ status: "confirmed" }),
    });
    await hold(table);
    await hold({ ...table, party: 5 });
    await vi.waitFor(() => expect(calls).toContain("GET /bookings/b1"));
    expect(calls.filter((call) => call.includes("cancel"))).toEqual([]);
  });
});

describe("booking a held table", () => {
  it("takes the booking that fits", async () => {
    const calls = answering({ "POST /bookings": () => ({ id: "b1", status: "held" }) });
    expect((await book(wish, table, () => true)).id).toBe("b1");
    expect(calls).toEqual(["POST /bookings"]);
  });

  it("replaces an unpaid booking of the same hold whose details were changed since", async () => {
    const calls = answering({
      "POST /bookings": (body) => ({
        id: (body as BookingWish).hold_id === "h1" ? "b1" : "b2",
        status: "held",
      }),
      "GET /bookings/b1": () => ({ status: "held" }),
      "POST /holds": () => ({ id: "h2" }),
    });
    const made = await book(wish, table, (booking: Booking) => booking.id === "b2");
    expect(made.id).toBe("b2");
    expect(calls).toEqual([
      "POST /bookings",
      "GET /bookings/b1",
      "POST /bookings/b1/cancel",
      "POST /holds",
      "POST /bookings",
    ]);
  });
});
