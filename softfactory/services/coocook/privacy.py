"""What CooCook keeps about a person, what binds them to it, and forgetting them."""

from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import idempotency, language, mail, pictures
from softfactory.kernel.events import on
from softfactory.kernel.operations import answers
from softfactory.services.coocook import blocks, cancellation, feeds
from softfactory.services.coocook.models import Booking, Chef, Menu, Review
from softfactory.services.coocook.schemas.bookings import BookingStatus
from softfactory.services.coocook.schemas.chefs import ChefStatus
from softfactory.services.platform.contract import (
    Obligation,
    Obligations,
    PersonalData,
    PersonErased,
    PersonQuery,
    obligations,
    personal_data,
)

GONE = "탈퇴한 회원"
"""Stands where the name of someone who left stood."""

UNDER_WAY = (
    BookingStatus.PAYING,
    BookingStatus.REQUESTED,
    BookingStatus.CONFIRMED,
    BookingStatus.DISPUTED,
)


@answers(personal_data)
async def tell(session: AsyncSession, request: PersonQuery) -> PersonalData:
    who = request.person_id
    chef = await session.scalar(select(Chef).where(Chef.user_id == who))
    sections: dict[str, Any] = {
        "bookings": await _rows(session, Booking, Booking.guest_id == who),
        "reviews": await _rows(session, Review, Review.author_id == who),
    }
    if chef is not None:
        sections["chef_profile"] = [{k: v for k, v in _row(chef).items() if k != "feed_hash"}]
        sections["menus"] = await _rows(session, Menu, Menu.chef_id == chef.id)
        # What a guest wrote to the chef is the guest's: the chef's own copy tells when, what and for how much.
        evenings = await _rows(session, Booking, Booking.chef_id == chef.id)
        theirs = {"guest_name", "note", "allergens", "acknowledgement"}
        sections["evenings"] = [{k: v for k, v in row.items() if k not in theirs} for row in evenings]
    return PersonalData(sections=sections)


def _row(row: Any) -> dict[str, Any]:
    """Every column but those that only the search reads, and the hash of a secret."""
    columns = [column.key for column in row.__table__.columns if column.key not in ("words", "feed_hash")]
    told: dict[str, Any] = to_jsonable_python({name: getattr(row, name) for name in columns})
    return told


async def _rows(session: AsyncSession, of: Any, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    return [_row(row) for row in await session.scalars(select(of).where(which).order_by(of.id))]


# -- what binds them -------------------------------------------------------------------------------------------------


@answers(obligations)
async def binding(session: AsyncSession, request: PersonQuery) -> Obligations:
    """Evenings to come or not settled, on either side of the table, and money that is still on its way."""
    who = request.person_id
    chef_id = await session.scalar(select(Chef.id).where(Chef.user_id == who))
    found = [
        *await _evenings(session, Booking.guest_id == who, "booking_as_guest", "/bookings/{id}"),
        *await _refunds(session, who),
    ]
    if chef_id is not None:
        mine = Booking.chef_id == chef_id
        found += await _evenings(session, mine, "booking_as_chef", "/chef/desk?booking={id}")
        found += await _payouts(session, mine)
    return Obligations(open=found)


_EVENING = {
    "booking_as_guest": (
        "{date} 예약이 남아 있어요. 취소하거나 식사를 마친 뒤 탈퇴할 수 있어요.",
        "Your booking of {date} is still open. Cancel it, or wait until after the meal.",
    ),
    "booking_as_chef": (
        "{date}에 요리할 예약이 남아 있어요. 취소하거나 식사를 마친 뒤 탈퇴할 수 있어요.",
        "A guest is expecting you on {date}. Cancel the booking, or wait until after the meal.",
    ),
}


async def _evenings(
    session: AsyncSession, whose: ColumnElement[bool], code: str, path: str
) -> list[Obligation]:
    day = func.date(func.timezone(Booking.zone, Booking.starts_at))
    query = select(Booking.id, day).where(whose, Booking.status.in_(UNDER_WAY))
    ko, en = _EVENING[code]
    return [
        Obligation(
            code=code,
            title_ko=ko.format(date=language.day(date, "ko")),
            title_en=en.format(date=language.day(date, "en")),
            path=path.format(id=booking_id),
        )
        for booking_id, date in await session.execute(query.order_by(Booking.starts_at).limit(20))
    ]


async def _refunds(session: AsyncSession, who: UUID) -> list[Obligation]:
    due = Booking.refund_state.in_(("due", "requested"))
    query = select(Booking.id, Booking.refund_amount).where(Booking.guest_id == who, due)
    return [
        Obligation(
            code="booking_refund_open",
            title_ko=f"취소한 예약의 환불금 {amount:,}원을 환불하고 있어요. 환불이 끝난 뒤 탈퇴할 수 있어요.",
            title_en=f"KRW {amount:,} for a canceled booking is being refunded. Please wait until it has arrived.",
            path=f"/bookings/{booking_id}",
        )
        for booking_id, amount in await session.execute(query.order_by(Booking.id).limit(20))
    ]


async def _payouts(session: AsyncSession, mine: ColumnElement[bool]) -> list[Obligation]:
    """Whatever is paid out later: evenings cooked, nobody at home, and what a policy kept; not what went back whole."""
    left = func.coalesce(Booking.refund_amount, 0) < Booking.price
    query = select(func.count()).where(
        mine, left, Booking.payout_id.is_not(None), Booking.paid_out_at.is_(None)
    )
    count = await session.scalar(query)
    if not count:
        return []
    return [
        Obligation(
            code="payout_open",
            title_ko=f"아직 정산되지 않은 예약이 {count}건 있어요. 정산이 끝난 뒤 탈퇴할 수 있어요.",
            title_en=f"Bookings not paid out to you yet: {count}. Please wait until they are.",
            path="/chef/desk",
        )
    ]


# -- forgetting ------------------------------------------------------------------------------------------------------


@on(PersonErased)
async def forget(session: AsyncSession, event: PersonErased) -> None:
    """Evenings and reviews stay, for the other side and for the books, but without the name and the person's words."""
    who = event.person_id
    # The chef first, as everywhere: no booking is locked before.
    chef = await session.scalar(select(Chef).where(Chef.user_id == who).with_for_update(key_share=True))
    if chef is not None:
        _take_down(chef)
        await _call_off(session, chef)
        await blocks.forget(session, chef)
        await session.execute(update(Menu).where(Menu.chef_id == chef.id).values(active=False))
    await session.execute(
        update(Booking)
        .where(Booking.guest_id == who)
        .values(guest_name=GONE, note="", allergens=[], acknowledgement=None)
    )
    await session.execute(update(Review).where(Review.author_id == who).values(author_name=GONE))
    await pictures.erase(session, person_id=who)
    await mail.erase(session, person_id=who)
    await idempotency.erase(session, person_id=who)


def _take_down(chef: Chef) -> None:
    """The row stays, for bookings point at it; nobody finds it any more, and its calendar is read no more."""
    feeds.revoke(chef)
    chef.status = ChefStatus.INACTIVE
    chef.name, chef.name_en = GONE, None
    chef.headline, chef.headline_en, chef.bio, chef.bio_en = "", None, "", None
    chef.weekly, chef.exceptions = [], []
    chef.words = sql("''::tsvector")  # type: ignore[assignment]  # SQLAlchemy takes SQL for a column's value
    feeds.revoke(chef)
    chef.version += 1


async def _call_off(session: AsyncSession, chef: Chef) -> None:
    """What was booked while the chef was leaving. One that is being paid is called off once it is paid."""
    coming = await session.scalars(
        select(Booking)
        .where(
            Booking.chef_id == chef.id,
            Booking.status.in_((BookingStatus.REQUESTED, BookingStatus.CONFIRMED)),
        )
        .order_by(Booking.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for booking in coming.all():
        await cancellation.call_off(session, booking)
