import { describe, expect, it } from "vitest";
import { fitting, kindOf, prepare, UnfitFile } from "./shrink";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe("a file's first bytes", () => {
  it.each([
    ["\xff\xd8\xff\xe0", "image/jpeg"],
    ["\x89PNG\r\n\x1a\n", "image/png"],
    ["GIF89a", "image/gif"],
    ["RIFF\0\0\0\0WEBPVP8 ", "image/webp"],
    ["\0\0\0 ftypavif\0\0\0\0mif1", "image/avif"],
    ["\0\0\0 ftypheic\0\0\0\0mif1", "image/heic"],
    ["BM\0\0", "image/bmp"],
    ["Dear chef", null],
    ["<svg xmlns='http://www.w3.org/2000/svg'>", null],
    ["RIFF\0\0\0\0WAVE", null],
    ["", null],
  ])("%j is %s", (text, kind) => {
    expect(kindOf(bytes(text))).toBe(kind);
  });
});

describe("a picture that is drawn smaller", () => {
  it("fits the longest side and keeps its shape", () => {
    expect(fitting(6000, 4000)).toEqual({ width: 3840, height: 2560 });
    expect(fitting(3000, 7680)).toEqual({ width: 1500, height: 3840 });
    expect(fitting(800, 600)).toEqual({ width: 800, height: 600 });
  });
});

describe("a file that cannot be sent", () => {
  it.each([
    [new Blob([]), "empty"],
    [new Blob(["a letter"]), "kind"],
    [new Blob([bytes("\xff\xd8\xffbroken")]), "damaged"],
    [new Blob([bytes("\0\0\0 ftypheic\0\0\0\0mif1")]), "kind"],
    [new Blob([bytes("\xff\xd8\xff"), new Uint8Array(16 * 1024 * 1024)]), "large"],
  ])("is refused with its reason", async (file, why) => {
    await expect(prepare(file)).rejects.toEqual(new UnfitFile(why as "kind"));
    await expect(prepare(file)).rejects.toMatchObject({ why });
  });
});
