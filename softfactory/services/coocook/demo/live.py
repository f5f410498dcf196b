"""The demo people's bookings ahead: held, booked, paid in the sandbox and answered through the API, as anyone's are.

So each has an order, a payment and rows in the ledger. A booking is known by its note: one that lies ahead is not made
again.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

import httpx
from fastapi import FastAPI
from sqlalchemy import func, or_, select, text

from softfactory.kernel import app as kernel_app
from softfactory.kernel import config, db, time
from softfactory.kernel.service import discover
from softfactory.services.coocook.demo import content, hours
from softfactory.services.coocook.models import Booking
from softfactory.services.coocook.schemas.bookings import BookingStatus

Report = Callable[[str], None]
Then = Literal["leave", "accept", "decline", "cancel", "propose", "dispute"]


class LiveDemoFailed(RuntimeError):
    """The API refused a step of the demo people's bookings."""


class Away(RuntimeError):
    """A sibling that runs elsewhere does not answer yet."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A booking to make: who, whose table, which menu (from 1), from how many days ahead, and what happens then."""

    role: str
    chef: str
    menu: int
    ahead: int
    party: int
    note: str
    then: Then = "leave"
    reason: str = ""
    answer: str = ""
    wish: dict[str, Any] = field(default_factory=dict)


def plans() -> list[Plan]:
    return [Plan(**told) for told in content.read("plans")["plan"]]


async def seed(report: Report) -> None:
    """Make the plans that do not lie ahead yet; nothing where the deployment is no demo."""
    missing, now = await _missing()
    if not missing:
        report("coocook: the demo people's bookings are there already")
        return
    if not config.settings().demo:
        report("coocook: no bookings of demo people, for this deployment is not a demo (SF_DEMO)")
        return
    try:
        async with _people() as people:
            for number, plan in enumerate(missing, start=1):
                report(f"coocook: booking {number} of {len(missing)} through the API")
                await _carry_out(people, plan, now)
    except (httpx.TransportError, Away) as away:
        report(f"coocook: accounts or payments do not answer ({away!r}); seed again once they do")


async def _missing() -> tuple[list[Plan], datetime]:
    """Plans without a booking ahead; an expired one does not count."""
    wanted = plans()
    disputed = [plan.note for plan in wanted if plan.then == "dispute"]
    async with db.transaction("coocook") as session:
        found = await session.scalars(
            select(Booking.note).where(
                Booking.note.in_([plan.note for plan in wanted]),
                or_(Booking.starts_at > func.sf_now(), Booking.note.in_(disputed)),
                Booking.status != BookingStatus.EXPIRED,
            )
        )
        there = set(found)
        return [plan for plan in wanted if plan.note not in there], await time.now(session)


class _People:
    """Signed-in demo people, each by a client of coocook and one of platform."""

    def __init__(self, app: FastAPI, open_clients: AsyncExitStack) -> None:
        self._app, self._open = app, open_clients
        self._tokens: dict[str, str] = {}
        self._clients: dict[tuple[str, str], httpx.AsyncClient] = {}

    async def ask(self, role: str, service: str, method: str, path: str, **wish: Any) -> Any:
        """One request as a role's demo person; the body of the answer."""
        if role not in self._tokens:
            signed_in = await self._send("", "platform", "POST", "/api/auth/demo", json={"role": role})
            self._tokens[role] = signed_in["access_token"]
        return await self._send(role, service, method, path, **wish)

    async def sign_out(self) -> None:
        for role in list(self._tokens):
            await self._send(role, "platform", "POST", "/api/auth/logout")

    async def _send(self, role: str, service: str, method: str, path: str, **wish: Any) -> Any:
        answer = await (await self._client(role, service)).request(method, path, **wish)
        if answer.status_code == 503:
            raise Away(f"{method} {path}: {answer.text}")
        if answer.is_error:
            raise LiveDemoFailed(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None

    async def _client(self, role: str, service: str) -> httpx.AsyncClient:
        if (role, service) not in self._clients:
            far = config.service_url(service)
            transport = None if far else httpx.ASGITransport(self._app)
            token = self._tokens.get(role)
            client = httpx.AsyncClient(
                base_url=far or "http://demo",
                transport=transport,
                timeout=30,
                headers={"Accept-Language": "ko"} | ({"Authorization": f"Bearer {token}"} if token else {}),
            )
            self._clients[(role, service)] = await self._open.enter_async_context(client)
        return self._clients[(role, service)]


@asynccontextmanager
async def _people() -> AsyncIterator[_People]:
    near = [service for name, service in discover().items() if config.is_near(name)]
    async with AsyncExitStack() as clients:
        people = _People(kernel_app.build(near), clients)
        yield people
        await people.sign_out()


async def _carry_out(people: _People, plan: Plan, now: datetime) -> None:
    """Hold, book, pay; then what the plan says."""
    slot = await _slot(people, plan, now)
    if slot is None:
        return
    chef = content.chef(plan.chef)
    hold = {
        "chef_id": str(chef.id),
        "menu_id": str(chef.menu_id(plan.menu)),
        "starts_at": slot,
        "party": plan.party,
    }
    held = await people.ask(plan.role, "coocook", "POST", "/api/coocook/holds", json=hold)
    wish = {"hold_id": held["id"], "note": plan.note, **plan.wish}
    booked = await _once(people, plan.role, "coocook", "/api/coocook/bookings", wish)
    payment = {
        "order_id": booked["order_id"],
        "payment_key": "sandbox_ok",
        "amount": booked["price"]["amount"],
    }
    await _once(people, plan.role, "platform", "/api/payment/confirm", payment)
    address = f"/api/coocook/bookings/{booked['id']}"
    if plan.then in ("propose", "dispute"):
        await people.ask("chef", "coocook", "POST", f"{address}/transition", json={"action": "accept"})
        await (_propose if plan.then == "propose" else _dispute)(people, plan, booked)
    elif plan.then == "cancel":
        await people.ask(plan.role, "coocook", "POST", f"{address}/cancel", json={"reason": plan.reason})
    elif plan.then != "leave":
        answer = {"action": plan.then, "reason": plan.reason}
        await people.ask("chef", "coocook", "POST", f"{address}/transition", json=answer)


async def _propose(people: _People, plan: Plan, booked: dict[str, Any]) -> None:
    """The chef wishes for the next free time of that day, and the guest has not answered."""
    day = datetime.fromisoformat(booked["starts_at"]).date()
    query = {
        "from": str(day),
        "to": str(day + timedelta(days=6)),
        "party": plan.party,
        "booking_id": booked["id"],
    }
    address = f"/api/coocook/chefs/{booked['chef']['id']}/slots"
    found = await people.ask("chef", "coocook", "GET", address, params=query)
    later = [slot["starts_at"] for slot in found["items"] if slot["starts_at"] > booked["starts_at"]]
    if later:
        wish = {"starts_at": later[0], "reason": plan.reason}
        address = f"/api/coocook/bookings/{booked['id']}/reschedule"
        await people.ask("chef", "coocook", "POST", address, json=wish)


async def _dispute(people: _People, plan: Plan, booked: dict[str, Any]) -> None:
    """The evening is put into the past, which no API can do; then both sides say what happened."""
    async with db.transaction("coocook") as session:
        now, ends_at = await time.now(session), datetime.fromisoformat(booked["ends_at"])
        back = timedelta(days=(ends_at - now) // timedelta(days=1) + 1)
        values = {"id": booked["id"], "back": back}
        await session.execute(
            text(
                "update coocook.booking set starts_at = starts_at - cast(:back as interval), "
                "ends_at = ends_at - cast(:back as interval) where id = :id"
            ),
            values,
        )
        await session.execute(text("delete from coocook.busy where booking_id = :id"), {"id": booked["id"]})
    address = f"/api/coocook/bookings/{booked['id']}/transition"
    for role, said in ((plan.role, plan.reason), ("chef", plan.answer)):
        await people.ask(role, "coocook", "POST", address, json={"action": "dispute", "reason": said})


async def _once(people: _People, role: str, service: str, path: str, wish: dict[str, Any]) -> Any:
    return await people.ask(role, service, "POST", path, json=wish, headers={"Idempotency-Key": uuid4().hex})


async def _slot(people: _People, plan: Plan, now: datetime) -> str | None:
    """The free time nearest to six in the evening of the first free day from where the plan begins."""
    first = hours.day_of(now) + timedelta(days=plan.ahead)
    chef = content.chef(plan.chef)
    query = {
        "from": str(first),
        "to": str(first + timedelta(days=13)),
        "party": plan.party,
        "menu_id": str(chef.menu_id(plan.menu)),
    }
    found = await people.ask(plan.role, "coocook", "GET", f"/api/coocook/chefs/{chef.id}/slots", params=query)
    starts: list[dict[str, str]] = found["items"]
    day = [slot for slot in starts if slot["local_start"][:10] == starts[0]["local_start"][:10]]
    best = min(day, key=lambda slot: abs(int(slot["local_start"][11:13]) - 18), default=None)
    return best["starts_at"] if best else None
