"""What nobody who watches may read: tokens, and the links that open somebody's account.

A demo deployment is the exception for letters: there the admin page is how people read their mail. But its demo admins
are strangers, so of a letter that opens an account they read no more than anybody who watches.
"""

import re
from typing import Any

from softfactory.kernel import config

HIDDEN = "•••"
_SECRET = re.compile(
    r"token|secret|password|passcode|otp|totp|link|url|ticket|api_?key|payment_?key|^key$", re.I
)
_LINK = re.compile(r"(https?://[^\s/?#]+)[/?#]\S*")
_CODE = re.compile(r"(?<![\d,.:-])\d{6,8}(?![\d,:-]|\.\d)")


def payload(value: Any) -> Any:
    """A payload, a result or facts, without the values whose names say that they are secrets."""
    if isinstance(value, dict):
        return {
            name: HIDDEN if _SECRET.search(name) and held is not None else payload(held)
            for name, held in value.items()
        }
    return [payload(item) for item in value] if isinstance(value, list) else value


def letter(text: str | None, *, opens: bool = False, demo: bool = False) -> str | None:
    """A letter's text: whole in a demo deployment, elsewhere without what its links and one-time codes open.

    ``opens``: the letter is one of those that open something; ``demo``: it is read by a demo person.
    """
    if text is None or (config.settings().demo and not (opens and demo)):
        return text
    return unopened(text)


def unopened(text: str) -> str:
    """A text without what its links and one-time codes open."""
    return _CODE.sub(HIDDEN, _LINK.sub(rf"\1/{HIDDEN}", text))
