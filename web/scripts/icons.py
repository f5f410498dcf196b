"""Draw the app's icons as PNG from ``web/public/icon.svg``, with Chromium.

Run by hand when the drawing changes; the result is committed:

    python web/scripts/icons.py

The maskable icon fills the whole square and keeps the drawing inside the circle that every launcher leaves whole.
"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

PUBLIC = Path(__file__).resolve().parents[1] / "public"
ROUND, FULL = "rx=\"16\" ", ""
ICONS = {
    "icon-192.png": (192, ROUND, 1.0),
    "icon-512.png": (512, ROUND, 1.0),
    "maskable-512.png": (512, FULL, 0.8),
    "apple-touch-icon.png": (180, FULL, 0.9),
}


def drawing(size: int, corners: str, scale: float) -> str:
    """The SVG at a size: its ground to the edges, its drawing as large as is safe."""
    svg = (PUBLIC / "icon.svg").read_text(encoding="utf-8")
    ground, inside = svg.split('<g fill="#fff">', 1)
    inside = '<g fill="#fff">' + inside.removesuffix("</svg>")
    ground = ground.replace(ROUND, corners).replace("<svg ", f'<svg width="{size}" height="{size}" ')
    return (
        f'<body style="margin:0">{ground}'
        f'<g transform="translate(32 32) scale({scale}) translate(-32 -32)">{inside}</g></svg></body>'
    )


def main() -> None:
    (PUBLIC / "icons").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (size, corners, scale) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(drawing(size, corners, scale))
            page.screenshot(path=PUBLIC / "icons" / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
