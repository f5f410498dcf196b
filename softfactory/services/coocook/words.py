"""Words for search, Korean and English. Korean is cut into pairs of syllables, so that endings and compounds match."""

import re
import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func
from sqlalchemy.dialects.postgresql import ARRAY

MAX_WORDS = 2_000

_RUN = re.compile(r"[가-힣]+|[^\W_가-힣]+")


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def words(*texts: str | None) -> list[str]:
    """The words under which texts are found.

    A run of Hangul gives each pair of neighbouring syllables and its last syllable, so that a single syllable is
    found anywhere in it.
    """
    found: dict[str, None] = {}
    for run in (run for text in texts if text for run in _runs(text)):
        if "가" <= run[0] <= "힣":
            found |= dict.fromkeys(run[i : i + 2] for i in range(len(run)))
        else:
            found[run[:100]] = None
    return list(found)[:MAX_WORDS]


def query(text: str) -> str | None:
    """A ``tsquery`` that asks for every word of a text, the ends of words open; None when there is no word in it."""
    parts: dict[str, None] = {}
    for run in _runs(text):
        if not "가" <= run[0] <= "힣":
            parts[f"'{run[:100]}':*"] = None
        elif len(run) == 1:
            parts[f"'{run}':*"] = None
        else:
            parts |= dict.fromkeys(f"'{run[i : i + 2]}'" for i in range(len(run) - 1))
    return " & ".join(parts) or None


def vector(*texts: str | None) -> ColumnElement[Any]:
    """The ``tsvector`` of texts, as an SQL value."""
    return func.array_to_tsvector(cast(words(*texts), ARRAY(Text)))
