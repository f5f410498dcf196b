"""Outside appointments: time that a chef cannot cook. Rows of busy time, so no hold or booking can overlap them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exc, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, time
from softfactory.services.coocook import busy, errors, holds
from softfactory.services.coocook.models import Busy, Chef
from softfactory.services.coocook.schemas.chefs import BlockedTime


def _outside(chef_id: UUID) -> Any:
    return (Busy.chef_id == chef_id, Busy.hold_id.is_(None), Busy.booking_id.is_(None))


async def of_chef(session: AsyncSession, chef: Chef) -> list[BlockedTime]:
    """A chef's blocked times that are not over, by the wall clock of the chef's zone."""
    found = await session.scalars(
        select(Busy)
        .where(*_outside(chef.id), Busy.ends_at > await time.now(session))
        .order_by(Busy.during)
        .limit(500)
    )
    return [
        BlockedTime.model_validate(
            {"from": _wall(chef, row.during.lower), "to": _wall(chef, row.ends_at), "note": row.note or ""}
        )
        for row in found
    ]


def _wall(chef: Chef, at: datetime | None) -> str:
    assert at is not None  # noqa: S101 - the constraint "bounded"
    return time.local(chef.zone, at).replace(tzinfo=None).isoformat(timespec="minutes")


async def forget(session: AsyncSession, chef: Chef) -> None:
    """A chef's own words on time outside go, and the time with them."""
    await session.execute(delete(Busy).where(*_outside(chef.id)))


async def replace(session: AsyncSession, chef: Chef, wanted: list[BlockedTime]) -> None:
    """Set what is blocked from now on; what is held or booked already is not blocked away. The chef is locked."""
    now = await time.now(session)
    await holds.lose_expired(session, chef.id)
    await session.execute(delete(Busy).where(*_outside(chef.id), Busy.ends_at > now))
    for block in wanted:
        since, until = (
            time.resolve(chef.zone, datetime.fromisoformat(wall)).at for wall in (block.from_, block.to)
        )
        if until <= now:
            continue
        if until <= since:  # an hour that the clocks skip
            raise errors.BlockEmpty
        met = await busy.meets(session, chef.id, since, until)
        if met is not None:
            raise errors.SlotTaken(starts_at=met[0], ends_at=met[1])
        session.add(
            Busy(id=db.uuid7(), chef_id=chef.id, during=Range(since, until), ends_at=until, note=block.note)
        )
        try:
            await session.flush()
        except exc.DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != busy.OVERLAP:
                raise
            raise errors.SlotTaken(starts_at=since, ends_at=until) from None
