"""The pictures of README.md, cut from those of ``tests/browser/pictures.py``: ``make front-page``."""

import sys

from PIL import Image

from tests.browser.places import picture_folder
from tests.browser.words import ROOT

SHOWN = {
    "landing": ("landing-full-1440-en-light", (1440, 900), 960),
    "chefs": ("chefs-full-1440-en-light", (1440, 900), 960),
    "pay": ("chefs-chef-book-pay-360-ko-light", (360, 780), 360),
    "desk": ("chef-desk-full-1440-en-dark", (1440, 900), 960),
}
"""The picture, how much of its top is shown, and how wide."""


def main() -> None:
    folder = ROOT / "docs/pictures"
    folder.mkdir(exist_ok=True)
    for name, (source, (width, height), wide) in SHOWN.items():
        file = picture_folder() / f"{source}.png"
        if not file.is_file():
            sys.exit(f"{file} is missing: run `make pictures` first.")
        with Image.open(file) as whole:
            top = whole.convert("RGB").crop((0, 0, width, min(height, whole.height)))
        top = top.resize((wide, round(top.height * wide / width)), Image.Resampling.LANCZOS)
        top.save(folder / f"{name}.webp", quality=82, method=6)
        print(f"docs/pictures/{name}.webp: {(folder / f'{name}.webp').stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
