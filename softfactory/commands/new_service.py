"""`softfactory new-service`: a folder that passes every check as it is written, to be filled with a trade."""

import keyword
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from softfactory.kernel.service import SERVICES, discover, names

TREE = SERVICES.parent.parent
TEMPLATES = Path(__file__).parent / "new_service_templates"
LONGEST = 24
"""So that the lines of the generated code stay within their measure."""

_NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_HOLE = re.compile(r"@@(\w+)@@")
# PostgreSQL reserves these, and the service's schema bears its name (appendix C of its manual).
_SCHEMAS = re.findall(
    r"\w+",
    "all analyse analyze any array asc asymmetric both case cast check collate column constraint create default "
    "deferrable desc distinct do end except fetch foreign grant group having initially intersect lateral leading "
    "limit localtime offset only order placing primary public references select some symmetric table then to "
    "trailing union unique user using variadic when where window",
)
_ELSEWHERE = frozenset(
    {"api", "assets", "docs", "health", "internal", "kernel", "metrics", "openapi", "services", "tests"}
)
"""Words that mean something else in addresses or in the tree."""


class NameRefused(Exception):
    """The name cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class Plan:
    """What the templates are filled with. ``name``: the folder; ``prefix``: its word in addresses."""

    name: str
    prefix: str
    pascal: str
    title_en: str
    title_ko: str
    order: int

    @property
    def folder(self) -> Path:
        return SERVICES / self.name


def plan(wish: str, *, title: str = "", title_ko: str = "") -> Plan:
    """Check a name, given with hyphens or underscores, against the rules and against what is there already."""
    name = wish.replace("-", "_")
    if not _NAME.fullmatch(wish) or not 2 <= len(name) <= LONGEST:
        raise NameRefused(
            f"{wish!r} is no name for a service: 2 to {LONGEST} small letters and digits, a letter first, words "
            "joined by hyphens or underscores, as in sns-auto."
        )
    prefix = name.replace("_", "-")
    if (
        keyword.iskeyword(name)
        or keyword.issoftkeyword(name)
        or name in _ELSEWHERE.union(_SCHEMAS)
        or name[:3] == "pg_"
    ):
        raise NameRefused(
            f"{wish!r} means something else in Python, in PostgreSQL or in addresses: choose another."
        )
    if (SERVICES / name).exists():
        raise NameRefused(f"{SERVICES / name} is there already: nothing was written.")
    _refuse_taken_addresses(prefix)
    pascal = "".join(part.capitalize() for part in name.split("_"))
    title_en = _line(title) or prefix.replace("-", " ").capitalize()
    order = max((service.order for service in discover().values()), default=0) + 10
    return Plan(name, prefix, pascal, title_en, _line(title_ko) or title_en, order)


def _line(title: str) -> str:
    """A title that fits between quotes on one line."""
    if re.search(r'["\\{}\x00-\x1f]|@@', title) or len(title) > 30:
        raise NameRefused(
            f"{title!r} is no title: at most 30 characters, without quotes, braces and backslashes."
        )
    return title.strip()


def _refuse_taken_addresses(prefix: str) -> None:
    from softfactory.main import build

    paths = build().openapi()["paths"]
    screens = (path.read_text() for path in SERVICES.glob("*/web/feature.ts"))
    if any(re.match(rf"/(api/)?{re.escape(prefix)}(/|$)", path) for path in paths) or any(
        re.search(rf'path: "/{re.escape(prefix)}[/"]', source) for source in screens
    ):
        raise NameRefused(f"/{prefix} is an address of another service: choose another name.")


def write(wanted: Plan) -> list[Path]:
    """Write the folder whole or not at all; its files."""
    facts = {key: str(value) for key, value in vars(wanted).items()}
    draft = Path(tempfile.mkdtemp(prefix=".new-service-", dir=SERVICES))
    try:
        for template in sorted(TEMPLATES.rglob("*.tmpl")):
            file = draft / template.relative_to(TEMPLATES).with_suffix("")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_HOLE.sub(lambda hole: facts[hole[1]], template.read_text()))
        draft.chmod(0o755)
        draft.rename(wanted.folder)  # fails when somebody else made it in the meantime
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    names.cache_clear()
    discover.cache_clear()
    return sorted(path for path in wanted.folder.rglob("*") if path.is_file())


def next_steps(wanted: Plan) -> list[str]:
    """What to do now, in order."""
    return [
        "make api      the browser's client learns the new addresses; commit web/openapi.json and web/src/api",
        "make check    everything that can be read off the code; it passes now, keep it so",
        f".venv/bin/pytest -n 0 softfactory/services/{wanted.name}    its stories",
        f"make up       then sign in as the demo guest and open /{wanted.prefix}",
        "Replace notes by your own first noun: models.py, notes.py, schemas.py, errors.py, routes.py, the migration, "
        "the screen. docs/add-a-service.md goes through it.",
    ] + (
        ["Give it a Korean title: service.py, web/feature.ts, web/messages/ko.json."]
        if wanted.title_ko == wanted.title_en
        else []
    )
