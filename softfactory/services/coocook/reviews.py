"""Reviews: each side writes once, and neither reads the other's words before having written its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, cast, exists, func, literal, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import TSQUERY, insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, paging, realtime, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.jobs import job
from softfactory.services.coocook import bookings, errors, ratings
from softfactory.services.coocook.models import Booking, Chef, Menu, Review
from softfactory.services.coocook.schemas.bookings import BookingStatus
from softfactory.services.coocook.schemas.reviews import ReviewWish
from softfactory.services.coocook.words import query, vector


async def write(session: AsyncSession, booking_id: UUID, wish: ReviewWish, *, person: Principal) -> Review:
    """Review the other side of a completed booking, once. When both have written, both are shown."""
    booking, side = await bookings.visible_to(session, booking_id, person, lock=True)
    if side not in ("guest", "chef"):
        raise errors.NotYourPart
    if booking.status != BookingStatus.COMPLETED or booking.review_until is None:
        raise errors.NotYetDone(status=booking.status.value)
    if await time.now(session) >= booking.review_until:
        raise errors.ReviewClosed(ended_at=booking.review_until)
    written: Review | None = await session.scalar(
        insert(Review)
        .values(
            id=db.uuid7(),
            booking_id=booking.id,
            chef_id=booking.chef_id,
            by=side,
            author_id=person.id,
            author_name=await _name_of(session, booking, side),
            rating=wish.rating,
            text=wish.text,
            publish_at=booking.review_until,
            words=vector(wish.text),
        )
        .on_conflict_do_nothing(index_elements=["booking_id", "by"])
        .returning(Review)
    )
    if written is None:
        raise errors.AlreadyReviewed
    both = await session.scalar(select(func.count()).where(Review.booking_id == booking.id))
    if both == 2:
        await _publish(session, Review.booking_id == booking.id)
        await session.refresh(written)
    return written


async def _name_of(session: AsyncSession, booking: Booking, side: str) -> str:
    if side == "guest":
        return booking.guest_name
    chef = await session.get_one(Chef, booking.chef_id)
    return chef.name


async def _publish(session: AsyncSession, which: Any) -> int:
    published = await session.execute(
        update(Review)
        .where(which, Review.published_at.is_(None))
        .values(published_at=func.sf_now())
        .returning(Review.chef_id, Review.by, Review.booking_id)
        .execution_options(synchronize_session=False)
    )
    rows = published.all()
    for chef_id in sorted({row.chef_id for row in rows if row.by == "guest"}):
        await ratings.refresh.later(session, unique=chef_id, chef_id=chef_id)
    await _tell(session, {row.booking_id for row in rows})
    return len(rows)


async def _tell(session: AsyncSession, booking_ids: set[UUID]) -> None:
    """Both sides of each booking can now read what the other wrote."""
    found = await session.execute(
        select(Booking.id, Booking.guest_id, Chef.user_id)
        .join(Chef, Chef.id == Booking.chef_id)
        .where(Booking.id.in_(booking_ids))
        .order_by(Booking.id)
    )
    for booking_id, guest_id, chef_user_id in found.all():
        told = {guest_id: "guest.published", chef_user_id: "chef.published"}
        await realtime.tell(session, told, kind="coocook.review", subject_id=booking_id)


@job(every="10m")
async def publish_due(session: AsyncSession) -> int:
    """Show what one side wrote once the other side's time is up; while a dispute is open, nobody can write."""
    disputed = exists().where(Booking.id == Review.booking_id, Booking.status == BookingStatus.DISPUTED)
    due = (
        select(Review.id)
        .where(Review.published_at.is_(None), Review.publish_at <= func.sf_now(), ~disputed)
        .order_by(Review.publish_at)
        .limit(500)
        .with_for_update(skip_locked=True)
    )
    return await _publish(session, Review.id.in_(due))


async def of_booking(session: AsyncSession, booking_id: UUID, *, reader: str) -> list[Review]:
    """A booking's reviews as one side may read them: what is shown, and one's own; an admin reads all."""
    shown = and_(Review.published_at.is_not(None), Review.hidden_at.is_(None))
    found = await session.scalars(
        select(Review)
        .where(Review.booking_id == booking_id, or_(shown, Review.by == reader, literal(reader == "admin")))
        .order_by(Review.id)
    )
    return list(found)


async def of_chef(
    session: AsyncSession, chef_id: UUID, *, q: str | None, cursor: str | None, limit: int
) -> tuple[list[Any], str | None]:
    """Guests' published reviews of a chef with the menus they had, the newest first, and the next page's cursor."""
    wanted = (
        select(Review, Menu.name, Menu.name_en)
        .join(Booking, Booking.id == Review.booking_id)
        .join(Menu, Menu.id == Booking.menu_id)
        .where(
            Review.chef_id == chef_id,
            Review.by == "guest",
            Review.published_at.is_not(None),
            Review.hidden_at.is_(None),
        )
        .order_by(Review.published_at.desc(), Review.id.desc())
        .limit(limit + 1)
    )
    if q and q.strip():
        asked = query(q)
        if asked is None:
            return [], None
        wanted = wanted.where(Review.words.bool_op("@@")(cast(asked, TSQUERY)))
    if seen := paging.decode(cursor, datetime.fromisoformat, UUID):
        wanted = wanted.where(tuple_(Review.published_at, Review.id) < tuple_(*seen))
    rows = list((await session.execute(wanted)).all())
    more = len(rows) > limit
    last = rows[limit - 1][0] if more else None
    return rows[:limit], paging.encode(last.published_at, last.id) if last else None
