"""Holds, bookings, cancellations and reviews over HTTP."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from softfactory.kernel.auth import Admin, Anyone, Guest, RoleMissing, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import problems
from softfactory.kernel.idempotency import KeyReused, SteppedIdempotencyKey, TwinRunning
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.paging import Cursor, Limit
from softfactory.kernel.routing import Router
from softfactory.kernel.shapes import Words
from softfactory.services.coocook import (
    bookings,
    cancellation,
    chefs,
    errors,
    holds,
    moderation,
    reschedule,
    reviews,
)
from softfactory.services.coocook.routes.people import Party
from softfactory.services.coocook.schemas.bookings import (
    BookingPage,
    BookingStatus,
    BookingView,
    BookingWish,
    CancelView,
    CancelWish,
    HoldView,
    HoldWish,
    RescheduleWish,
    Role,
    TransitionWish,
)
from softfactory.services.coocook.schemas.reviews import (
    QueueState,
    ReviewActionWish,
    ReviewPage,
    ReviewQueue,
    ReviewView,
    ReviewWish,
)
from softfactory.services.coocook.views import bookings as views
from softfactory.services.coocook.views import reviews as review_views
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


@router.get("/bookings", response_model=BookingPage, responses=problems(RoleMissing))
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
    """The caller's bookings on one side, the latest start first; for admins (``role=admin``) everybody's."""
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
        RoleMissing,
        errors.NoSuchBooking,
        errors.NotYourPart,
        errors.NotOfThisTable,
        errors.OwnCase,
        errors.WrongState,
        errors.TimeChanged,
        errors.TooEarly,
        errors.TooLate,
        errors.DisputeClosed,
        errors.RefundOverPrice,
        errors.NothingToTry,
    ),
)
async def move_a_booking(
    booking_id: UUID,
    wish: TransitionWish,
    person: Party,
    session: Session,
    dry_run: Annotated[
        bool, Query(description="With `resolve`: only tell how it divides the price.")
    ] = False,
) -> BookingView:
    """The chef's part (accept, decline, complete, no_show), a dispute of either side, an admin's decision on it.

    ``dispute`` by the other side of a disputed booking is its answer.
    """
    tried = await bookings.transition(session, booking_id, wish, person=person, dry_run=dry_run)
    return await views.one(session, booking_id, person, tried=tried)


@router.post(
    "/bookings/{booking_id}/reschedule",
    response_model=BookingView,
    responses=problems(
        errors.NoSuchBooking,
        errors.NotOfThisTable,
        errors.WrongState,
        errors.MealBegun,
        errors.NoticeTooShort,
        errors.BeyondHorizon,
        errors.SlotNotOffered,
        errors.SlotTaken,
        errors.NothingProposed,
    ),
)
async def reschedule_a_booking(
    booking_id: UUID, wish: RescheduleWish, person: User, session: Session
) -> BookingView:
    """Another time, same menu, party and price: at once where nobody is wronged, else the other side is asked.

    The old time is kept until the new one is won.
    """
    await reschedule.reschedule(session, booking_id, wish, person=person)
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
    person: Party,
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
    return review_views.written(await reviews.write(session, booking_id, wish, person=person))


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


@router.get("/reviews", response_model=ReviewQueue)
async def list_moderated_reviews(
    _: Admin,
    session: ReadSession,
    state: QueueState = QueueState.REPORTED,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> ReviewQueue:
    """What waits for an admin, the longest first; or what is hidden."""
    return await review_views.queue(session, state=state, cursor=cursor, limit=limit)


@router.post(
    "/reviews/{review_id}/actions",
    response_model=ReviewView,
    responses=problems(
        RoleMissing,
        errors.NoSuchReview,
        errors.NotYourReview,
        errors.OwnReview,
        errors.OwnCase,
        errors.ReplyClosed,
        errors.AlreadyReported,
        errors.NotHidden,
        errors.AlreadyAppealed,
        errors.AlreadyHidden,
        errors.NotPublished,
        errors.NothingToDecide,
    ),
)
async def act_on_a_review(
    review_id: UUID, wish: ReviewActionWish, person: Party, session: Session
) -> ReviewView:
    """Reply to a review, report one, appeal against a hiding; admins hide and restore with a reason."""
    return review_views.seen_by(await moderation.act(session, review_id, wish, person=person), person)
