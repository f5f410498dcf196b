"""What comes of the bytes that people send: pictures made small and clean, or a refusal that says what to do."""

import asyncio
import struct
import zlib
from base64 import b64decode

import pytest
from PIL import Image, ImageCms

from softfactory.kernel import darkroom, errors, pictures
from tests.kernel.photos import animated, bomb, opened, photo, saved, turned

RED, BLUE = (255, 0, 0), (0, 0, 255)


def near(colour: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - b) < 40 for a, b in zip(colour, wanted, strict=False))


async def test_a_photo_becomes_four_pictures_for_four_widths() -> None:
    facts, blobs = await pictures.develop(photo((4000, 3000)))
    assert (facts["width"], facts["height"]) == (4000, 3000)
    assert [(each["width"], each["height"]) for each in facts["renditions"]] == [
        (1920, 1440),
        (1280, 960),
        (640, 480),
        (320, 240),
    ]
    for each, blob in zip(facts["renditions"], blobs, strict=True):
        made = opened(blob)
        assert (made.format, made.size) == ("WEBP", (each["width"], each["height"]))
        assert near(made.convert("RGB").getpixel((10, 10)), RED)
        assert near(made.convert("RGB").getpixel((made.width - 10, made.height - 10)), BLUE)
    assert facts["colour"][5:] in {"fe", "ff"}
    kind, _, small = facts["placeholder"].partition(",")
    assert kind == "data:image/webp;base64"
    assert len(facts["placeholder"]) < 300
    assert opened(b64decode(small)).size == (16, 12)


@pytest.mark.parametrize(("width", "widths"), [(100, [100]), (320, [320]), (1000, [1000, 640, 320])])
async def test_no_picture_is_made_larger_than_it_was(width: int, widths: list[int]) -> None:
    facts, _ = await pictures.develop(photo((width, width)))
    assert [each["width"] for each in facts["renditions"]] == widths


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_a_photo_stands_upright_and_forgets_where_it_was_taken(orientation: int) -> None:
    sent = turned(orientation, (3000, 2000))
    assert b"SecretCameraMaker" in sent
    facts, blobs = await pictures.develop(sent)
    lying = orientation < 5
    assert (facts["width"], facts["height"]) == ((3000, 2000) if lying else (2000, 3000))
    red = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[
        orientation
    ]
    for blob in blobs:
        made = opened(blob)
        corner = tuple(20 + at * (side - 40) for at, side in zip(red, made.size, strict=True))
        assert near(made.convert("RGB").getpixel(corner), RED)
        assert not made.getexif()
        assert not {"exif", "xmp", "icc_profile"} & made.info.keys()
        assert b"SecretCameraMaker" not in blob


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
async def test_five_kinds_are_taken(form: str) -> None:
    facts, blobs = await pictures.develop(photo((400, 300), form))
    assert facts["width"] == 400
    assert near(opened(blobs[0]).convert("RGB").getpixel((20, 20)), RED)


@pytest.mark.parametrize(
    ("sent", "colour"),
    [
        (saved(Image.new("CMYK", (400, 300), (0, 255, 255, 0)), "JPEG"), RED),
        (saved(Image.new("I;16", (400, 300), 32768), "PNG"), (128, 128, 128)),
        (saved(Image.new("LA", (400, 300), (200, 255)), "PNG"), (200, 200, 200)),
        (saved(Image.new("1", (400, 300), 1), "PNG"), (255, 255, 255)),
        (saved(Image.new("L", (400, 300), 128), "JPEG"), (128, 128, 128)),
        (animated(), RED),
    ],
    ids=["CMYK", "16 bits", "grey with alpha", "one bit", "grey", "animated"],
)
async def test_unusual_pictures_keep_their_colours(sent: bytes, colour: tuple[int, int, int]) -> None:
    _, blobs = await pictures.develop(sent)
    assert near(opened(blobs[0]).convert("RGB").getpixel((20, 20)), colour)


async def test_a_palette_with_a_clear_colour_stays_clear() -> None:
    palette = Image.new("P", (400, 300), 0)
    palette.putpalette([255, 0, 0, 0, 0, 255] + [0] * 762)
    palette.paste(1, (0, 0, 200, 300))
    _, blobs = await pictures.develop(saved(palette, "PNG", transparency=0))
    made = opened(blobs[0])
    assert made.mode == "RGBA"
    assert (made.getpixel((300, 150))[3], made.getpixel((100, 150))[3]) == (0, 255)


async def test_colours_of_another_profile_are_brought_to_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    plain = photo((400, 300))
    _, as_it_is = await pictures.develop(plain)
    _, nonsense = await pictures.develop(photo((400, 300), icc_profile=b"no profile at all"))
    _, other = await pictures.develop(photo((400, 300), icc_profile=lab.tobytes()))
    first = opened(as_it_is[0]).convert("RGB").getpixel((20, 20))
    assert near(opened(nonsense[0]).convert("RGB").getpixel((20, 20)), first)
    assert opened(other[0]).mode == "RGB"


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (b"Dear chef, this is a letter.", ""),
        (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            "SVG",
        ),
        (b"<!DOCTYPE html><script>alert(1)</script>", "HTML"),
        (b"%PDF-1.7 ...", "PDF"),
        (saved(Image.new("RGB", (50, 50)), "BMP"), "BMP"),
        (saved(Image.new("RGB", (50, 50)), "TIFF"), "TIFF"),
        (b"\0\0\0\x20ftypheic\0\0\0\0heicmif1" + b"\0" * 100, "HEIC"),
        (b"\0\0\0\x20ftypmp42\0\0\0\0mp42isom" + b"\0" * 100, "video"),
    ],
    ids=["text", "SVG", "HTML", "PDF", "BMP", "TIFF", "HEIC", "video"],
)
async def test_what_is_no_picture_is_named(sent: bytes, found: str) -> None:
    with pytest.raises(pictures.PictureKind) as refused:
        await pictures.develop(sent)
    assert refused.value.facts["found"] == found
    assert "JPEG, PNG, WebP, AVIF, GIF" in refused.value.sentence("en")
    assert "JPEG, PNG, WebP, AVIF, GIF" in refused.value.sentence("ko")


def _claims(width: int, height: int) -> bytes:
    """A PNG's header that promises so many pixels, with nearly nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [b"IHDR" + head, b"IDAT" + zlib.compress(b"\0" * 1000), b"IEND"]
    packed = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _canvas(width: int, height: int) -> bytes:
    """A WebP of a canvas so large, with one small frame."""
    made = saved(
        Image.new("RGBA", (50, 50)), "WEBP", save_all=True, append_images=[Image.new("RGBA", (50, 50), "red")]
    )
    at = made.index(b"VP8X") + 12
    return made[:at] + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + made[at + 6 :]


@pytest.mark.parametrize(
    "sent",
    [bomb("PNG"), bomb("WEBP"), _claims(60_000, 60_000), _canvas(16_000, 16_000)],
    ids=["PNG", "WebP", "a header", "a canvas"],
)
async def test_a_bomb_is_refused_before_it_is_decoded(sent: bytes) -> None:
    assert len(sent) < 1_000_000
    with pytest.raises(pictures.PictureTooManyPixels) as refused:
        await pictures.develop(sent)
    assert refused.value.facts["megapixels"] == 50


@pytest.mark.parametrize("size", [(30, 30), (41, 400), (1, 2000)])
async def test_specks_and_threads_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(pictures.PictureShape):
        await pictures.develop(photo(size, "PNG"))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        photo((1500, 1000))[:4000],
        photo((600, 400), "PNG")[:700],
        photo((600, 400), "WEBP")[:60],
        photo((600, 400), "AVIF")[:200],
        b"\xff\xd8\xff\xe0" + b"not really" * 100,
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x10\0\0\0WEBP",
        b"GIF89a",
    ],
    ids=["nothing", "JPEG", "PNG", "WebP", "AVIF", "a lie", "PNG's start", "WebP's start", "GIF's start"],
)
async def test_what_breaks_off_is_unreadable(sent: bytes) -> None:
    with pytest.raises(pictures.PictureUnreadable):
        await pictures.develop(sent)


async def test_forty_megabytes_are_too_large() -> None:
    with pytest.raises(pictures.PictureTooLarge) as refused:
        await pictures.develop(photo() + b"\0" * 40_000_000)
    assert (refused.value.status, refused.value.facts["megabytes"]) == (413, 15)


async def test_a_darkroom_that_hangs_is_left_and_its_process_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "DARKROOM_SECONDS", 0.001)
    async with asyncio.timeout(60):  # nobody waits for ever
        with pytest.raises(pictures.PictureUnreadable):
            await pictures.develop(photo((4000, 3000)))


async def test_a_darkroom_that_dies_is_an_unreadable_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "__name__", "softfactory.kernel.no_such_room")
    with pytest.raises(pictures.PictureUnreadable):
        await pictures.develop(photo())


def test_every_refusal_says_what_to_do_in_both_languages() -> None:
    for refusal in pictures.REFUSALS:
        assert issubclass(refusal, errors.Problem)
        assert refusal.ko != errors.Problem.ko
        assert refusal.en.endswith(".")
