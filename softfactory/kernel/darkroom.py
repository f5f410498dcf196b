"""From the bytes that someone sent to clean WebP pictures: ``python -m softfactory.kernel.darkroom < photo > answer``.

A process of its own, with limits of its own, for one picture: decoders are written in C and fed by strangers, and
decoding costs processor and memory that no event loop and no app should pay. It imports nothing of ours. The answer
is one line of JSON, then the renditions one after another; or one line that says what is wrong.
"""

import base64
import io
import json
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps

WIDTHS = (320, 640, 1280, 1920)
MAX_PIXELS = 50_000_000
SHORTEST = 40
LONGEST_TIMES = 8
"""A side is at most so many times the other: WebP ends at 16,383 pixels, and nobody can look at a thread."""

MEMORY = 1_536 * 1024 * 1024
PROCESSOR_SECONDS = 30
QUALITY = 82

_BLUR = 16
_DECODERS = {"JPEG": "JPEG", "PNG": "PNG", "WebP": "WEBP", "GIF": "GIF", "AVIF": "AVIF"}
_ROTATED = (5, 6, 7, 8)


class Refused(Exception):
    """Not a picture that we take; ``why`` is the last part of a refusal's code."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts


def kind_of(content: bytes) -> str:
    """What the bytes are by their first ones, never by a name or a header: a decoder's name, a kind that we do
    not take, or nothing."""
    if content[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    if content[4:8] == b"ftyp":
        brands = content[8:64]
        if b"avif" in brands or b"avis" in brands:
            return "AVIF"
        return "HEIC" if b"hei" in brands or b"hev" in brands or b"mif1" in brands else "video"
    return _strangers(content)


def _strangers(content: bytes) -> str:
    """Kinds that we know well enough to name them."""
    if content[:4] == b"%PDF":
        return "PDF"
    if content[:4] in (b"II*\0", b"MM\0*"):
        return "TIFF"
    if content[:2] == b"BM":
        return "BMP"
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in head:
        return "SVG"
    if head.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    return ""


def develop(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The facts and renditions of a picture; Refused when it is none."""
    kind = kind_of(content)
    if kind not in _DECODERS:
        raise Refused("kind", found=kind)
    try:
        with Image.open(io.BytesIO(content), formats=[_DECODERS[kind]]) as opened:
            _measure(*opened.size)
            return _renditions(opened)
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    except Exception as error:  # whatever a decoder says of broken bytes
        raise Refused("unreadable") from error


def _measure(width: int, height: int) -> None:
    """Refuse by shape, before anything is decoded. The number of pixels is Pillow's to refuse (``main``)."""
    if min(width, height) < SHORTEST or max(width, height) > LONGEST_TIMES * min(width, height):
        raise Refused("shape", width=width, height=height)


def _renditions(opened: Image.Image) -> tuple[dict[str, Any], list[bytes]]:
    turned = opened.getexif().get(0x0112) in _ROTATED
    width, height = opened.size[::-1] if turned else opened.size
    widest = min(width, WIDTHS[-1])
    # A JPEG is decoded at a half, quarter or eighth where that is enough: half the time, a quarter of the memory.
    wanted = (widest, -(-widest * height // width))
    opened.draft(None, wanted[::-1] if turned else wanted)
    picture = _plain(opened)
    blobs, sizes = [], []
    for each in sorted({w for w in WIDTHS if w < width} | {widest}, reverse=True):
        size = (each, max(1, round(each * height / width)))
        picture = (
            picture
            if picture.size == size
            else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        )
        blobs.append(_webp(picture, QUALITY))
        sizes.append({"width": each, "height": size[1], "bytes": len(blobs[-1])})
    facts = {
        "width": width,
        "height": height,
        "placeholder": _placeholder(picture),
        "colour": _colour(picture),
        "renditions": sizes,
    }
    return facts, blobs


def _plain(opened: Image.Image) -> Image.Image:
    """The first frame as sRGB, upright, with nothing but its pixels."""
    opened.load()
    picture = ImageOps.exif_transpose(opened)
    profile = opened.info.get("icc_profile")
    if (
        picture.mode.startswith("I") or picture.mode == "F"
    ):  # 16 bits of grey: scaled, where convert() would clip
        picture = picture.convert("F").point(lambda value: value / 257 + 0).convert("L")
    clear = picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        picture = _in_srgb(picture, profile)
    picture = picture.convert("RGBA" if clear else "RGB")
    picture.info = {}
    return picture


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture's colours as a screen shows them; a profile that is nonsense is left aside."""
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        made = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=target,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return made or picture


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def _placeholder(picture: Image.Image) -> str:
    """Sixteen pixels as a data address, about 200 bytes: what is seen until the picture is there."""
    small = _on_white(picture)
    small.thumbnail((_BLUR, _BLUR), Image.Resampling.BOX)
    return "data:image/webp;base64," + base64.b64encode(_webp(small, 60)).decode()


def _colour(picture: Image.Image) -> str:
    """The colour that most of the picture has."""
    few = _on_white(picture).resize((48, 48), Image.Resampling.BOX).quantize(6)
    _, most = max(few.getcolors() or [(0, 0)], key=lambda counted: counted[0])
    index = 3 * int(str(most))  # a palette's colours are numbers
    return "#" + bytes((few.getpalette() or [])[index : index + 3]).hex()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture.copy()
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _limit() -> None:
    """What this process may use at most; what goes beyond is refused, not swapped."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """One picture from standard input, its answer on standard output."""
    _limit()
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = (
        MAX_PIXELS // 2
    )  # at twice this Pillow raises, before it decodes and wherever a size is told
    try:
        facts, blobs = develop(sys.stdin.buffer.read())
    except Refused as refused:
        facts, blobs = {"refused": refused.why, "facts": refused.facts}, []
    except MemoryError:
        facts, blobs = {"refused": "unreadable", "facts": {}}, []
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + b"".join(blobs))


if __name__ == "__main__":
    main()
