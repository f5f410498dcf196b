"""Rules of screens that no linter knows: words, colours, amounts, dates; messages neither missing nor unused.

Each rule carries lines that break it and lines that do not; both are tried at every run before the tree is read, so
that a rule that has gone blind is a failure.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from common import ROOT, say
from house_rules import tracked

SCREENS = re.compile(
    r"^(web/src|softfactory/services/\w+/web)/(?!.*(/generated/|\.test\.tsx?$)).*\.(tsx?|css)$"
)
DRAWINGS = re.compile(r"/illustration/")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*", re.S)
NAMES = {"SoftFactory"}
LETTERS = r"[A-Za-z가-힣]{2}"


@dataclass(frozen=True)
class Rule:
    """Where it holds, what it says, what it looks for; lines that break it and lines that are fine."""

    says: str
    pattern: re.Pattern[str]
    breaches: tuple[str, ...]
    fine: tuple[str, ...]
    where: str = r"\.tsx?$"
    never: str = r"^$"

    def found(self, text: str) -> Iterator[int]:
        """Where in a text it is broken."""
        for hit in self.pattern.finditer(text):
            if (hit.groupdict().get("words") or hit.groupdict().get("said") or "").strip() not in NAMES:
                yield hit.start()


RULES = (
    Rule(
        "words of a screen stand in messages, not in code",
        re.compile(
            rf">(?P<words>[^<>{{}}=;`]*{LETTERS}[^<>{{}}=;`]*)</(?=[\w.]*>)"
            rf"|\s(?:aria-label|title|placeholder|label|alt|description)=\"(?P<said>[^\"]*{LETTERS}[^\"]*)\""
        ),
        (
            "<p>Hello there</p>",
            '<Button title="Press me">',
            "<h2>\n  안녕하세요\n</h2>",
            '<img alt="그림" />',
        ),
        ("<p>{t('hello')}</p>", "<span>SoftFactory</span>", 'title={t("x")}', "const a: Promise<Word> = b;"),
        where=r"\.tsx$",
    ),
    Rule(
        "colours are tokens of theme.ts",
        re.compile(
            r"(?<![\w&])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![\w-])|\b(?:rgb|hsl)a?\("
        ),
        ("color: #fff;", 'c="#d9480f"', "background: rgb(0 0 0 / 0.1);"),
        ('href="#content"', "color: var(--sf-line);", 'hash="demo-title"'),
        where=r"\.(tsx?|css)$",
        never=r"/ui/theme\.ts$|/illustration/",
    ),
    Rule(
        "amounts and numbers are written by format.ts",
        re.compile(r"\.toLocaleString\(|Intl\.NumberFormat\b|₩|[\d}]\s*원[`\"'<]"),
        ("total.toLocaleString()", "`${amount}원`", "<b>₩{amount}</b>", "new Intl.NumberFormat('ko')"),
        ("formatMoney(total)", '"원하는 시간"'),
        never=r"/ui/format\.ts$",
    ),
    Rule(
        "dates and times are written by format.ts",
        re.compile(
            r"\.toLocale(?:Date|Time)String\(|Intl\.(?:DateTime|RelativeTime)Format\b|dayjs\([^)]*\)\.format\("
        ),
        ("at.toLocaleDateString()", "new Intl.DateTimeFormat('ko')", "dayjs(at).format('M월 D일')"),
        ("formatTime(at)", "at.toISOString()"),
        never=r"/ui/format\.ts$",
    ),
)


def without_comments(text: str) -> str:
    """The text with its comments blank: what they say is for readers of the code, and lines keep their numbers."""
    return COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)


def blind() -> Iterator[str]:
    """Rules that do not find a planted breach, or find one where there is none."""
    for rule in RULES:
        for line in rule.breaches:
            if not any(True for _ in rule.found(without_comments(line))):
                yield f"the rule “{rule.says}” does not see: {line}"
        for line in rule.fine:
            if any(True for _ in rule.found(without_comments(line))):
                yield f"the rule “{rule.says}” is against: {line}"
    planted = {"shell": {"used", "unused", "plural_other", "many.a"}}
    code = {"web/src/a.tsx": 't("used"); t("gone"); t("plural", { count }); t(`many.${x}`)'}
    if {line.split(": ")[1] for line in wrong_keys(planted, code)} != {
        "nobody says “unused”",
        "“gone” is no message",
    }:
        yield "unused and missing messages are not seen"


def broken(files: dict[str, str]) -> Iterator[str]:
    """Every place of a screen that breaks a rule."""
    for name, text in files.items():
        bare = without_comments(text)
        for rule in RULES:
            if re.search(rule.where, name) and not re.search(rule.never, name):
                for at in rule.found(bare):
                    yield f"{name}:{bare.count(chr(10), 0, at) + 1}: {rule.says}"


PLURAL = re.compile(r"_(?:zero|one|two|few|many|other)$")
ASKED = re.compile(r"(?<![\w.])t\(\s*(?:\"([^\"]+)\"|`([^`]+)`)")
SPOKEN = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'|`([^`]+)`")
HOLE = re.compile(r"\\\$\\\{[^}]*\\\}")


def keys_of(tree: dict[str, object], under: str = "") -> Iterator[str]:
    """Keys of a message file, as they are asked for."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from keys_of(value, f"{under}{key}.")
        else:
            yield under + key


@cache
def pattern(template: str) -> re.Pattern[str]:
    """What a template string may become."""
    return re.compile(HOLE.sub(".+", re.escape(template)))


def wrong_keys(spaces: dict[str, set[str]], code: dict[str, str]) -> Iterator[str]:
    """Messages that no screen says, and keys that no message has. ``spaces``: keys by service, or ``shell``."""
    spoken: set[str] = set()
    templates: set[str] = set()
    for text in code.values():
        for literal in SPOKEN.findall(text):
            said = next(filter(None, literal), "")
            (templates if literal[2] and "${" in said else spoken).add(said.rpartition(":")[2])
        # Also those inside the holes of a template.
        spoken.update(literal.rpartition(":")[2] for literal, _ in ASKED.findall(text))
        templates.update(template.rpartition(":")[2] for _, template in ASKED.findall(text) if template)
    wide = [pattern(each) for each in templates if re.search(r"[A-Za-z]", re.sub(r"\$\{[^}]*\}", "", each))]
    every = {PLURAL.sub("", key) for keys in spaces.values() for key in keys}
    for service, keys in spaces.items():
        for key in sorted({PLURAL.sub("", key) for key in keys}):
            if key not in spoken and not any(each.fullmatch(key) for each in wide):
                yield f"messages of {service}: nobody says “{key}”"
    for name, text in code.items():
        for literal, _template in ASKED.findall(text):
            key = literal.rpartition(":")[2]
            if literal and key not in every:
                yield f"{name}: “{key}” is no message"


def messages() -> dict[str, set[str]]:
    """Keys by service, of the Korean files (a test compares the two languages)."""
    spaces: dict[str, set[str]] = {}
    for file in [
        *ROOT.glob("web/messages/*ko.json"),
        *ROOT.glob("softfactory/services/*/web/messages/*ko.json"),
    ]:
        if file.name == "live.ko.json":
            continue  # said by the services, as `says` of what they tell; their own tests compare
        service = (
            "shell"
            if file.parent.parent.name == "web" and file.is_relative_to(ROOT / "web")
            else file.parts[-4]
        )
        spaces.setdefault(service, set()).update(keys_of(json.loads(file.read_text(encoding="utf-8"))))
    return spaces


def main() -> int:
    """Try the rules, then read the tree."""
    found = list(blind())
    names = [name for name in tracked() if SCREENS.search(name) and Path(ROOT / name).is_file()]
    files = {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
    found += broken(files)
    code = {name: without_comments(text) for name, text in files.items() if not name.endswith(".css")}
    found += wrong_keys(messages(), {name: text for name, text in code.items() if not DRAWINGS.search(name)})
    for place in found:
        say(place)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
