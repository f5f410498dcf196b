/** The server's limits (`softfactory/kernel/pictures.py`, `darkroom.py`), so that nobody waits to be refused. */
export const MOST_BYTES = 15 * 1024 * 1024;
export const SHORTEST = 40;
const TIMES = 8;
const MOST_PIXELS = 50_000_000;

/** What the server takes. Anything else is sent as JPEG, where this browser can read it (HEIC on an iPhone). */
export const TAKEN = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"] as const;

/** Larger than this in any direction helps nobody: the widest rendition is 1920. */
const LONGEST_SIDE = 3840;
/** From here on a smaller copy is quicker to make than the whole is to send. */
const WORTH_SHRINKING = 6 * 1024 * 1024;

export type Unfit = "kind" | "empty" | "damaged" | "large" | "shape";

/** Why a file cannot be sent, told before it is. */
export class UnfitFile extends Error {
  readonly why: Unfit;

  constructor(why: Unfit) {
    super(why);
    this.name = "UnfitFile";
    this.why = why;
  }
}

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

/** What a file is by its first bytes: a type, or null for what is no picture. Its name may say anything. */
export function kindOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (ascii(bytes, 1, 4) === "PNG" && bytes[0] === 0x89) return "image/png";
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return "image/gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "image/webp";
  if (ascii(bytes, 0, 2) === "BM") return "image/bmp";
  if (/^(II\*\0|MM\0\*)/.test(ascii(bytes, 0, 4))) return "image/tiff";
  if (ascii(bytes, 4, 8) === "ftyp") {
    const brands = ascii(bytes, 8, 64);
    if (/avi[fs]/.test(brands)) return "image/avif";
    if (/hei|hev|mif1/.test(brands)) return "image/heic";
  }
  return null;
}

/** The size to draw at, within the longest side. */
export function fitting(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The file as it will be sent: as it is where it fits, else a smaller JPEG of it. Throws UnfitFile. */
export async function prepare(file: Blob): Promise<Blob> {
  if (file.size === 0) throw new UnfitFile("empty");
  const kind = kindOf(new Uint8Array(await file.slice(0, 64).arrayBuffer()));
  if (kind === null) throw new UnfitFile("kind");
  const taken = (TAKEN as readonly string[]).includes(kind);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    // This browser cannot read it; the server perhaps can, if it takes such files and this one is not too large.
    if (!taken) throw new UnfitFile("kind");
    if (file.size > MOST_BYTES) throw new UnfitFile("large");
    if (kind === "image/avif") return file;
    throw new UnfitFile("damaged");
  }
  try {
    const { width, height } = bitmap;
    if (Math.min(width, height) < SHORTEST || Math.max(width, height) > TIMES * Math.min(width, height)) {
      throw new UnfitFile("shape");
    }
    const fits = file.size <= WORTH_SHRINKING && width * height <= MOST_PIXELS;
    return taken && fits ? file : await redrawn(bitmap);
  } finally {
    bitmap.close();
  }
}

async function redrawn(bitmap: ImageBitmap): Promise<Blob> {
  const { width, height } = fitting(bitmap.width, bitmap.height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) throw new UnfitFile("large");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "white"; // JPEG knows no clear colour, and black is what would be left
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  if (!blob || blob.size > MOST_BYTES) throw new UnfitFile("large");
  return blob;
}
