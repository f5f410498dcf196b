"""Rules of the house that no linter knows: `house_rules.py` lists every line that breaks one."""

import re
import subprocess
import sys
from collections.abc import Iterator

from common import ROOT, say

CODE = (".py", ".ts", ".tsx")
LOCKS = re.compile(r"(\.lock|package-lock\.json|requirements[^/]*\.txt)$")
LONGEST = 400
# Written so that these patterns do not find themselves.
LINES: list[tuple[str, str, re.Pattern[str]]] = [
    # where (a pattern of paths), what to say, what to look for
    (
        r"^softfactory/(?!kernel/).*(?<!_test)\.py$",
        "only the kernel commits",
        re.compile(r"\.comm" r"it\("),
    ),
    (
        r"\.py$",
        "name the zone: datetime.now(UTC), or ask sf_now()",
        re.compile(r"datetime\.(now|utcnow)" r"\(\)"),
    ),
    (
        r"^softfactory/.*\.py$",
        "work is asked for by @job, not by a bare Celery task",
        re.compile(r"@(shared_)?task\b"),
    ),
    (
        r"\.(py|ts|tsx)$",
        "nothing unfinished and nothing switched off",
        re.compile(
            r"\b(TO"
            r"DO|FIX"
            r"ME)\b|pytest\.(mark\.)?(sk"
            r"ip|xf"
            r"ail)|\b(it|test|describe)\.sk"
            r"ip|ts-ig"
            r"nore"
        ),
    ),
    (
        r"\.py$",
        "a type: ignore gives its reason after a second #",
        re.compile(r"#\s*type:\s*ig" r"nore(\[[^\]]*\])?\s*$"),
    ),
]
ADDRESS = re.compile(r"https?://[^ \"]*(files|registry|simple|tarball|\.tgz|\.whl)")


def tracked() -> list[str]:
    """The files that git has or would take."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def broken() -> Iterator[str]:
    """Every place that breaks a rule."""
    for name in tracked():
        path = ROOT / name
        generated = "/generated/" in name
        if not path.is_file() or generated:
            continue
        if LOCKS.search(name) and ADDRESS.search(path.read_text()):
            yield f"{name}: lock files carry no download addresses"
        if name.endswith(CODE):
            lines = path.read_text().splitlines()
            if len(lines) > LONGEST and "/migrations/" not in name:
                yield f"{name}: {len(lines)} lines; past {LONGEST}, split by noun"
            yield from breaches(name, lines)


def breaches(name: str, lines: list[str]) -> Iterator[str]:
    """The lines of one file that break a rule."""
    for where, rule, pattern in LINES:
        if re.search(where, name):
            for number, line in enumerate(lines, 1):
                if pattern.search(line):
                    yield f"{name}:{number}: {rule}"


if __name__ == "__main__":
    found = list(broken())
    for place in found:
        say(place)
    sys.exit(1 if found else 0)
