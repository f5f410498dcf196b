import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { leftUntil, useCountdown } from "./countdown";

const END = "2026-11-27T09:10:00Z";
const at = (clock: string) => Date.parse(`2026-11-27T${clock}Z`);

describe("what is left", () => {
  it("counts down to the second", () => {
    expect(leftUntil(END, at("09:00:00")).clock).toBe("10:00");
    expect(leftUntil(END, at("09:00:55")).clock).toBe("9:05");
    expect(leftUntil(END, at("09:09:59.001")).clock).toBe("0:01");
  });

  it("is over exactly at the end, and stays over", () => {
    expect(leftUntil(END, at("09:09:59.999")).over).toBe(false);
    expect(leftUntil(END, at("09:10:00")).over).toBe(true);
    expect(leftUntil(END, at("11:00:00"))).toMatchObject({ seconds: 0, clock: "0:00", over: true });
  });
});

describe("the running clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: at("09:09:57") }));
  afterEach(() => void vi.useRealTimers());

  it("moves with the seconds and follows a new end", () => {
    const { result, rerender } = renderHook(({ end }) => useCountdown(end), { initialProps: { end: END } });
    expect(result.current?.clock).toBe("0:03");
    act(() => void vi.advanceTimersByTime(2_000));
    expect(result.current?.clock).toBe("0:01");
    act(() => void vi.advanceTimersByTime(5_000));
    expect(result.current?.over).toBe(true);
    rerender({ end: "2026-11-27T09:20:04Z" });
    expect(result.current).toMatchObject({ clock: "10:00", over: false });
  });
});

it("nothing counts where nothing ends", () => {
  expect(renderHook(() => useCountdown(null)).result.current).toBeNull();
});
