"""Open streams of this process, and the one task that feeds them all.

An idle stream costs a task and a little memory, never a connection: once a second, and at once when someone was told
something, the hub asks PostgreSQL in one short transaction what is new for all of its people, and which of their
sessions still live. Redis only shortens the second; what was seen is decided by numbers, so nothing is lost with it.
"""

import asyncio
import contextvars
import time as clock
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID
from weakref import WeakKeyDictionary

import structlog
from prometheus_client import Counter, Gauge, Histogram
from sqlalchemy import text

from softfactory.kernel import db, realtime, stopping, wake
from softfactory.services.platform import notices, sessions
from softfactory.services.platform.errors.live import StreamsFull, TooManyStreams
from softfactory.services.platform.live_tickets import Opened
from softfactory.services.platform.schemas.live import NoticeView

PER_PERSON = 12
"""Streams of one person in one process: a browser opens one for all of its tabs."""
IN_ALL = 2_000
WAITING = 1_000
"""Notices that may wait for a slow reader; it resumes by its cursor when it comes back."""
LOOK_SECONDS = 1.0
BATCH = 5_000

Ending = Literal["session_ended", "slow", "stopping", "gone"]

log = structlog.get_logger(__name__)

OPEN = Gauge("sf_live_streams", "Open streams.")
SENT = Counter("sf_live_notices_total", "Notices handed to streams.")
ENDED = Counter("sf_live_ended_total", "Streams that ended, by why.", ["because"])
LATE = Histogram(
    "sf_live_seconds",
    "Seconds from a notice's row to its streams.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5),
)


@dataclass(frozen=True, slots=True)
class Message:
    """What a stream says: an event's name, the cursor after it, and its data."""

    event: Literal["notice", "ready", "reset", "end"]
    cursor: int
    data: dict[str, Any] = field(default_factory=dict)


def _notice(notice: NoticeView) -> Message:
    return Message("notice", notice.number, notice.model_dump(mode="json"))


class Stream:
    """One reader. ``seen``: the number up to which it was given everything."""

    def __init__(self, opened: Opened, resumed: notices.Resumed) -> None:
        self.person_id, self.sid = opened.person_id, opened.sid
        self.seen = resumed.last
        self.ended: Ending | None = None
        self._waiting = deque(map(_notice, resumed.missed))
        if resumed.reset:
            self._waiting.append(Message("reset", resumed.last))
        self._waiting.append(Message("ready", resumed.last))
        self._stirred = asyncio.Event()
        self._stirred.set()

    def give(self, found: list[NoticeView]) -> None:
        """Hand over what is new. A reader that lets too much wait is cut, and resumes by its cursor."""
        new = [notice for notice in found if notice.number > self.seen]
        if not new:
            return
        if len(self._waiting) + len(new) > WAITING:
            self.end("slow")
            return
        if new[0].number != self.seen + 1:  # older ones were deleted before this stream had them
            self._waiting.append(Message("reset", new[0].number - 1))
        self._waiting.extend(map(_notice, new))
        self.seen = new[-1].number
        SENT.inc(len(new))
        self._stirred.set()

    def end(self, because: Ending) -> None:
        if self.ended is None:
            self.ended = because
            self._stirred.set()

    async def next(self, patience: float) -> list[Message]:
        """What is to be said now; empty after ``patience`` seconds of silence, or at the end."""
        try:
            async with asyncio.timeout(patience):
                await self._stirred.wait()
        except TimeoutError:
            return []
        self._stirred.clear()
        said = list(self._waiting)
        self._waiting.clear()
        return said


class Hub:
    """The streams of one event loop. It works while there are any."""

    def __init__(self) -> None:
        self._streams: dict[UUID, set[Stream]] = {}
        self._task: asyncio.Task[None] | None = None
        self._stirred = asyncio.Event()
        self._look_at: set[UUID] = set()

    def __len__(self) -> int:
        return sum(map(len, self._streams.values()))

    def admit(self, person_id: UUID) -> None:
        """Raise when no further stream of this person may be opened here."""
        if stopping.is_asked() or len(self) >= IN_ALL:
            raise StreamsFull
        if len(self._streams.get(person_id, ())) >= PER_PERSON:
            raise TooManyStreams(limit=PER_PERSON, retry_after=30)

    def add(self, stream: Stream) -> None:
        self._streams.setdefault(stream.person_id, set()).add(stream)
        OPEN.set(len(self))
        self.stir([stream.person_id])  # what was told since the stream's rows were read
        if self._task is None:
            # A context of its own: it inherits neither a request's id nor its transactions.
            self._task = asyncio.get_running_loop().create_task(self._run(), context=contextvars.Context())

    def discard(self, stream: Stream) -> None:
        theirs = self._streams.get(stream.person_id, set())
        theirs.discard(stream)
        if not theirs:
            self._streams.pop(stream.person_id, None)
        OPEN.set(len(self))
        ENDED.labels(stream.ended or "gone").inc()
        if not self._streams and self._task is not None:
            self._task.cancel()
            self._task = None

    def stir(self, people: Iterable[UUID]) -> None:
        self._look_at.update(person_id for person_id in people if person_id in self._streams)
        if self._look_at:
            self._stirred.set()

    def stop(self) -> None:
        """End every stream: the process is asked to end."""
        for stream in self._all():
            stream.end("stopping")

    def _all(self) -> list[Stream]:
        return [stream for theirs in self._streams.values() for stream in theirs]

    async def _run(self) -> None:
        listening = asyncio.create_task(wake.listen(self._heard, channel=realtime.CHANNEL))
        take_back = stopping.on_stop(self.stop)
        try:
            due = clock.monotonic()
            while True:
                all_of_them = clock.monotonic() >= due
                if all_of_them:
                    due = clock.monotonic() + LOOK_SECONDS
                people, self._look_at = self._look_at, set()
                self._stirred.clear()
                try:
                    await self._look(set(self._streams) if all_of_them else people, sessions_too=all_of_them)
                except Exception as error:  # PostgreSQL may be restarting: streams wait, and miss nothing
                    log.warning("live_waits", error=repr(error))
                    await asyncio.sleep(LOOK_SECONDS / 2)
                try:
                    async with asyncio.timeout(max(0.0, due - clock.monotonic())):
                        await self._stirred.wait()
                except TimeoutError:
                    pass
        finally:
            take_back()
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    def _heard(self, message: str) -> None:
        try:
            self.stir([UUID(part) for part in message.split(",") if part])
        except ValueError:
            log.warning("live_wake_unreadable")

    async def _look(self, people: set[UUID], *, sessions_too: bool) -> None:
        """One short transaction: what is new for these people, and, each second, whose sessions live."""
        seen = {
            person_id: min(stream.seen for stream in self._streams[person_id])
            for person_id in people
            if person_id in self._streams
        }
        if not seen:
            return
        sids = {stream.sid for stream in self._all()} if sessions_too else set()
        async with db.transaction("platform") as session:
            rows = (
                await session.execute(
                    _NEW, {"people": list(seen), "seen": list(seen.values()), "limit": BATCH}
                )
            ).all()
            alive = await sessions.living(session, sids) if sids else set()
        found: dict[UUID, list[NoticeView]] = {}
        for row in rows:
            found.setdefault(row.person_id, []).append(NoticeView.model_validate(row))
            LATE.observe(max(0.0, row.late))
        for person_id, new in found.items():
            for stream in tuple(self._streams.get(person_id, ())):
                stream.give(new)
        for stream in self._all():
            if stream.sid in sids and stream.sid not in alive:
                stream.end("session_ended")


_NEW = text(
    """
    select n.person_id, n.number, n.kind, n.subject_id, n.says, n.created_at,
           extract(epoch from sf_now() - n.created_at)::float8 as late
    from unnest(cast(:people as uuid[]), cast(:seen as bigint[])) w(person_id, seen)
    join platform.notice n on n.person_id = w.person_id and n.number > w.seen
    order by n.person_id, n.number limit :limit
    """
)

_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """This event loop's hub."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
