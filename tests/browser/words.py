"""The product's own sentences: a test names what it presses and reads as the product does, in either language."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent.parent
Language = Literal["ko", "en"]
SPACES = {
    "": ("coocook/booking", "coocook"),
    "desk": ("coocook/desk",),
    "care": ("coocook/care",),
    "platform": ("platform",),
    "platform/admin": ("platform/admin",),
    "security": ("platform/security",),
    "sign-in": ("platform/sign-in",),
    "step-up": ("shell/step-up",),
    "shell": ("shell",),
    "shell/admin": ("shell/admin",),
    "live": ("coocook/live",),
    "gallery": ("shell/gallery",),
    "palette": ("shell/palette",),
    "pictures": ("coocook/pictures", "shell/pictures"),
    "avatar": ("platform/pictures",),
}
"""Where a key is looked up, by its prefix; a guest's words stand in two files."""

_HOLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@cache
def catalogues(language: Language) -> dict[str, dict[str, Any]]:
    """Messages by namespace, as the web app names them: ``shell``, ``platform``, ``coocook/desk``."""
    found: dict[str, dict[str, Any]] = {}
    for file in ROOT.glob(f"web/messages/*{language}.json"):
        part = file.name.removesuffix(f"{language}.json").rstrip(".")
        found[f"shell/{part}" if part else "shell"] = json.loads(file.read_text())
    for file in ROOT.glob(f"softfactory/services/*/web/messages/*{language}.json"):
        service, part = file.parts[-4], file.name.removesuffix(f"{language}.json").rstrip(".")
        found[f"{service}/{part}" if part else service] = json.loads(file.read_text())
    return found


class Words:
    """``say("book.keep")``, ``say("shell:save")``, ``say("guests", count=2)``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def _template(self, key: str, count: int | None) -> str:
        space, _, path = key.rpartition(":")
        forms = (f"{path}_one" if count == 1 and self.language == "en" else f"{path}_other", path)
        for catalogue in SPACES[space]:
            for form in forms if count is not None else (path, f"{path}_other"):
                found: Any = catalogues(self.language)[catalogue]
                for part in form.split("."):
                    found = found.get(part) if isinstance(found, dict) else None
                if isinstance(found, str):
                    return found
        raise KeyError(f"{key} is no message in {self.language}")

    def __call__(self, key: str, **facts: object) -> str:
        count = facts.get("count")
        template = self._template(key, count if isinstance(count, int) else None)
        return _HOLE.sub(lambda hole: str(facts[hole[1]]), template)

    def like(self, key: str, **facts: object) -> re.Pattern[str]:
        """The sentence with anything in the places of the facts that are not given."""
        parts, last = [], 0
        count = facts.get("count")
        template = self._template(key, count if isinstance(count, int) else None)
        for hole in _HOLE.finditer(template):
            parts += [re.escape(template[last : hole.start()])]
            parts += [re.escape(str(facts[hole[1]])) if hole[1] in facts else r".+"]
            last = hole.end()
        # A page may keep a number and its noun together: any space is as good as another.
        return re.compile("".join([*parts, re.escape(template[last:])]).replace(r"\ ", r"\s"))

    def won(self, amount: int) -> str:
        return f"{amount:,}원" if self.language == "ko" else f"₩{amount:,}"
