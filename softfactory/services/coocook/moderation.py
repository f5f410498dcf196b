"""What is done about a review once it is written: replies, reports, appeals, and an admin's decisions.

Words that are hidden leave the chef's page, the rating, the rank and search; their author sees that they are hidden
and why, and may appeal once a hiding. Every report, appeal and decision is a row that stays.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, paging, time
from softfactory.kernel.auth import Principal, RoleMissing
from softfactory.services.coocook import bookings, errors, letters, ratings, settings
from softfactory.services.coocook.models import Booking, Chef, Review, ReviewAct
from softfactory.services.coocook.schemas.reviews import QueueState, ReviewActionWish


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts on a review. ``side``: guest, chef or admin of its booking, ``reader`` for anyone else."""

    person: Principal
    side: str


async def act(session: AsyncSession, review_id: UUID, wish: ReviewActionWish, *, person: Principal) -> Review:
    """One of the five actions on a review, by whoever may."""
    review, side = await _visible_to(session, review_id, person)
    if wish.action in ("hide", "restore") and not person.has("admin"):
        raise RoleMissing(roles="admin")
    if wish.action in ("hide", "restore") and side in ("guest", "chef"):
        raise errors.OwnCase
    do = {"reply": _reply, "report": _report, "appeal": _appeal, "hide": _hide, "restore": _restore}
    await do[wish.action](session, review, wish, Actor(person, side))
    await session.flush()
    return review


async def _visible_to(session: AsyncSession, review_id: UUID, person: Principal) -> tuple[Review, str]:
    """A review, locked, and where its reader stands. What a person cannot read looks as if it were not there."""
    review = await session.scalar(select(Review).where(Review.id == review_id).with_for_update())
    if review is None:
        raise errors.NoSuchReview
    booking = await session.get_one(Booking, review.booking_id)
    side = await bookings.side_of(session, booking, person) or "reader"
    public = review.by == "guest" and review.published_at is not None and review.hidden_at is None
    table = side == review.by or (
        side != "reader" and review.published_at is not None and not review.hidden_at
    )
    if not (public or table or person.has("admin")):
        raise errors.NoSuchReview
    return review, side


async def _reply(session: AsyncSession, review: Review, wish: ReviewActionWish, actor: Actor) -> None:
    """The reviewed side answers once, and may better its words for two days."""
    if actor.side not in ("guest", "chef") or actor.side == review.by:
        raise errors.NotYourReview
    if review.published_at is None or review.hidden_at is not None:
        raise errors.NoSuchReview
    now = await time.now(session)
    if review.replied_at is not None and now >= reply_editable_until(review):
        raise errors.ReplyClosed(ended_at=reply_editable_until(review))
    first = review.replied_at is None
    review.reply, review.replied_at = wish.text, review.replied_at or now
    if first:
        await letters.tell_replied(session, await session.get_one(Booking, review.booking_id), review)


def reply_editable_until(review: Review) -> Any:
    return review.replied_at and review.replied_at + timedelta(hours=settings.REPLY_EDIT_HOURS)


async def _report(session: AsyncSession, review: Review, wish: ReviewActionWish, actor: Actor) -> None:
    """Once a person. The first report puts the review into the admins' queue; it stays shown until they decide."""
    if review.author_id == actor.person.id:
        raise errors.OwnReview
    if review.published_at is None or review.hidden_at is not None:
        raise errors.NoSuchReview
    made = await session.scalar(
        insert(ReviewAct)
        .values(
            id=db.uuid7(),
            review_id=review.id,
            kind="report",
            by=actor.side,
            actor_id=actor.person.id,
            code=wish.code,
            reason=wish.text,
        )
        .on_conflict_do_nothing(
            index_elements=["review_id", "actor_id"], index_where=ReviewAct.kind == "report"
        )
        .returning(ReviewAct.id)
    )
    if made is None:
        raise errors.AlreadyReported
    review.waiting_since = review.waiting_since or await time.now(session)


async def _appeal(session: AsyncSession, review: Review, wish: ReviewActionWish, actor: Actor) -> None:
    if review.author_id != actor.person.id:
        raise errors.NotYourReview
    if review.hidden_at is None:
        raise errors.NotHidden
    if review.appealed_at is not None:
        raise errors.AlreadyAppealed
    review.appealed_at = await time.now(session)
    review.waiting_since = review.waiting_since or review.appealed_at
    _trace(session, review, "appeal", by=actor.side, person=actor.person, reason=wish.text)


async def _hide(session: AsyncSession, review: Review, wish: ReviewActionWish, actor: Actor) -> None:
    """Take a review out of sight; an appeal against an earlier hiding is refused by hiding again."""
    if review.published_at is None:
        raise errors.NotPublished
    if review.hidden_at is not None and review.appealed_at is None:
        raise errors.AlreadyHidden
    first = review.hidden_at is None
    review.hidden_at = review.hidden_at or await time.now(session)
    review.hidden_reason, review.waiting_since = wish.text, None
    _trace(session, review, "hide", by="admin", person=actor.person, reason=wish.text)
    await _told(session, review, "review_hidden" if first else "appeal_refused", wish.text)


async def _restore(session: AsyncSession, review: Review, wish: ReviewActionWish, actor: Actor) -> None:
    """Show it again, or leave it shown and settle its reports."""
    if review.hidden_at is None and review.waiting_since is None:
        raise errors.NothingToDecide
    was_hidden = review.hidden_at is not None
    review.hidden_at = review.hidden_reason = review.appealed_at = review.waiting_since = None
    _trace(
        session,
        review,
        "restore" if was_hidden else "keep",
        by="admin",
        person=actor.person,
        reason=wish.text,
    )
    if was_hidden:
        await _told(session, review, "review_restored", wish.text)


def _trace(
    session: AsyncSession, review: Review, kind: str, *, by: str, person: Principal, reason: str
) -> None:
    session.add(
        ReviewAct(review_id=review.id, kind=kind, by=by, actor_id=person.id, code=None, reason=reason)
    )


async def _told(session: AsyncSession, review: Review, template: str, reason: str) -> None:
    """The author learns it, and the chef's rating follows by the job."""
    await session.flush()
    if review.by == "guest":
        await ratings.refresh.later(session, unique=review.chef_id, chef_id=review.chef_id)
    await letters.tell_moderated(
        session, await session.get_one(Booking, review.booking_id), review, template=template, reason=reason
    )


async def queue(
    session: AsyncSession, *, state: QueueState, cursor: str | None, limit: int
) -> tuple[list[Any], dict[UUID, list[ReviewAct]], str | None]:
    """Reviews that wait for an admin, the longest first, or the hidden ones; what was done about each; the cursor."""
    moment = Review.hidden_at if state == QueueState.HIDDEN else Review.waiting_since
    wanted = (
        select(Review, Chef.name, Chef.name_en, Booking.guest_name, moment.label("moment"))
        .join(Chef, Chef.id == Review.chef_id)
        .join(Booking, Booking.id == Review.booking_id)
        .where(moment.is_not(None))
        .order_by(moment, Review.id)
        .limit(limit + 1)
    )
    if state == QueueState.REPORTED:
        wanted = wanted.where(Review.hidden_at.is_(None))
    if state == QueueState.APPEALED:
        wanted = wanted.where(Review.hidden_at.is_not(None))
    if seen := paging.decode(cursor, datetime.fromisoformat, UUID):
        wanted = wanted.where(tuple_(moment, Review.id) > tuple_(*seen))
    rows = list((await session.execute(wanted)).all())
    more, rows = len(rows) > limit, rows[:limit]
    acts: dict[UUID, list[ReviewAct]] = {}
    for done in await session.scalars(
        select(ReviewAct)
        .where(ReviewAct.review_id.in_([row.Review.id for row in rows]))
        .order_by(ReviewAct.at, ReviewAct.id)
    ):
        acts.setdefault(done.review_id, []).append(done)
    following = paging.encode(rows[-1].moment, rows[-1].Review.id) if more else None
    return rows, acts, following


async def waiting(session: AsyncSession) -> int:
    """How many reviews wait for an admin's word."""
    return sum(await counts(session))


async def counts(session: AsyncSession) -> tuple[int, int]:
    """How many reviews wait: reported, and appealed."""
    reported, appealed = (
        await session.execute(
            select(
                func.count().filter(Review.hidden_at.is_(None)),
                func.count().filter(Review.hidden_at.is_not(None)),
            ).where(Review.waiting_since.is_not(None))
        )
    ).one()
    return reported, appealed
