"""Cut the app's fonts out of Pretendard (SIL Open Font License) into a few small woff2 files.

Run by hand when the messages have changed much; the result is committed, so that no build needs the 6 MB source:

    npm pack pretendard@1.3.9 && tar xzf pretendard-1.3.9.tgz
    python web/scripts/fonts.py package/dist/public/variable/PretendardVariable.ttf

The first file holds Latin and the syllables of the messages that every visitor meets, and is preloaded. The others hold
the remaining syllables of KS X 1001, the most used first (in the parts' own messages, then in our Korean texts: names,
dishes, reviews), so that a page fetches one or two of them and hardly ever the last. The licence reserves the name
"Pretendard", so the cut is called UISans.
"""

import sys
from collections import Counter
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "web" / "src" / "ui" / "fonts"
CSS = OUT / "fonts.css"
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026]
SIGNS = [0x20A9, 0x2192, 0x2212, 0x00D7, 0x3001, 0x3002, 0x300C, 0x300D]
SIZES = (150, 150, 200, 300, 450)
"""How many syllables the parts hold; the last one holds the rest. What is rarely needed may be large."""


def _syllables(*patterns: str) -> Counter[int]:
    """How often each syllable stands in these files."""
    files = {file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()}
    texts = (file.read_text(encoding="utf-8", errors="ignore") for file in sorted(files))
    return Counter(ord(sign) for text in texts for sign in text if "가" <= sign <= "힣")


def syllables_of_first_messages() -> set[int]:
    """Of the shell and of the services' common messages; a part's own (`desk.ko.json`) come with the part."""
    common = ("web/messages/ko.json", "softfactory/services/*/web/messages/ko.json")
    return set(_syllables(*common, "softfactory/services/*/web/*.ts"))


def by_use(codes: list[int]) -> list[int]:
    """The most used first; what our texts never use stands in the order of the alphabet."""
    parts = _syllables("softfactory/services/*/web/messages/*.ko.json")
    texts = _syllables("softfactory/**/*.py", "softfactory/services/*/demo/**/*")
    return sorted(codes, key=lambda code: (-min(parts[code], 1), -texts[code], code))


def common_syllables() -> list[int]:
    """The 2,350 syllables of KS X 1001: what EUC-KR can write."""
    found = []
    for code in range(0xAC00, 0xD7A4):
        try:
            if len(chr(code).encode("euc_kr")) == 2:
                found.append(code)
        except UnicodeEncodeError:
            continue
    return found


def cut(source: Path, codes: list[int], name: str) -> None:
    font = TTFont(source)
    options = Options()
    options.layout_features = ["kern", "liga", "tnum", "calt"]
    options.name_IDs = [0, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    # After the cut: narrowing the weights of all 14,000 glyphs takes minutes.
    instantiateVariableFont(font, {"wght": (400, 700)}, inplace=True)
    for record in font["name"].names:
        record.string = str(record).replace("Pretendard", "UISans")
    for name_id in (1, 4, 6, 16):
        font["name"].setName("UISans", name_id, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(OUT / f"ui-sans-{name}.woff2")


def ranges(codes: list[int]) -> str:
    spans: list[list[int]] = []
    for code in sorted(codes):
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


def main(source: Path) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    ours = syllables_of_first_messages()
    others = by_use([code for code in common_syllables() if code not in ours])
    cuts = {"core": sorted({*LATIN, *SIGNS, *ours})}
    for number, size in enumerate((*SIZES, len(others)), start=1):
        cuts[f"part{number}"], others = others[:size], others[size:]
    faces = ["/* Written by web/scripts/fonts.py. */"]
    for name, codes in cuts.items():
        cut(source, codes, name)
        faces.append(
            "@font-face {\n  font-family: UISans;\n  font-weight: 400 700;\n  font-display: swap;\n"
            f'  src: url("./ui-sans-{name}.woff2") format("woff2");\n  unicode-range: {ranges(codes)};\n}}'
        )
    CSS.write_text("\n".join(faces) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
