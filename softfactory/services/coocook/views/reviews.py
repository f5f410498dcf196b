"""Reviews as their authors, their readers and admins see them."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.auth import Principal
from softfactory.services.coocook import moderation
from softfactory.services.coocook.languages import pick
from softfactory.services.coocook.models import Review, ReviewAct
from softfactory.services.coocook.schemas.reviews import (
    HiddenView,
    QueuedReview,
    QueueState,
    ReplyView,
    ReviewQueue,
    ReviewView,
)


def reply(review: Review) -> ReplyView | None:
    if review.reply is None or review.replied_at is None:
        return None
    until = moderation.reply_editable_until(review)
    return ReplyView(text=review.reply, at=review.replied_at, editable_until=until)


def of_table(review: Review, *, reader: str) -> ReviewView:
    """A review as someone at the table or an admin reads it; that it is hidden is told to its author and to admins."""
    return ReviewView.model_validate(_values(review, tell_hidden=reader in (review.by, "admin")))


def written(review: Review) -> ReviewView:
    """A review as its author reads it."""
    return of_table(review, reader=review.by)


def seen_by(review: Review, person: Principal) -> ReviewView:
    tell = review.author_id == person.id or person.has("admin")
    return ReviewView.model_validate(_values(review, tell_hidden=tell))


def _values(review: Review, *, tell_hidden: bool) -> dict[str, Any]:
    hidden = None
    if tell_hidden and review.hidden_at is not None:
        hidden = HiddenView(
            at=review.hidden_at, reason=review.hidden_reason or "", appealed_at=review.appealed_at
        )
    return {
        "id": review.id,
        "booking_id": review.booking_id,
        "by": review.by,
        "author_name": review.author_name,
        "rating": review.rating,
        "text": review.text,
        "created_at": review.created_at,
        "published_at": review.published_at,
        "reply": reply(review),
        "hidden": hidden,
    }


async def queue(session: AsyncSession, *, state: QueueState, cursor: str | None, limit: int) -> ReviewQueue:
    """A page of what waits for an admin."""
    rows, acts, following = await moderation.queue(session, state=state, cursor=cursor, limit=limit)
    reported, appealed = await moderation.counts(session)
    return ReviewQueue(
        items=[_queued(row, acts.get(row.Review.id, [])) for row in rows],
        next_cursor=following,
        reported=reported,
        appealed=appealed,
    )


def _queued(row: Any, acts: list[ReviewAct]) -> QueuedReview:
    review: Review = row.Review
    values = _values(review, tell_hidden=True) | {
        "chef_id": review.chef_id,
        "chef_name": pick(row.name, row.name_en),
        "guest_name": row.guest_name,
        "waiting_since": review.waiting_since,
        "acts": acts,
    }
    return QueuedReview.model_validate(values)
