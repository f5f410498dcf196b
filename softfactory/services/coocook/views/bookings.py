"""Bookings, cancellations and reviews as the API shows them."""

import datetime as dt
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import paging, time
from softfactory.kernel.auth import Principal, RoleMissing
from softfactory.kernel.money import won
from softfactory.services.coocook import (
    bookings,
    disputes,
    ratings,
    reschedule,
    reviews,
    search,
    settings,
    timeline,
)
from softfactory.services.coocook.cancellation import Quote
from softfactory.services.coocook.disputes import Split
from softfactory.services.coocook.languages import english, pick
from softfactory.services.coocook.models import Booking, Chef, Dispute, Menu, MoveProposal, Picture, Review
from softfactory.services.coocook.schemas.bookings import (
    Action,
    BookingCard,
    BookingPage,
    BookingStatus,
    BookingView,
    By,
    CancelLine,
    CancelView,
    Role,
)
from softfactory.services.coocook.schemas.reviews import PublicReview, RatingSummary, ReviewPage
from softfactory.services.coocook.views import afterwards
from softfactory.services.coocook.views import reviews as review_views

_LATEST = dt.date(9999, 12, 30)


def _selection() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Booking,
            Chef.name.label("chef_name"),
            Chef.name_en.label("chef_name_en"),
            Chef.picture_seed,
            Chef.instant,
            Picture.shown.label("portrait"),
            Menu.name.label("menu_name"),
            Menu.name_en.label("menu_name_en"),
            exists().where(Review.booking_id == Booking.id, Review.by == "guest").label("guest_reviewed"),
            exists().where(Review.booking_id == Booking.id, Review.by == "chef").label("chef_reviewed"),
            MoveProposal.by.label("proposed_by"),
            MoveProposal.expires_at.label("proposed_until"),
            Dispute.by.label("disputed_by"),
            Dispute.answered_at.label("dispute_answered_at"),
        )
        .join(Chef, Chef.id == Booking.chef_id)
        .outerjoin(Picture, and_(Picture.id == Chef.portrait_id, Picture.state == "ready"))
        .join(Menu, Menu.id == Booking.menu_id)
        .outerjoin(MoveProposal, MoveProposal.booking_id == Booking.id)
        .outerjoin(Dispute, Dispute.booking_id == Booking.id)
    )


async def page(
    session: AsyncSession,
    person: Principal,
    *,
    role: Role,
    status: Sequence[BookingStatus] | None,
    since: dt.date | None,
    until: dt.date | None,
    cursor: str | None,
    limit: int,
) -> BookingPage:
    """A person's bookings on one side, the latest start first."""
    if role == Role.ADMIN and not person.has("admin"):
        raise RoleMissing(roles="admin")
    of_role = {
        Role.GUEST: Booking.guest_id == person.id,
        Role.CHEF: Chef.user_id == person.id,
        Role.ADMIN: true(),
    }
    wanted = _selection().where(of_role[role])
    if status:
        wanted = wanted.where(Booking.status.in_(status))
    if since is not None:
        wanted = wanted.where(Booking.starts_at >= _midnight(since))
    if until is not None:
        wanted = wanted.where(Booking.starts_at < _midnight(min(until, _LATEST)) + timedelta(days=1))
    if seen := paging.decode(cursor, datetime.fromisoformat, UUID):
        wanted = wanted.where(tuple_(Booking.starts_at, Booking.id) < tuple_(*seen))
    wanted = wanted.order_by(Booking.starts_at.desc(), Booking.id.desc()).limit(limit + 1)
    rows = (await session.execute(wanted)).all()
    now = await time.now(session)
    side: By = role.value
    items = [BookingCard.model_validate(_card(row, side, now)) for row in rows[:limit]]
    last = rows[limit - 1].Booking if len(rows) > limit else None
    return BookingPage(items=items, next_cursor=paging.encode(last.starts_at, last.id) if last else None)


def _midnight(day: dt.date) -> datetime:
    return datetime.combine(day, dt.time(), tzinfo=UTC)


async def one(
    session: AsyncSession, booking_id: UUID, person: Principal, *, tried: Split | None = None
) -> BookingView:
    """A booking with its bill, policy, timeline and reviews, as the caller's side sees it.

    ``tried``: how a decision on its dispute would divide the price.
    """
    _, side = await bookings.visible_to(session, booking_id, person)
    await session.flush()
    row = (
        await session.execute(
            _selection().where(Booking.id == booking_id).execution_options(populate_existing=True)
        )
    ).one()
    booking: Booking = row.Booking
    changes = await timeline.of(session, booking.id)
    written = await reviews.of_booking(session, booking.id, reader=side)
    now = await time.now(session)
    proposal = await reschedule.proposal_of(session, booking, now=now)
    values = _card(row, side, now) | {
        "hold_id": booking.hold_id,
        "lines": [_line(line) for line in booking.lines],
        "policy": booking.policy,
        "allergens": booking.allergens,
        "acknowledgement": booking.acknowledgement,
        "note": booking.note,
        "paid_at": booking.paid_at,
        "review_until": booking.review_until,
        "timeline": changes,
        "reviews": [review_views.of_table(review, reader=side) for review in written],
        "alternatives": await _alternatives(session, booking, changes[-1].by) if side == "guest" else [],
        "proposal": afterwards.proposal(booking, proposal) if proposal is not None else None,
        "move": afterwards.move(row, side, now),
        "dispute": afterwards.dispute(booking, await disputes.of(session, booking.id), tried),
        "dispute_until": disputes.window(booking)[1] if afterwards.may_dispute(booking, side, now) else None,
    }
    return BookingView.model_validate(values)


async def _alternatives(session: AsyncSession, booking: Booking, ended_by: str) -> list[dict[str, Any]]:
    """Who else is free at that time, when it was the chef who could not."""
    refused = (
        booking.status in (BookingStatus.DECLINED, BookingStatus.EXPIRED) and booking.paid_at is not None
    )
    if not refused and not (booking.status == BookingStatus.CANCELLED and ended_by == "chef"):
        return []
    return await search.free_instead(
        session, of=booking.chef_id, starts_at=booking.starts_at, party=booking.party, price=booking.price
    )


def _line(line: dict[str, Any]) -> dict[str, Any]:
    label = pick(line["label"], line["label_en"])
    return {**line, "label": label, "unit": won(line["unit"]), "amount": won(line["amount"])}


def _card(row: Any, side: By, now: datetime) -> dict[str, Any]:
    booking: Booking = row.Booking
    status = shown_status(booking, now)
    refund = None
    if booking.refund_amount and booking.refund_state:
        refund = {"amount": won(booking.refund_amount), "state": booking.refund_state}
    return {
        "id": booking.id,
        "status": status,
        "role": Role(side),
        "chef": {
            "id": booking.chef_id,
            "name": pick(row.chef_name, row.chef_name_en),
            "picture": {"kind": "chef", "seed": row.picture_seed, "photo": row.portrait},
        },
        "guest": {"id": booking.guest_id, "name": booking.guest_name},
        "menu": {"id": booking.menu_id, "name": pick(row.menu_name, row.menu_name_en)},
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
        "local_start": time.local(booking.zone, booking.starts_at).isoformat(timespec="minutes"),
        "zone": booking.zone,
        "party": booking.party,
        "price": won(booking.price),
        "order_id": booking.order_id,
        "expires_at": booking.expires_at if status == BookingStatus.HELD else booking.request_until,
        "refund": refund,
        "actions": _actions(row, side, status, now),
        "created_at": booking.created_at,
    }


def shown_status(booking: Booking, now: datetime) -> BookingStatus:
    """A hold that ran out is over, even before anybody came by to write it down."""
    if booking.status == BookingStatus.HELD and booking.expires_at is not None and booking.expires_at <= now:
        return BookingStatus.EXPIRED
    return booking.status


def _actions(row: Any, side: By, status: BookingStatus, now: datetime) -> list[Action]:
    booking: Booking = row.Booking
    ahead = now < booking.starts_at
    possible: list[tuple[Action, bool]]
    if side == "guest":
        paid_ahead = status in (BookingStatus.REQUESTED, BookingStatus.CONFIRMED) and ahead
        possible = [
            ("pay", status == BookingStatus.HELD),
            ("cancel", status == BookingStatus.HELD or paid_ahead),
        ]
    else:
        confirmed, requested = status == BookingStatus.CONFIRMED, status == BookingStatus.REQUESTED
        late = now >= booking.starts_at + timedelta(minutes=settings.NO_SHOW_AFTER_MINUTES)
        possible = [
            ("accept", requested and ahead),
            ("decline", requested),
            ("complete", confirmed and now >= booking.ends_at),
            ("no_show", confirmed and late),
            ("cancel", confirmed and ahead),
        ]
    possible.append(("reschedule", afterwards.may_move(booking, side, now)))
    possible += [
        ("agree", afterwards.asked_to_move(row, side, now)),
        ("answer", afterwards.asked_to_answer(row, side)),
    ]
    possible.append(("dispute", afterwards.may_dispute(booking, side, now)))
    possible.append(("resolve", side == "admin" and status == BookingStatus.DISPUTED))
    reviewed = row.guest_reviewed if side == "guest" else row.chef_reviewed
    open_ = booking.review_until is not None and now < booking.review_until
    possible.append(
        ("review", status == BookingStatus.COMPLETED and side != "admin" and open_ and not reviewed)
    )
    return [action for action, allowed in possible if allowed]


_RULES = {
    "unpaid": (
        "아직 결제하지 않아 환불할 금액이 없어요.",
        "You have not paid yet, so there is nothing to refund.",
    ),
    "whole": ("전액 환불돼요.", "You get a full refund."),
    "tier": (
        "시작 {hours}시간 전까지 취소하면 {percent}% 환불돼요.",
        "Cancel at least {hours} hours before the start for a {percent}% refund.",
    ),
    "last": (
        "시작 시간이 가까워 {percent}% 환불돼요.",
        "This close to the start, you get {percent}% back.",
    ),
}
_LABELS = {
    "paid": ("결제 금액", "Paid"),
    "kept": ("취소 수수료", "Cancellation fee"),
    "refund": ("환불 금액", "Refund"),
}


def cancelled(booking: Booking, told: Quote, *, dry_run: bool) -> CancelView:
    """A cancellation's quote, line by line; the last line is the sum of those before."""
    tongue = 1 if english() else 0
    amounts: list[tuple[str, int]] = [("paid", told.paid), ("kept", -told.kept), ("refund", told.refund)]
    rule = "last" if told.rule == "tier" and not told.hours_before else told.rule
    return CancelView(
        dry_run=dry_run,
        status=booking.status,
        percent=told.percent,
        refund=won(told.refund),
        kept=won(told.kept),
        lines=[
            CancelLine.model_validate({"code": code, "label": _LABELS[code][tongue], "amount": won(amount)})
            for code, amount in amounts
        ],
        rule=_RULES[rule][tongue].format(hours=told.hours_before, percent=told.percent),
        valid_until=told.valid_until,
    )


async def chef_reviews(
    session: AsyncSession, chef_id: UUID, *, q: str | None, cursor: str | None, limit: int
) -> ReviewPage:
    """A page of a chef's reviews with the ratings in sum."""
    rows, following = await reviews.of_chef(session, chef_id, q=q, cursor=cursor, limit=limit)
    told = await ratings.of_chef(session, chef_id)
    return ReviewPage(
        items=[
            PublicReview(
                id=review.id,
                author_name=review.author_name,
                rating=review.rating,
                text=review.text,
                menu_name=pick(menu_name, menu_name_en),
                published_at=review.published_at,
                reply=review_views.reply(review),
            )
            for review, menu_name, menu_name_en in rows
        ],
        next_cursor=following,
        summary=RatingSummary(
            count=told.count, average=told.average, score=told.score, histogram=told.histogram
        ),
    )
