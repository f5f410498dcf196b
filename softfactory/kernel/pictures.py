"""Pictures that people send: taken apart, made small, kept in the store, shown at addresses that never change.

    class Picture(pictures.PictureRow, Base): ...                 # a table in the service's own schema

    shown = await pictures.take(steps, content, owner_id=user.id)   # kept, but not yet used anywhere
    await pictures.claim(session, [shown.id], owner_id=user.id)     # … the service's own row points at it
    await pictures.drop(session, [old_id])                          # gone at once; a job empties the store

What a service sends is ``PictureView``, kept whole in the row (``shown``). What was sent is never kept: only
renditions, which know no camera, no place and no time. Keys hold the id: removing one removes nothing of another.
"""

import asyncio
import hashlib
import json
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from softfactory.kernel import darkroom, db, errors, storage
from softfactory.kernel.db import run_sql
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps, require_no_transaction
from softfactory.kernel.shapes import View
from softfactory.kernel.time import Instant

MAX_BYTES = 15 * 1024 * 1024
KEPT_PER_PERSON = 200
AT_ONCE_PER_PERSON = 8  # in work or waiting: each keeps a whole file in memory, and others wait behind it
DARKROOMS = 2
"""Pictures in work at once, in one process: each takes a processor and up to 1.5 GB."""

DARKROOM_SECONDS = 60.0
KINDS = ("JPEG", "PNG", "WebP", "AVIF", "GIF")
PATH = "/media"

log = structlog.get_logger(__name__)
_rooms = asyncio.Semaphore(DARKROOMS)


class PictureTooLarge(errors.PayloadTooLarge):
    """The file is larger than a picture may be."""

    en = "The file is larger than {megabytes} MB. Make the photo smaller, or upload a screenshot of it."
    ko = "파일이 {megabytes}MB보다 큽니다. 사진 크기를 줄이거나 화면을 캡처해서 다시 올려 주세요."


class PictureTooManyPixels(errors.Unprocessable):
    """More pixels than we decode for anybody."""

    en = "This photo has more than {megapixels} megapixels. Save it smaller, about 4,000 pixels wide, and try again."
    ko = "사진이 {megapixels}메가픽셀을 넘습니다. 가로 4,000픽셀 정도로 줄여서 다시 올려 주세요."


class PictureShape(errors.Unprocessable):
    """A speck or a thread."""

    en = "This photo is too small or too narrow. Crop it so that each side has at least {shortest} pixels."
    ko = "사진이 너무 작거나 길쭉합니다. 가로와 세로가 각각 {shortest}픽셀 이상이 되도록 잘라서 다시 올려 주세요."


class PictureUnreadable(errors.Unprocessable):
    """It begins like a picture and is none, or it breaks off."""

    en = "This photo is damaged or incomplete. Open it on your device; if it shows, save a copy and upload the copy."
    ko = (
        "사진 파일이 손상되었거나 일부만 있습니다. 기기에서 열어 보고, 잘 보이면 사본을 저장해서 올려 주세요."
    )


class PictureKind(errors.UnsupportedMediaType):
    """Not of a kind that we take, whatever its name says."""

    en = "This file is not a photo that we can show. Upload a {kinds}; a HEIC photo can be exported as JPEG."
    ko = "지원하지 않는 파일입니다. {kinds} 사진을 올려 주세요. HEIC 사진은 JPEG로 변환하면 올릴 수 있습니다."


class PictureQuota(errors.Conflict):
    """A person keeps so many pictures at most."""

    en = "You already have {limit} photos. Remove some that you no longer need, then upload this one again."
    ko = "사진을 이미 {limit}장 보관하고 있습니다. 쓰지 않는 사진을 지운 뒤 다시 올려 주세요."


class PicturesAtOnce(errors.TooMany):
    """Several pictures of this person are being made already."""

    en = "Several of your pictures are still being prepared. Please send this one again in {retry_after} seconds."
    ko = "먼저 올린 사진을 준비하고 있어요. {retry_after}초 뒤에 다시 올려 주세요."


class NoSuchPicture(errors.NotFound):
    """No such picture of the caller, or it was removed."""

    en = "This photo is gone. Please choose it again."
    ko = "사진을 찾을 수 없습니다. 다시 골라 주세요."


REFUSALS = (
    PictureTooLarge,
    PictureTooManyPixels,
    PictureShape,
    PictureUnreadable,
    PictureKind,
    PictureQuota,
    PicturesAtOnce,
    storage.StorageUnavailable,
)
"""What ``take`` can refuse, for a route's ``responses``."""

_WHY: dict[str, type[errors.Problem]] = {
    "too_many_pixels": PictureTooManyPixels,
    "shape": PictureShape,
    "unreadable": PictureUnreadable,
    "kind": PictureKind,
}


class PictureSource(View):
    """One rendition, WebP."""

    width: int
    url: str


class PictureView(View):
    """A picture to show. ``placeholder``: a data address of 16 pixels; ``sources`` from the smallest, each for ever."""

    id: UUID
    width: int
    height: int
    placeholder: str
    colour: str
    sources: list[PictureSource]


class PictureRow:
    """The columns of a service's table ``picture``, beside ``Row``'s. Only ``ready`` pictures are shown."""

    __tablename__ = "picture"

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - SQLAlchemy calls it on the class
        return (
            CheckConstraint("state in ('making', 'ready', 'dropped')", name="state"),
            CheckConstraint("state <> 'ready' or shown is not null", name="shown"),
            Index("idx_picture_owner_id", "owner_id"),
            Index("idx_picture_touched_at", "touched_at"),
        )

    owner_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default="making")
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    keys: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    bytes: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    touched_at: Mapped[Instant] = mapped_column(server_default=text("sf_now()"))


async def take(steps: Steps, content: bytes, *, owner_id: UUID) -> PictureView:
    """Keep a picture that someone sent. It is swept after a day unless something points at it by then."""
    async with steps.transaction() as session:
        picture_id = await _begin(session, owner_id)
    try:
        facts, blobs = await develop(content)
        shown, keys = _view(steps.service, picture_id, content, facts)
        async with steps.transaction() as session:  # the keys first: what is stored is known to the sweep
            await run_sql(
                session,
                "update {s}.picture set shown = cast(:shown as jsonb), keys = :keys, bytes = :bytes where id = :id",
                id=picture_id,
                shown=shown.model_dump_json(),
                keys=keys,
                bytes=sum(map(len, blobs)),
            )
        for key, blob in zip(keys, blobs, strict=True):
            await storage.put(key, blob, content_type="image/webp")
        async with steps.transaction() as session:
            await run_sql(
                session,
                "update {s}.picture set state = 'ready' where id = :id and state = 'making'",
                id=picture_id,
            )
    except errors.Problem:
        async with steps.transaction() as session:
            await drop(session, [picture_id])
        raise
    return shown


async def _begin(session: AsyncSession, owner_id: UUID) -> UUID:
    """A row before any work, so that a person's pictures in the making count as well. One at a time per person."""
    await run_sql(
        session, "select pg_advisory_xact_lock(hashtextextended('picture ' || :who, 0))", who=str(owner_id)
    )
    found = await run_sql(
        session,
        """
        select count(*), count(*) filter (where state = 'making' and created_at > sf_now() - interval '2 minutes')
        from {s}.picture where owner_id = :who and state <> 'dropped'
        """,
        who=owner_id,
    )
    held, making = tuple(found.one())
    if held >= KEPT_PER_PERSON:
        raise PictureQuota(limit=KEPT_PER_PERSON)
    if making >= AT_ONCE_PER_PERSON:
        raise PicturesAtOnce(retry_after=5)
    picture_id = db.uuid7()
    await run_sql(
        session, "insert into {s}.picture (id, owner_id) values (:id, :who)", id=picture_id, who=owner_id
    )
    return picture_id


def _view(
    service: str, picture_id: UUID, content: bytes, facts: dict[str, Any]
) -> tuple[PictureView, list[str]]:
    """What is shown, and the keys of the renditions in their order."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    names = [f"{picture_id.hex}/{digest}-{each['width']}.webp" for each in facts["renditions"]]
    sources = [
        PictureSource(width=each["width"], url=f"{PATH}/{service}/{name}")
        for each, name in zip(facts["renditions"], names, strict=True)
    ]
    told = {name: facts[name] for name in ("width", "height", "placeholder", "colour")}
    shown = PictureView(id=picture_id, sources=sorted(sources, key=lambda source: source.width), **told)
    return shown, [key_of(service, name) for name in names]


def key_of(service: str, name: str) -> str:
    """Where a rendition is kept."""
    return f"{service}/pictures/{name}"


async def develop(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """A picture's facts and renditions, made in a process of its own; a refusal when it is none that we take."""
    require_no_transaction()
    if len(content) > MAX_BYTES:
        raise too_large()
    if not content:
        raise _refusal("unreadable", {})
    if (kind := darkroom.kind_of(content[:4096])) not in KINDS:  # most of what is none costs no process
        raise _refusal("kind", {"found": kind})
    async with _room() as process:
        answer, _ = await process.communicate(content)
    line, _, rest = answer.partition(b"\n")
    if process.returncode or not line:  # a decoder that crashed, or took more than it may
        log.warning("picture_unreadable", status=process.returncode, bytes=len(content))
        raise _refusal("unreadable", {})
    facts = json.loads(line)
    if "refused" in facts:
        raise _refusal(facts["refused"], facts["facts"])
    blobs, start = [], 0
    for each in facts["renditions"]:
        blobs.append(rest[start : start + each["bytes"]])
        start += each["bytes"]
    return facts, blobs


@asynccontextmanager
async def _room() -> AsyncIterator[asyncio.subprocess.Process]:
    """A darkroom's process. Whoever leaves early, or stays too long, takes it along."""
    async with _rooms:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            darkroom.__name__,
            stdin=pipe,
            stdout=pipe,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(DARKROOM_SECONDS):
                yield process
        except TimeoutError:
            raise _refusal("unreadable", {}) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def _refusal(why: str, facts: dict[str, Any]) -> errors.Problem:
    limits = {
        "megapixels": darkroom.MAX_PIXELS // 1_000_000,
        "shortest": darkroom.SHORTEST,
        "kinds": ", ".join(KINDS),
    }
    return _WHY[why](**limits, **facts)


def too_large() -> PictureTooLarge:
    return PictureTooLarge(limit=MAX_BYTES, megabytes=MAX_BYTES // 1024 // 1024)


async def claim(session: AsyncSession, ids: Iterable[UUID], *, owner_id: UUID) -> None:
    """Someone is about to point at these pictures of hers; NoSuchPicture when one is not there.

    The rows are written, not only locked: a sweep that waits for them looks at them again afterwards.
    """
    wanted = set(ids)
    found = await run_sql(
        session,
        """
        update {s}.picture set touched_at = sf_now()
        where id = any(:ids) and owner_id = :who and state = 'ready' returning id
        """,
        ids=list(wanted),
        who=owner_id,
    )
    if len(found.all()) != len(wanted):
        raise NoSuchPicture


async def shown(session: AsyncSession, ids: Iterable[UUID | None]) -> dict[UUID, PictureView]:
    """What is to be shown of these pictures, of those that are there."""
    wanted = [each for each in ids if each is not None]
    if not wanted:
        return {}
    found = await run_sql(
        session, "select id, shown from {s}.picture where id = any(:ids) and state = 'ready'", ids=wanted
    )
    return {row.id: PictureView.model_validate(row.shown) for row in found}


async def one(session: AsyncSession, picture_id: UUID | None) -> PictureView | None:
    """What is to be shown of a picture."""
    return next(iter((await shown(session, [picture_id])).values()), None)


async def drop(session: AsyncSession, ids: Iterable[UUID]) -> None:
    """Show these pictures no more, and let a job take them out of the store."""
    gone = await run_sql(
        session,
        "update {s}.picture set state = 'dropped' where id = any(:ids) and state <> 'dropped' returning id",
        ids=list(ids),
    )
    await _remove_later(session, gone.scalars())


async def _remove_later(session: AsyncSession, ids: Iterable[UUID]) -> None:
    for picture_id in ids:
        await remove.later(session, unique=picture_id, picture_id=picture_id)


async def drop_own(session: AsyncSession, picture_id: UUID, *, owner_id: UUID) -> None:
    """Drop a picture of the caller's."""
    await claim(session, [picture_id], owner_id=owner_id)
    await drop(session, [picture_id])


async def erase(session: AsyncSession, *, person_id: UUID) -> None:
    """Drop every picture that a person ever sent to the session's service, wherever it stands."""
    gone = await run_sql(
        session,
        "update {s}.picture set state = 'dropped' where owner_id = :id and state <> 'dropped' returning id",
        id=person_id,
    )
    await _remove_later(session, gone.scalars())


@job(retries=20)
async def remove(steps: Steps, *, picture_id: UUID) -> None:
    """Take a dropped picture's renditions out of the store, then forget its row. Again changes nothing."""
    async with steps.transaction() as session:
        found = await run_sql(
            session, "select keys from {s}.picture where id = :id and state = 'dropped'", id=picture_id
        )
        keys = found.scalar_one_or_none()
    for key in keys or ():
        await storage.delete(key)
    async with steps.transaction() as session:
        await run_sql(session, "delete from {s}.picture where id = :id and state = 'dropped'", id=picture_id)


async def sweep(session: AsyncSession, *, used: str) -> None:
    """Drop what nobody uses: pictures whose making died an hour ago, and ready ones that nothing pointed at for a day.

    ``used``: a condition on ``p.id`` that is true while something of the service points at the picture.
    """
    gone = await run_sql(
        session,
        f"""
        update {{s}}.picture p set state = 'dropped'
        where (p.state = 'making' and p.touched_at < sf_now() - interval '1 hour')
           or (p.state = 'ready' and p.touched_at < sf_now() - interval '1 day' and not ({used}))
        returning p.id
        """,  # noqa: S608 - a constant of the service's
    )
    await _remove_later(session, gone.scalars())
