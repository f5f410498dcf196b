"""Holds, bookings, cancellations and reviews over HTTP."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from softfactory.kernel.auth import Anyone, Guest, RoleMissing, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import problems
from softfactory.kernel.idempotency import KeyReused, SteppedIdempotencyKey, TwinRunning
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.paging import Cursor, Limit
from softfactory.kernel.routing import Router
from softfactory.kernel.shapes import Words
from softfactory.services.coocook import bookings, cancellation, chefs, errors, holds, reviews
from softfactory.services.coocook.schemas.bookings import (
    BookingPage,
    BookingStatus,
    BookingView,
    BookingWish,
    CancelView,
    CancelWish,
    HoldView,
    HoldWish,
    Role,
    TransitionWish,
)
from softfactory.services.coocook.schemas.reviews import ReviewPage, ReviewView, ReviewWish
from softfactory.services.coocook.views import bookings as views
from softfactory.services.platform.contract import SubjectGone

router = Router("/api/coocook", tags=["coocook: bookings"])


@router.post(
    "/holds",
    status_code=201,
    response_model=HoldView,
    responses=problems(
        RoleMissing,
        errors.NoSuchChef,
        errors.NoSuchMenu,
        errors.PartyOutOfRange,
        errors.SlotNotOffered,
        errors.NoticeTooShort,
        errors.BeyondHorizon,
        errors.OwnTable,
        errors.SlotTaken,
        errors.TooManyHolds,
    ),
)
async def hold_a_chef(wish: HoldWish, guest: Guest, session: Session) -> HoldView:
    """Keep a chef's time for ten minutes. The same wish again answers the hold that the caller already has."""
    return await holds.take(session, wish, guest_id=guest.id)


@router.delete(
    "/holds/{hold_id}", status_code=204, responses=problems(RoleMissing, errors.NoSuchHold, errors.HoldBooked)
)
async def release_a_hold(hold_id: UUID, guest: Guest, session: Session) -> Response:
    """Give the time back. Again: 204 as well."""
    await holds.release(session, hold_id, guest_id=guest.id)
    return Response(status_code=204)


@router.post(
    "/bookings",
    status_code=201,
    response_model=BookingView,
    responses=problems(
        RoleMissing,
        errors.NoSuchHold,
        errors.HoldEnded,
        SubjectGone,
        errors.AllergenConflict,
        errors.ExtraUnknown,
        TwinRunning,
        KeyReused,
    ),
)
async def book(wish: BookingWish, guest: Guest, _: SteppedIdempotencyKey, steps: RouteSteps) -> BookingView:
    """Turn the caller's live hold into a booking with an order to pay. The hold's time runs on until it is paid."""
    booking_id = await bookings.book(steps, wish, guest=guest)
    async with steps.transaction() as session:
        return await views.one(session, booking_id, guest)


@router.get("/bookings", response_model=BookingPage)
async def list_bookings(
    person: User,
    session: ReadSession,
    role: Role = Role.GUEST,
    status: Annotated[list[BookingStatus] | None, Query(max_length=10)] = None,
    since: Annotated[dt.date | None, Query(alias="from", description="First day (UTC) of the start.")] = None,
    until: Annotated[dt.date | None, Query(alias="to", description="Last day (UTC) of the start.")] = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> BookingPage:
    """The caller's bookings on one side, the latest start first."""
    return await views.page(
        session, person, role=role, status=status, since=since, until=until, cursor=cursor, limit=limit
    )


@router.get("/bookings/{booking_id}", response_model=BookingView, responses=problems(errors.NoSuchBooking))
async def show_a_booking(booking_id: UUID, person: User, session: ReadSession) -> BookingView:
    return await views.one(session, booking_id, person)


@router.post(
    "/bookings/{booking_id}/transition",
    response_model=BookingView,
    responses=problems(
        errors.NoSuchBooking, errors.NotYourPart, errors.WrongState, errors.TooEarly, errors.TooLate
    ),
)
async def move_a_booking(
    booking_id: UUID, wish: TransitionWish, person: User, session: Session
) -> BookingView:
    """The chef's part: accept or decline a request, complete a meal, or tell that nobody came."""
    await bookings.transition(session, booking_id, wish, person=person)
    return await views.one(session, booking_id, person)


@router.post(
    "/bookings/{booking_id}/cancel",
    response_model=CancelView,
    responses=problems(
        errors.NoSuchBooking, errors.WrongState, errors.TooLate, errors.PaymentUnderway, errors.RefundChanged
    ),
)
async def cancel_a_booking(
    booking_id: UUID,
    person: User,
    session: Session,
    wish: CancelWish | None = None,
    dry_run: Annotated[bool, Query(description="Only tell what would come back.")] = False,
) -> CancelView:
    """Cancel now: so much back, line by line; with ``dry_run`` nothing changes."""
    booking, side = await bookings.visible_to(session, booking_id, person, lock=True)
    wish = wish or CancelWish()
    told = await cancellation.cancel(session, booking, wish, side=side, person=person, dry_run=dry_run)
    return views.cancelled(booking, told, dry_run=dry_run)


@router.post(
    "/bookings/{booking_id}/reviews",
    status_code=201,
    response_model=ReviewView,
    responses=problems(
        errors.NoSuchBooking,
        errors.NotYourPart,
        errors.NotYetDone,
        errors.ReviewClosed,
        errors.AlreadyReviewed,
    ),
)
async def review_a_booking(booking_id: UUID, wish: ReviewWish, person: User, session: Session) -> ReviewView:
    """Review the other side, once, within 14 days. Shown when both have written or the time is up."""
    return ReviewView.model_validate(await reviews.write(session, booking_id, wish, person=person))


@router.get(
    "/chefs/{chef_id}/reviews",
    response_model=ReviewPage,
    dependencies=[Anyone],
    responses=problems(errors.NoSuchChef),
)
async def list_reviews(
    chef_id: UUID,
    session: ReadSession,
    q: Annotated[Words | None, Query(max_length=100, description="Words, Korean or English.")] = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> ReviewPage:
    """Guests' reviews, the newest first, with the rating in sum."""
    await chefs.visible_to(session, chef_id, None)
    return await views.chef_reviews(session, chef_id, q=q, cursor=cursor, limit=limit)
