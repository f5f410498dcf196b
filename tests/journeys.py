"""The platform's journeys as a client takes them, told once for every layout, fault and browser test."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import httpx

PASSWORD = "correct horse battery staple"
ALL_DAY = [{"weekday": day, "from": "09:00", "to": "22:00"} for day in range(1, 8)]

T = TypeVar("T")
Connect = Callable[[str | None], httpx.AsyncClient]


def told(answer: httpx.Response, *expected: int) -> Any:
    """The answer's body, once its status is one of those expected."""
    assert answer.status_code in (expected or (200, 201)), (
        f"{answer.request.url}: {answer.status_code} {answer.text}"
    )
    return answer.json() if answer.content else None


async def until(ask: Callable[[], Awaitable[T]], wanted: Callable[[T], bool], seconds: float = 30) -> T:
    """Ask until the answer is as wanted; fail with the last answer when time is up."""
    deadline = time.monotonic() + seconds
    while True:
        found = await ask()
        if wanted(found):
            return found
        assert time.monotonic() < deadline, f"still {found!r}"
        await asyncio.sleep(0.1)


@dataclass
class Someone:
    """A signed-in person."""

    http: httpx.AsyncClient
    id: str
    token: str


@dataclass
class Kitchen:
    """A chef who is open: the person, the profile and a menu."""

    chef: Someone
    chef_id: str
    menu_id: str


@dataclass
class Journey:
    """Everybody on one platform. ``connect(token)`` opens a client."""

    connect: Connect
    opened: list[httpx.AsyncClient] = field(default_factory=list)

    def _open(self, token: str | None) -> httpx.AsyncClient:
        self.opened.append(self.connect(token))
        return self.opened[-1]

    async def close(self) -> None:
        for http in self.opened:
            await http.aclose()

    async def sign_up(self, name: str) -> Someone:
        anonymous = self._open(None)
        wish = {"email": f"{uuid4().hex[:12]}@example.com", "password": PASSWORD, "name": name}
        answer = told(await anonymous.post("/api/auth/register", json=wish), 201)
        return Someone(self._open(answer["access_token"]), answer["user"]["id"], answer["access_token"])

    async def demo(self, role: str) -> Someone:
        answer = told(await self._open(None).post("/api/auth/demo", json={"role": role}), 200)
        return Someone(self._open(answer["access_token"]), answer["user"]["id"], answer["access_token"])

    async def open_kitchen(
        self, *, instant: bool = True, minutes: int = 120, name: str = "한도윤"
    ) -> Kitchen:
        """A chef signs up, writes a profile, a menu and hours, and an admin approves."""
        chef, admin = await self.sign_up(name), await self.demo("admin")
        profile = {
            "name": name,
            "name_en": "Han Doyun",
            "headline": "제철 한식 코스",
            "headline_en": "Korean courses in season",
            "cuisines": ["korean"],
            "region": "seoul",
            "instant": instant,
            "policy": "moderate",
        }
        chef_id = told(await chef.http.post("/api/coocook/chefs", json=profile), 201)["id"]
        menu = {
            "name": "봄 코스",
            "name_en": "Spring course",
            "price_per_guest": {"amount": 80_000, "currency": "KRW"},
            "min_party": 1,
            "max_party": 8,
            "duration_minutes": minutes,
            "dishes": [{"name": "냉이 된장국", "name_en": "Soybean soup", "allergens": ["soy"]}],
        }
        menu_id = told(await chef.http.post(f"/api/coocook/chefs/{chef_id}/menus", json=menu), 201)["id"]
        hours = {
            "weekly": ALL_DAY,
            "turnaround_minutes": 0,
            "notice_hours": 1,
            "horizon_days": 60,
            "slot_step_minutes": 60,
        }
        told(await chef.http.put(f"/api/coocook/chefs/{chef_id}/availability", json=hours), 200)
        decision = {"decision": "approve", "reason": "Looks delicious"}
        told(await admin.http.post(f"/api/coocook/chefs/{chef_id}/approval", json=decision), 200)
        return Kitchen(chef, chef_id, menu_id)

    async def slots(
        self, kitchen: Kitchen, *, days: int = 7, start: int = 2, party: int = 2
    ) -> list[dict[str, str]]:
        first = date.today() + timedelta(days=start)  # noqa: DTZ011 - any day ahead will do
        query = {"from": str(first), "to": str(first + timedelta(days=days - 1)), "party": party}
        answer = await self._open(None).get(f"/api/coocook/chefs/{kitchen.chef_id}/slots", params=query)
        found: list[dict[str, str]] = told(answer, 200)["items"]
        return found

    async def hold(
        self, guest: Someone, kitchen: Kitchen, starts_at: str, *, party: int = 2
    ) -> dict[str, Any]:
        wish = {
            "chef_id": kitchen.chef_id,
            "menu_id": kitchen.menu_id,
            "starts_at": starts_at,
            "party": party,
        }
        held: dict[str, Any] = told(await guest.http.post("/api/coocook/holds", json=wish), 200, 201)
        return held

    async def book(self, guest: Someone, hold_id: str, key: str | None = None) -> dict[str, Any]:
        wish = {"hold_id": hold_id, "allergens": [], "note": "창가 자리요"}
        headers = {"Idempotency-Key": key or uuid4().hex}
        booked: dict[str, Any] = told(
            await guest.http.post("/api/coocook/bookings", json=wish, headers=headers), 200, 201
        )
        return booked

    async def pay(
        self, guest: Someone, booking: dict[str, Any], card: str = "sandbox_ok", key: str | None = None
    ) -> httpx.Response:
        wish = {"order_id": booking["order_id"], "payment_key": card, "amount": booking["price"]["amount"]}
        headers = {"Idempotency-Key": key or uuid4().hex}
        return await guest.http.post("/api/payment/confirm", json=wish, headers=headers)

    async def booking(self, someone: Someone, booking_id: str) -> dict[str, Any]:
        found: dict[str, Any] = told(await someone.http.get(f"/api/coocook/bookings/{booking_id}"), 200)
        return found

    async def move(self, someone: Someone, booking_id: str, action: str) -> httpx.Response:
        return await someone.http.post(
            f"/api/coocook/bookings/{booking_id}/transition", json={"action": action}
        )
