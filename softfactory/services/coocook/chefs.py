"""Chefs: a person's profile, its approval, and who may see it."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, realtime, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.errors import PreconditionFailed
from softfactory.kernel.events import publish
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.services.coocook import errors, feeds, profile_letters, ratings, settings
from softfactory.services.coocook.codes import CUISINES, REGIONS
from softfactory.services.coocook.contract import ChefApproved
from softfactory.services.coocook.models import Booking, Chef, Menu
from softfactory.services.coocook.schemas.bookings import BookingStatus
from softfactory.services.coocook.schemas.chefs import (
    ApprovalWish,
    Availability,
    ChefPatch,
    ChefStatus,
    ChefWish,
)
from softfactory.services.coocook.words import vector
from softfactory.services.platform.contract import GrantRole, grant_role

AHEAD = (BookingStatus.HELD, BookingStatus.PAYING, BookingStatus.REQUESTED, BookingStatus.CONFIRMED)


async def propose(session: AsyncSession, wish: ChefWish, *, user_id: UUID, space_id: UUID) -> Chef:
    """A person's own profile: a draft until an admin approves it."""
    chef_id = db.uuid7()
    made: Chef | None = await session.scalar(
        insert(Chef)
        .values(
            id=chef_id,
            user_id=user_id,
            space_id=space_id,
            **wish.model_dump(exclude={"picture_seed"}),
            picture_seed=wish.picture_seed or chef_id.hex,
            turnaround_minutes=settings.TURNAROUND_MINUTES,
            notice_hours=settings.NOTICE_HOURS,
            horizon_days=settings.HORIZON_DAYS,
            slot_step_minutes=Availability.model_fields["slot_step_minutes"].default,
        )
        .on_conflict_do_nothing(index_elements=["user_id"])
        .returning(Chef)
    )
    if made is None:
        raise errors.ProfileExists
    await refresh_offer(session, made)
    await _ask_admins(session, made)
    return made


async def mine(session: AsyncSession, user_id: UUID) -> Chef:
    chef = await session.scalar(select(Chef).where(Chef.user_id == user_id))
    if chef is None:
        raise errors.NoProfileYet
    return chef


async def visible_to(session: AsyncSession, chef_id: UUID, caller: Principal | None) -> Chef:
    """A chef as a caller may see one: listed, the caller's own, or any for an admin."""
    chef = await session.get(Chef, chef_id)
    if chef is not None and (
        chef.status == ChefStatus.ACTIVE
        or (caller is not None and (chef.user_id == caller.id or caller.has("admin")))
    ):
        return chef
    raise errors.NoSuchChef


async def own(session: AsyncSession, chef_id: UUID, user_id: UUID) -> Chef:
    """The caller's own profile, locked. Someone else's looks as if it were not there."""
    chef = await locked(session, chef_id)
    if chef is None or chef.user_id != user_id:
        raise errors.NoSuchChef
    return chef


async def locked(session: AsyncSession, chef_id: UUID) -> Chef | None:
    """A chef's row, locked: whoever changes a chef's time, or what is taken of it, holds this lock first."""
    return await session.scalar(
        select(Chef)
        .where(Chef.id == chef_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


async def lock(session: AsyncSession, chef_id: UUID) -> None:
    """As ``locked``, without reading the row."""
    await session.execute(
        text("select 1 from coocook.chef where id = :id for no key update"), {"id": chef_id}
    )


async def change(
    session: AsyncSession, chef_id: UUID, patch: ChefPatch, *, version: int, user_id: UUID
) -> Chef:
    """Change the profile that was read. A declined one waits for an admin again."""
    chef = await own(session, chef_id, user_id)
    if chef.version != version:
        raise PreconditionFailed(version=chef.version)
    wanted = patch.model_dump(exclude_unset=True, exclude={"calendar_feed"})
    if status := wanted.pop("status", None):
        await _rest_or_return(session, chef, ChefStatus(status))
    for field, value in wanted.items():
        setattr(chef, field, value)
    again = chef.status == ChefStatus.DECLINED
    if again:
        chef.status = ChefStatus.DRAFT
    chef.version += 1
    await session.flush()
    await refresh_offer(session, chef)
    if again:
        await _ask_admins(session, chef)
    return chef


async def change_feed(session: AsyncSession, chef: Chef, wish: str | None) -> str | None:
    """Renew or revoke a calendar feed; the new address, which is told this once."""
    if wish == "renew":
        return await feeds.renew(session, chef)
    if wish == "revoke":
        feeds.revoke(chef)
    return None


async def _ask_admins(session: AsyncSession, chef: Chef) -> None:
    """A profile waits for a decision: said at the desk of those who decide."""
    await realtime.tell_role(
        session, "admin", kind="coocook.approval", subject_id=chef.id, says="chef.waiting"
    )


async def _rest_or_return(session: AsyncSession, chef: Chef, status: ChefStatus) -> None:
    if chef.status not in (ChefStatus.ACTIVE, ChefStatus.INACTIVE):
        raise errors.NotApproved
    if status == ChefStatus.INACTIVE and chef.status == ChefStatus.ACTIVE:
        count, next_at = (
            await session.execute(
                select(func.count(), func.min(Booking.starts_at)).where(
                    Booking.chef_id == chef.id, Booking.status.in_(AHEAD), Booking.ends_at > func.sf_now()
                )
            )
        ).one()
        if count:
            raise errors.FutureBookings(count=count, next_at=next_at)
    chef.status = status


async def waiting_for_approval(session: AsyncSession) -> int:
    """How many profiles wait for an admin's word."""
    found = await session.scalar(select(func.count()).where(Chef.status == ChefStatus.DRAFT))
    return int(found or 0)


async def decide(session: AsyncSession, chef_id: UUID, wish: ApprovalWish, *, admin_id: UUID) -> Chef:
    """Approve or decline a draft. An approved chef is listed at once and given the role."""
    chef = await locked(session, chef_id)
    if chef is None:
        raise errors.NoSuchChef
    if chef.status != ChefStatus.DRAFT:
        raise errors.NotDraft(status=chef.status.value)
    now = await time.now(session)
    approved = wish.decision == "approve"
    chef.status = ChefStatus.ACTIVE if approved else ChefStatus.DECLINED
    chef.decision_reason, chef.decided_by, chef.decided_at = wish.reason, admin_id, now
    chef.version += 1
    if approved:
        chef.approved_at = now
        await session.flush()
        await ratings.refresh(session, chef_id=chef.id)
        await grant_chef_role.later(session, unique=chef.id, chef_id=chef.id)
        await publish(session, ChefApproved(chef_id=chef.id, person_id=chef.user_id))
    await profile_letters.tell_decision(session, chef)
    decided = "approved" if approved else "declined"
    await realtime.tell(session, {chef.user_id: decided}, kind="coocook.chef", subject_id=chef.id)
    await realtime.tell_role(session, "admin", kind="coocook.approval", subject_id=chef.id)
    return chef


@job(retries=20)
async def grant_chef_role(steps: Steps, *, chef_id: UUID) -> None:
    """Give an approved chef the role, so that the next sign-in shows the chef's desk. Again changes nothing."""
    async with steps.transaction() as session:
        chef = await session.get_one(Chef, chef_id)
    await grant_role(GrantRole(person_id=chef.user_id, role="chef", reason="chef_approved"))


async def refresh_offer(session: AsyncSession, chef: Chef) -> None:
    """Bring what lists need of a chef up to date: the lowest price, and the words for search."""
    menus = (await session.scalars(select(Menu).where(Menu.chef_id == chef.id, Menu.active))).all()
    prices = [menu.price_per_guest for menu in menus]
    await session.execute(
        update(Chef)
        .where(Chef.id == chef.id)
        .values(price_from=min(prices) if prices else None, words=vector(*_texts(chef, list(menus))))
        .execution_options(synchronize_session=False)
    )
    await session.refresh(chef)


def _texts(chef: Chef, menus: list[Menu]) -> list[str | None]:
    cuisines: list[Any] = [name for code in chef.cuisines for name in _cuisine_names(code)]
    own = [chef.name, chef.name_en, chef.headline, chef.headline_en, chef.bio, chef.bio_en, chef.city]
    dishes = [
        text for menu in menus for dish in menu.dishes for text in (dish["name"], dish.get("name_en")) if text
    ]
    return [*own, *cuisines, *REGIONS[chef.region], *(t for m in menus for t in (m.name, m.name_en)), *dishes]


def _cuisine_names(code: str) -> tuple[str, str]:
    known: dict[Any, tuple[str, str]] = {**CUISINES}
    return known.get(code, (code, code))
