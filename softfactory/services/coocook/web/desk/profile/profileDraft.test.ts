import { describe, expect, it } from "vitest";
import { emptyProfile, profileChanges, profileProblems, profileWish } from "./profileDraft";

const written = {
  ...emptyProfile("서하늘"),
  headline: "장으로 짓는 밥상",
  cuisines: ["korean" as const],
  region: "seoul" as const,
};

describe("a profile being written", () => {
  it("names what is missing", () => {
    expect(profileProblems(emptyProfile(" "))).toEqual({
      name: true,
      headline: true,
      cuisines: true,
      region: true,
    });
    expect(profileProblems(written)).toEqual({});
    expect(profileProblems({ ...written, languages: [] })).toEqual({ languages: true });
  });

  it("sends empty English as none", () => {
    expect(profileWish({ ...written, name_en: " ", bio_en: "Hello" })).toMatchObject({
      name_en: null,
      bio_en: "Hello",
    });
  });

  it("changes only what differs", () => {
    expect(profileChanges(written, written)).toEqual({});
    expect(profileChanges({ ...written, city: "종로구", name: "서하늘 " }, written)).toEqual({
      city: "종로구",
    });
    expect(profileChanges({ ...written, cuisines: ["korean", "temple"] }, written)).toEqual({
      cuisines: ["korean", "temple"],
    });
  });
});
