"""Passwords: which are refused, how they are kept and compared."""

import asyncio
import os
import re
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from weakref import WeakKeyDictionary

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from werkzeug.security import check_password_hash

from softfactory.services.platform.errors.accounts import PasswordGuessable

# OWASP's minimum: about 20 ms.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)

# Words that begin or end most of the passwords in published leaks, and Korean ones as typed on a Latin keyboard.
_MOST_USED = """
password passw0rd p@ssword p@ssw0rd passwort letmein welcome administrator admin administrador changeme default
iloveyou sunshine princess football baseball basketball superman batman starwars dragon monkey master shadow
michael jennifer jordan trustno computer internet whatever secret login access hello freedom
qwerty qwertyuiop qwertyui asdfghjkl asdfgh zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc qwerasdf qwer asdf zxcv
1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc q1w2e3r4 q1w2e3r4t5 zaq12wsx abcd abc a1b2c3d4 a1b2c3d4e5
softfactory coocook korea seoul samsung test tester testing guest user demo
tkfkdgo tkfkdgody dkssud dkssudgktpdy qlalfqjsgh qlqjs rhdwb eogksalsrnr
"""
_WORDS = frozenset(_MOST_USED.split())
_RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    """Wait for one of as many places as there are processors: hashing takes 20 ms and 19 MB of each.

    Whoever checks a throttle and records the failure within one turn is overtaken by that many others at most.
    """
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns[loop] = asyncio.Semaphore(max(2, os.cpu_count() or 2))
    async with _turns[loop]:
        yield


def refuse_guessable(password: str, *, email: str, name: str) -> None:
    """Raise PasswordGuessable for a password among the first that anyone would try."""
    bare = _normal(password).lower().strip()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", bare)
    unsigned = re.sub(r"^[\W_]+|[\W_]+$", "", bare)
    own = {email.lower(), email.lower().partition("@")[0], name.lower(), name.lower().replace(" ", "")}
    if (
        bare in _WORDS
        or core in _WORDS
        or unsigned in _WORDS
        or bare in own
        or (core and core in own)
        or len(set(bare)) <= 2
        or any(unsigned in run for run in _RUNS)
        or _is_repeated(unsigned)
    ):
        raise PasswordGuessable(errors=[{"field": "password", "code": PasswordGuessable.code}])


def _is_repeated(text: str) -> bool:
    """A short piece said again and again: ``123412341234``."""
    return re.fullmatch(r"(.{1,4}?)\1+.{0,3}", text) is not None


async def hash_of(password: str) -> str:
    """The Argon2id hash, made in a thread."""
    return await asyncio.to_thread(_hasher.hash, _normal(password))


async def matches(password: str, kept: str | None) -> bool:
    """Whether the password is the one kept. ``None`` (nobody, or a person without one) takes as long as a wrong one."""
    return await asyncio.to_thread(_matches, password, kept)


def is_outdated(kept: str) -> bool:
    """Whether the hash should be made anew by today's rules: Werkzeug's, or Argon2 with other parameters."""
    return not kept.startswith("$argon2id$") or _hasher.check_needs_rehash(kept)


def _matches(password: str, kept: str | None) -> bool:
    if kept is not None and kept.startswith(("scrypt:", "pbkdf2:")):
        try:
            return check_password_hash(kept, password)
        except (ValueError, TypeError):  # a hash that no library made
            return False
    try:
        return _hasher.verify(kept or _nobodys(), _normal(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """A hash to compare with when there is none."""
    return _hasher.hash(os.urandom(16).hex())


def _normal(password: str) -> str:
    """One form of what looks the same: a Mac types 한 as three code points, Windows as one."""
    return unicodedata.normalize("NFKC", password)
