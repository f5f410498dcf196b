"""Chefs, guests and bookings for coocook's stories, made through the API."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from softfactory.kernel import db
from softfactory.testing import AsUser, Clock, Person

API = "/api/coocook"
EVERY_DAY = [{"weekday": day, "from": "09:00", "to": "22:00"} for day in range(1, 8)]


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json().get("code", "")


def ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def profile(**facts: Any) -> dict[str, Any]:
    wish: dict[str, Any] = {
        "name": "한도윤",
        "name_en": "Han Doyun",
        "headline": "제철 한식 코스",
        "headline_en": "Korean courses in season",
        "bio": "김치찌개와 숯불갈비를 좋아합니다.",
        "cuisines": ["korean"],
        "region": "seoul",
        "city": "마포구",
        "instant": True,
    }
    return wish | facts


def menu(**facts: Any) -> dict[str, Any]:
    wish: dict[str, Any] = {
        "name": "봄 코스",
        "name_en": "Spring course",
        "price_per_guest": {"amount": 80_000, "currency": "KRW"},
        "min_party": 1,
        "max_party": 8,
        "duration_minutes": 120,
        "dishes": [
            {"name": "냉이 된장국", "name_en": "Soybean soup", "course": "starter", "allergens": ["soy"]},
            {"name": "새우 냉채", "name_en": "Chilled shrimp", "allergens": ["shrimp", "egg"]},
        ],
        "extras": [
            {
                "code": "wine",
                "name": "와인",
                "name_en": "Wine",
                "price": {"amount": 45_000},
                "per": "booking",
            },
            {"code": "cake", "name": "케이크", "name_en": "Cake", "price": {"amount": 5_000}, "per": "guest"},
        ],
    }
    return wish | facts


def hours(**facts: Any) -> dict[str, Any]:
    wish: dict[str, Any] = {
        "zone": "Asia/Seoul",
        "weekly": EVERY_DAY,
        "turnaround_minutes": 0,
        "notice_hours": 1,
        "horizon_days": 60,
        "slot_step_minutes": 60,
    }
    return wish | facts


@dataclass
class Kitchen:
    """A chef who is open for guests."""

    chef: Person
    id: str
    menu_id: str


class Town:
    """The people of a story, and what they do most."""

    def __init__(self, as_user: AsUser) -> None:
        self.as_user = as_user
        self._admin: Person | None = None

    async def admin(self) -> Person:
        if self._admin is None:
            self._admin = await self.as_user("admin", name="Admin")
        return self._admin

    async def approve(self, chef_id: str, decision: str = "approve") -> Any:
        wish = {"decision": decision, "reason": "Looked at it."}
        return ok(await (await self.admin()).post(f"{API}/chefs/{chef_id}/approval", json=wish))

    async def draft(self, **facts: Any) -> tuple[Person, str]:
        chef = await self.as_user(name=facts.get("name", "한도윤"))
        return chef, ok(await chef.post(f"{API}/chefs", json=profile(**facts)), 201)["id"]

    async def kitchen(
        self,
        *,
        menu_facts: dict[str, Any] | None = None,
        hour_facts: dict[str, Any] | None = None,
        **facts: Any,
    ) -> Kitchen:
        """An approved chef with a menu and hours."""
        chef, chef_id = await self.draft(**facts)
        offered = ok(await chef.post(f"{API}/chefs/{chef_id}/menus", json=menu(**(menu_facts or {}))), 201)
        ok(await chef.put(f"{API}/chefs/{chef_id}/availability", json=hours(**(hour_facts or {}))))
        await self.approve(chef_id)
        return Kitchen(chef, chef_id, offered["id"])

    async def slots(self, kitchen: Kitchen, *, after_days: int = 3, days: int = 1, **query: Any) -> list[Any]:
        first = (datetime.now(UTC) + timedelta(days=after_days)).date()
        asked = {"from": str(first), "to": str(first + timedelta(days=days - 1)), "party": 2} | query
        found: list[Any] = ok(await kitchen.chef.get(f"{API}/chefs/{kitchen.id}/slots", params=asked))[
            "items"
        ]
        return found

    async def start(self, kitchen: Kitchen, *, after_days: int = 3, number: int = 0) -> str:
        slot = (await self.slots(kitchen, after_days=after_days))[number]
        return str(slot["starts_at"])

    async def booked(
        self, guest: Person, kitchen: Kitchen, *, after_days: int = 3, number: int = 0, **facts: Any
    ) -> Any:
        """A held booking."""
        starts_at = await self.start(kitchen, after_days=after_days, number=number)
        held = ok(await hold(guest, kitchen, starts_at), 201)
        return ok(await book(guest, held["id"], **facts), 201)

    async def paid(self, guest: Person, kitchen: Kitchen, **facts: Any) -> Any:
        """A paid booking: confirmed by an instant chef, else requested."""
        booking = await self.booked(guest, kitchen, **facts)
        ok(await pay(guest, booking))
        return ok(await guest.get(f"{API}/bookings/{booking['id']}"))

    async def completed(self, guest: Person, kitchen: Kitchen, clock: Clock, **facts: Any) -> Any:
        """A meal that was cooked."""
        booking = await self.paid(guest, kitchen, **facts)
        await clock.advance(days=facts.get("after_days", 3) + 1)
        return ok(await move(kitchen.chef, booking, "complete"))


async def hold(guest: Person, kitchen: Kitchen, starts_at: str, *, party: int = 2) -> httpx.Response:
    wish = {"chef_id": kitchen.id, "menu_id": kitchen.menu_id, "starts_at": starts_at, "party": party}
    answer: httpx.Response = await guest.post(f"{API}/holds", json=wish)
    return answer


async def book(guest: Person, hold_id: str, *, key: str | None = None, **facts: Any) -> httpx.Response:
    wish: dict[str, Any] = {"hold_id": hold_id, "allergens": [], "note": ""} | facts
    headers = {"Idempotency-Key": key or uuid4().hex}
    answer: httpx.Response = await guest.post(f"{API}/bookings", json=wish, headers=headers)
    return answer


async def pay(guest: Person, booking: Any, card: str = "sandbox_ok") -> httpx.Response:
    wish = {"order_id": booking["order_id"], "payment_key": card, "amount": booking["price"]["amount"]}
    headers = {"Idempotency-Key": uuid4().hex}
    answer: httpx.Response = await guest.post("/api/payment/confirm", json=wish, headers=headers)
    return answer


async def move(person: Person, booking: Any, action: str) -> httpx.Response:
    answer: httpx.Response = await person.post(
        f"{API}/bookings/{booking['id']}/transition", json={"action": action}
    )
    return answer


async def sql(statement: str, **values: Any) -> list[Any]:
    """Look into coocook's tables, or change them as no route would."""
    async with db.transaction("coocook") as session:
        result = await db.run_sql(session, statement, **values)
        return [row._asdict() for row in result] if result.returns_rows else []
