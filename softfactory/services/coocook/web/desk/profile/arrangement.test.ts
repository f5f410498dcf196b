import { describe, expect, it } from "vitest";
import type { PictureView } from "#web/api/generated";
import type { OwnChef } from "../types";
import { arrangementOf, moved, withPictures } from "./arrangement";

describe("a gallery", () => {
  it("moves one picture and keeps the others in order", () => {
    expect(moved(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(moved(["a", "b", "c", "d"], 3, 0)).toEqual(["d", "a", "b", "c"]);
  });

  it("does not move past its ends", () => {
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], 1, 9)).toEqual(["a", "b"]);
    expect(moved([], 0, 1)).toEqual([]);
  });

  it("is read from a profile as it is written into one", () => {
    const photo = { id: "p" } as PictureView;
    const own = { picture: { kind: "chef", seed: "s" }, cover: null, gallery: [] } as unknown as OwnChef;
    const wanted = { portrait: photo, cover: photo, gallery: [photo] };
    expect(arrangementOf(own)).toEqual({ portrait: null, cover: null, gallery: [] });
    expect(arrangementOf(withPictures(own, wanted))).toEqual(wanted);
    expect(withPictures(own, wanted).picture.seed).toBe("s");
  });
});
