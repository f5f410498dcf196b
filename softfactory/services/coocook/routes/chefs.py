"""Chefs, their menus and their free times over HTTP."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.auth import Admin, Anyone, MaybeUser, RoleMissing, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import PreconditionFailed, PreconditionRequired, problems
from softfactory.kernel.paging import Cursor, Limit
from softfactory.kernel.pictures import NoSuchPicture
from softfactory.kernel.routing import Router
from softfactory.kernel.shapes import Words
from softfactory.kernel.time import ZoneName
from softfactory.kernel.versions import IfMatch, etag
from softfactory.services.coocook import availability, bookings, chefs, errors, feeds, menus, search
from softfactory.services.coocook.codes import Cuisine, Region
from softfactory.services.coocook.models import Chef
from softfactory.services.coocook.routes.calendars import CalendarFile
from softfactory.services.coocook.schemas.chefs import (
    ApprovalWish,
    Availability,
    AvailabilityView,
    ChefOwnView,
    ChefPage,
    ChefPatch,
    ChefSort,
    ChefStatus,
    ChefView,
    ChefWish,
    MenuPage,
    MenuView,
    MenuWish,
    SlotPage,
)
from softfactory.services.coocook.search import Wanted
from softfactory.services.coocook.views import chefs as views

router = Router("/api/coocook", tags=["coocook: chefs"])

Won = Annotated[int | None, Query(ge=0, le=10_000_000, description="KRW for one guest.")]


def _wanted(
    cuisine: Cuisine | None = None,
    region: Region | None = None,
    date: Annotated[
        dt.date | None, Query(description="Has a free time on this day of the chef's zone.")
    ] = None,
    party: Annotated[int | None, Query(ge=1, le=100)] = None,
    price_min: Won = None,
    price_max: Won = None,
    rating_min: Annotated[float | None, Query(ge=1, le=5)] = None,
    q: Annotated[Words | None, Query(max_length=100, description="Words, Korean or English.")] = None,
    sort: ChefSort = ChefSort.RATING,
    status: Annotated[ChefStatus, Query(description="Other than active: admins only.")] = ChefStatus.ACTIVE,
) -> Wanted:
    return Wanted(cuisine, region, date, party, price_min, price_max, rating_min, q, sort, status)


async def _own(
    session: AsyncSession, chef: Chef, response: Response, *, feed_address: str | None = None
) -> ChefOwnView:
    response.headers["ETag"] = etag(chef.version)
    return await views.own(session, chef, feed_address=feed_address)


@router.get("/chefs", response_model=ChefPage, responses=problems(errors.ListNotYours))
async def list_chefs(
    wanted: Annotated[Wanted, Depends(_wanted)],
    session: ReadSession,
    caller: MaybeUser,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Response:
    """Chefs by filter, sorted, page by page."""
    if wanted.status != ChefStatus.ACTIVE and (caller is None or not caller.has("admin")):
        raise errors.ListNotYours
    found = await search.page(session, wanted, cursor=cursor, limit=limit)
    return Response(found, media_type="application/json", headers={"Vary": "Accept-Language"})


@router.post("/chefs", status_code=201, response_model=ChefOwnView, responses=problems(errors.ProfileExists))
async def propose_a_chef(wish: ChefWish, person: User, session: Session, response: Response) -> ChefOwnView:
    """The caller's own profile: a draft until an admin approves it."""
    chef = await chefs.propose(session, wish, user_id=person.id, space_id=person.space_id)
    return await _own(session, chef, response)


@router.get("/chefs/me", response_model=ChefOwnView, responses=problems(errors.NoProfileYet))
async def my_profile(person: User, session: ReadSession, response: Response) -> ChefOwnView:
    """The caller's own profile, as written, with the hours."""
    return await _own(session, await chefs.mine(session, person.id), response)


@router.get("/chefs/{chef_id}", response_model=ChefView, responses=problems(errors.NoSuchChef))
async def show_a_chef(chef_id: UUID, caller: MaybeUser, session: ReadSession, response: Response) -> ChefView:
    chef = await chefs.visible_to(session, chef_id, caller)
    response.headers["ETag"] = etag(chef.version)
    return await views.public(session, chef, caller)


@router.patch(
    "/chefs/{chef_id}",
    response_model=ChefOwnView,
    responses=problems(
        errors.NoSuchChef, errors.FutureBookings, errors.NotApproved, PreconditionFailed, PreconditionRequired
    ),
)
async def change_a_chef(
    chef_id: UUID, patch: ChefPatch, version: IfMatch, person: User, session: Session, response: Response
) -> ChefOwnView:
    """Change the profile that was read (``If-Match``). A declined profile waits again once it is changed."""
    chef = await chefs.change(session, chef_id, patch, version=version, user_id=person.id)
    address = await chefs.change_feed(session, chef, patch.calendar_feed)
    return await _own(session, chef, response, feed_address=address)


@router.post(
    "/chefs/{chef_id}/approval",
    response_model=ChefOwnView,
    responses=problems(RoleMissing, errors.NoSuchChef, errors.NotDraft),
)
async def decide_on_a_chef(chef_id: UUID, wish: ApprovalWish, admin: Admin, session: Session) -> ChefOwnView:
    """Approve or decline a draft, with a reason that the chef reads."""
    return await views.own(session, await chefs.decide(session, chef_id, wish, admin_id=admin.id))


@router.get("/chefs/{chef_id}/menus", response_model=MenuPage, responses=problems(errors.NoSuchChef))
async def list_menus(chef_id: UUID, caller: MaybeUser, session: ReadSession) -> MenuPage:
    chef = await chefs.visible_to(session, chef_id, caller)
    return MenuPage(items=await views.menus(session, await menus.of_chef(session, chef.id)))


@router.post(
    "/chefs/{chef_id}/menus",
    status_code=201,
    response_model=MenuView,
    responses=problems(
        errors.NoSuchChef, errors.NoSuchMenu, errors.MenuExists, errors.NothingToWithdraw, NoSuchPicture
    ),
)
async def offer_a_menu(chef_id: UUID, wish: MenuWish, person: User, session: Session) -> MenuView:
    """Offer a menu, or replace or withdraw one: what was sold before stays as it was sold."""
    offered = await menus.offer(session, chef_id, wish, user_id=person.id)
    return (await views.menus(session, [offered]))[0]


@router.put(
    "/chefs/{chef_id}/availability",
    response_model=AvailabilityView,
    responses=problems(errors.NoSuchChef, errors.SlotTaken, errors.BlockEmpty),
)
async def set_availability(
    chef_id: UUID, wish: Availability, person: User, session: Session, response: Response
) -> AvailabilityView:
    """Replace weekly hours, exceptions, zone, turnaround, notice, horizon and outside appointments.

    Bookings already made stay; an appointment that would meet one is a 409.
    """
    chef = await availability.replace(session, chef_id, wish, user_id=person.id)
    response.headers["ETag"] = etag(chef.version)
    return await views.hours(session, chef)


@router.get(
    "/chefs/{chef_id}/calendar.ics",
    dependencies=[Anyone],
    response_class=CalendarFile,
    responses={
        **problems(errors.NoSuchFeed),
        304: {"description": "Nothing changed since the answer with this ETag.", "content": {}},
    },
)
async def calendar_feed(
    chef_id: UUID,
    session: ReadSession,
    token: Annotated[Words, Query(max_length=100, description="Of the address that the chef copied.")] = "",
    known: Annotated[str | None, Header(alias="If-None-Match", max_length=200)] = None,
) -> Response:
    """A chef's calendar for calendar apps: when, which menu, how many; nothing of the guests."""
    return CalendarFile.of(await feeds.read(session, chef_id, token), known)


@router.get(
    "/chefs/{chef_id}/slots",
    response_model=SlotPage,
    responses=problems(
        errors.NoSuchChef,
        errors.NoSuchMenu,
        errors.NoSuchBooking,
        errors.RangeWrong,
        errors.PartyOutOfRange,
    ),
)
async def list_slots(
    chef_id: UUID,
    session: ReadSession,
    caller: MaybeUser,
    since: Annotated[dt.date, Query(alias="from")],
    until: Annotated[dt.date, Query(alias="to", description="The last day, included; at most 62 days.")],
    party: Annotated[int, Query(ge=1, le=100)] = 2,
    tz: Annotated[ZoneName | None, Query(description="The reader's zone; the chef's when left out.")] = None,
    menu_id: Annotated[UUID | None, Query(description="Left out: times long enough for any menu.")] = None,
    booking_id: Annotated[
        UUID | None,
        Query(description="To move this booking of the caller's: long enough for it, its own time free."),
    ] = None,
) -> SlotPage:
    """Free times between two days, computed now."""
    moving = await bookings.moving(session, booking_id, chef_id, caller) if booking_id else None
    free, zone = await availability.free_slots(
        session, chef_id, first=since, last=until, party=party, zone=tz, menu_id=menu_id, moving=moving
    )
    return SlotPage(items=[views.slot(slot, zone) for slot in free])
