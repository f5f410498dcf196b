"""What platform itself keeps about a person, and what binds them to it: its answers to what every service is asked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from softfactory.kernel.db import run_sql
from softfactory.kernel.operations import answers
from softfactory.services.platform import audit, contract
from softfactory.services.platform.models.accounts import (
    LoginSession,
    Person,
    RoleGrant,
    Space,
    SpaceMember,
)
from softfactory.services.platform.models.ledger import LedgerAccount
from softfactory.services.platform.models.payments import Order, Payment, Payout, Refund
from softfactory.services.platform.models.rights import ApiKey
from softfactory.services.platform.models.security import Authenticator, Passkey

PAYMENTS = "/account?tab=payments"
TEAMS = "/account?tab=teams"


@answers(contract.personal_data)
async def personal_data(session: AsyncSession, request: contract.PersonQuery) -> contract.PersonalData:
    """Everything but secrets and their hashes."""
    who = request.person_id
    person = await session.get_one(Person, who)
    orders = Order.id.in_(select(Order.id).where(Order.buyer_id == who))
    mine = select(Payment.id).where(Payment.buyer_id == who)
    sections = {
        "profile": [_row(person, "email", "name", "language", "zone", "status")],
        "roles": await _rows(session, RoleGrant, RoleGrant.person_id == who, "role", "reason"),
        "sign_ins": await _rows(
            session,
            LoginSession,
            LoginSession.person_id == who,
            "last_seen_at",
            "expires_at",
            "revoked_at",
            "user_agent",
            "ip",
        ),
        "api_keys": await _rows(
            session, ApiKey, ApiKey.person_id == who, "name", "prefix", "scopes", "expires_at", "last_used_at"
        ),
        "passkeys": await _rows(session, Passkey, Passkey.person_id == who, "name", "synced", "last_used_at"),
        "authenticators": await _rows(session, Authenticator, Authenticator.person_id == who, "confirmed_at"),
        "teams": await _teams(session, who),
        "orders": await _rows(
            session, Order, orders, "subject_kind", "subject_id", "amount", "currency", "title_ko", "state"
        ),
        "payments": await _rows(
            session,
            Payment,
            Payment.buyer_id == who,
            "order_id",
            "provider",
            "amount",
            "state",
            "captured",
            "refunded",
            "settled_at",
        ),
        "refunds": await _rows(
            session, Refund, Refund.payment_id.in_(mine), "payment_id", "amount", "reason", "state", "done_at"
        ),
        "payouts": await _rows(session, Payout, Payout.payee_id == who, "order_id", "gross", "fee", "net"),
        "letters": await letters(session, who),
        "audit": [entry.model_dump(mode="json") for entry in await _acts(session, who)],
    }
    return contract.PersonalData(sections=sections)


def _row(row: Any, *fields: str) -> dict[str, Any]:
    told: dict[str, Any] = to_jsonable_python(
        {name: getattr(row, name) for name in ("id", "created_at", *fields)}
    )
    return told


async def _rows(session: AsyncSession, of: Any, which: Any, *fields: str) -> list[dict[str, Any]]:
    rows = await session.scalars(select(of).where(which).order_by(of.created_at, of.id))
    return [_row(row, *fields) for row in rows]


async def _teams(session: AsyncSession, who: UUID) -> list[dict[str, Any]]:
    query = select(Space.name, Space.kind, SpaceMember.role, SpaceMember.created_at).join(SpaceMember)
    rows = await session.execute(query.where(SpaceMember.person_id == who).order_by(SpaceMember.id))
    return [to_jsonable_python(dict(row._mapping)) for row in rows]


async def letters(session: AsyncSession, who: UUID) -> list[dict[str, Any]]:
    """Of this service's letters what was written and when."""
    found = await run_sql(
        session,
        "select created_at, template, subject, body, sent_at from {s}.mail where person_id = :who order by created_at",
        who=who,
    )
    return [to_jsonable_python(dict(row)) for row in found.mappings()]


async def _acts(session: AsyncSession, who: UUID) -> Sequence[Any]:
    found: list[Any] = []
    cursor: str | None = None
    while True:
        page = await audit.listed(session, person_id=who, cursor=cursor, limit=500)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


# -- what binds them -------------------------------------------------------------------------------------------------


@answers(contract.obligations)
async def obligations(session: AsyncSession, request: contract.PersonQuery) -> contract.Obligations:
    who = request.person_id
    return contract.Obligations(
        open=[
            *await _wallet(session, who),
            *await _payments(session, who),
            *await _refunds(session, who),
            *await _teams_alone(session, who),
            *await _last_admin(session, who),
        ]
    )


async def _wallet(session: AsyncSession, who: UUID) -> list[contract.Obligation]:
    wallet = select(LedgerAccount.balance).where(
        LedgerAccount.kind == "wallet", LedgerAccount.owner == str(who)
    )
    balance = await session.scalar(wallet)
    if not balance:
        return []
    return [
        contract.Obligation(
            code="wallet_not_empty",
            title_ko=f"지갑에 {balance:,}원이 남아 있어요. 정산받는 방법을 고객센터로 문의해 주세요.",
            title_en=f"You have KRW {balance:,} in your wallet. Please contact our support to be paid out.",
            path=PAYMENTS,
        )
    ]


async def _payments(session: AsyncSession, who: UUID) -> list[contract.Obligation]:
    moving = Payment.state.in_(("pinning", "capturing", "unknown", "discrepant"))
    count = await session.scalar(select(func.count()).where(Payment.buyer_id == who, moving))
    if not count:
        return []
    return [
        contract.Obligation(
            code="payment_in_progress",
            title_ko=f"처리 중인 결제가 {count}건 있어요. 결과가 나온 뒤 탈퇴할 수 있어요.",
            title_en=f"Payments still being processed: {count}. Wait until they are settled.",
            path=PAYMENTS,
        )
    ]


async def _refunds(session: AsyncSession, who: UUID) -> list[contract.Obligation]:
    due = (
        select(func.sum(Refund.amount))
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Payment.buyer_id == who, Refund.state == "requested")
    )
    amount = await session.scalar(due)
    if not amount:
        return []
    return [
        contract.Obligation(
            code="refund_open",
            title_ko=f"아직 돌려받지 못한 환불금 {amount:,}원이 있어요. 환불이 끝난 뒤 탈퇴할 수 있어요.",
            title_en=f"A refund of KRW {amount:,} has not reached you yet. Wait until it has.",
            path=PAYMENTS,
        )
    ]


async def _teams_alone(session: AsyncSession, who: UUID) -> list[contract.Obligation]:
    """Teams with others in them, of which the person is the only owner."""
    other, another = aliased(SpaceMember), aliased(SpaceMember)
    mine = (
        select(Space.name)
        .join(SpaceMember, SpaceMember.space_id == Space.id)
        .where(
            SpaceMember.person_id == who,
            SpaceMember.role == "owner",
            Space.kind == "team",
            select(other.id).where(other.space_id == Space.id, other.person_id != who).exists(),
            ~select(another.id)
            .where(another.space_id == Space.id, another.person_id != who, another.role == "owner")
            .exists(),
        )
        .order_by(Space.id)
    )
    return [
        contract.Obligation(
            code="team_without_owner",
            title_ko=f"{name} 팀에 다른 소유자가 없어요. 구성원 중 한 명을 소유자로 지정해 주세요.",
            title_en=f"The team {name} would be left without an owner. Make one of its members an owner.",
            path=TEAMS,
        )
        for name in await session.scalars(mine)
    ]


async def _last_admin(session: AsyncSession, who: UUID) -> list[contract.Obligation]:
    admins = list(
        await session.scalars(
            select(Person.id)
            .join(RoleGrant, RoleGrant.person_id == Person.id)
            .where(RoleGrant.role == "admin", Person.status == "active", Person.is_demo.is_(False))
        )
    )
    if admins != [who]:
        return []
    return [
        contract.Obligation(
            code="last_admin",
            title_ko="마지막 관리자예요. 먼저 다른 회원에게 관리자 역할을 부여해 주세요.",
            title_en="You are the last admin. Make someone else an admin first.",
            path="/admin/people",
        )
    ]
