"""Real pictures, made for one test."""

import io
from typing import Any

from PIL import Image, ImageDraw


def photo(size: tuple[int, int] = (800, 600), form: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture whose left upper quarter is red and whose rest is blue."""
    picture = Image.new("RGB", size, "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    return saved(picture.convert(mode), form, **options)


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def turned(orientation: int = 6, size: tuple[int, int] = (800, 600)) -> bytes:
    """As a phone held upright writes it: lying, with a note of how to turn it, and of where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCameraMaker"
    exif.get_ifd(0x8825)[2] = (37.0, 33.0, 59.0)
    exif.get_ifd(0x8825)[1] = "N"
    return photo(size, exif=exif)


def animated() -> bytes:
    """A GIF of a red picture, then a green one."""
    frames = [Image.new("P", (120, 80), 0) for _ in range(2)]
    for frame, colour in zip(frames, ((255, 0, 0), (0, 255, 0)), strict=True):
        frame.putpalette([*colour, *([0] * 765)])
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:])


def bomb(form: str = "PNG") -> bytes:
    """A small file of 64 million pixels."""
    return saved(Image.new("1", (8000, 8000)).convert("L" if form == "PNG" else "RGB"), form)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))
