import { describe, expect, it } from "vitest";
import { formatMoney, formatRange, formatRelative, formatTime, offsetOf, zoneName } from "#web/ui/format";

describe("money", () => {
  it("is written as each language writes it", () => {
    expect(formatMoney({ amount: 120000, currency: "KRW" }, "ko")).toBe("120,000원");
    expect(formatMoney({ amount: 120000, currency: "KRW" }, "en")).toBe("₩120,000");
    expect(formatMoney({ amount: -5000, currency: "KRW" }, "ko")).toBe("-5,000원");
  });

  it("counts in the smallest unit of its currency", () => {
    expect(formatMoney({ amount: 1999, currency: "USD" }, "en")).toBe("$19.99");
  });
});

describe("time", () => {
  it("is told in the zone where it happens", () => {
    const at = "2026-11-23T09:00:00Z";
    expect(formatTime(at, { style: "time", zone: "Asia/Seoul", lang: "ko" })).toBe("오후\u00a06:00");
    expect(formatTime(at, { style: "time", zone: "America/New_York", lang: "en" })).toMatch(/^0?4:00$/);
  });

  it("does not break inside a clock's reading", () => {
    const from = "2026-11-23T02:00:00Z";
    const until = "2026-11-23T04:00:00Z";
    const inSeoul = { zone: "Asia/Seoul" } as const;
    expect(formatRange(from, until, { ...inSeoul, lang: "ko" })).toBe(
      "2026년 11월 23일\u00a0(월) 오전\u00a011:00 ~ 오후\u00a01:00",
    );
    expect(formatRange(from, until, { ...inSeoul, lang: "en" })).toMatch(/11:00–\u206013:00$/);
  });

  it("knows the offset on both sides of a clock change", () => {
    expect(offsetOf("Asia/Seoul", new Date("2026-07-01T00:00:00Z"))).toBe(540);
    expect(offsetOf("America/New_York", new Date("2026-07-01T00:00:00Z"))).toBe(-240);
    expect(offsetOf("America/New_York", new Date("2026-12-01T00:00:00Z"))).toBe(-300);
    expect(offsetOf("UTC", new Date("2026-12-01T00:00:00Z"))).toBe(0);
  });

  it("names a zone in the reader's language", () => {
    expect(zoneName("Asia/Seoul", "ko")).toMatch(/한국|대한민국/);
    expect(zoneName("Asia/Seoul", "en")).toMatch(/Korea/);
  });

  it("says how long ago", () => {
    const now = new Date("2026-11-23T12:00:00Z");
    expect(formatRelative("2026-11-23T09:00:00Z", now, "ko")).toBe("3시간 전");
    expect(formatRelative("2026-11-24T12:00:00Z", now, "en")).toBe("tomorrow");
  });
});
