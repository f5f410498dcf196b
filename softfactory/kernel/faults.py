"""Places where a process can be made to die, for the fault harness: nothing happens unless ``SF_DIE_AT`` is set.

``SF_DIE_AT=after-commit:3`` kills the process with SIGKILL when it reaches its third commit's end. The harness counts
up from 1 until the process survives the whole journey, so that every step has been the last one once.
"""

import os
import signal
from collections import Counter

_reached: Counter[str] = Counter()


def armed() -> bool:
    return "SF_DIE_AT" in os.environ


async def reach(place: str) -> None:
    wanted = os.environ.get("SF_DIE_AT")
    if wanted is None:
        return
    _reached[place] += 1
    if wanted == f"{place}:{_reached[place]}":
        os.kill(os.getpid(), signal.SIGKILL)
