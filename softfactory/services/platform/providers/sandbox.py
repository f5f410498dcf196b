"""The sandbox: a payment provider with test cards, as remote as a real one.

It keeps books of its own in transactions of its own, honours idempotency keys, can be asked what it did, lists its
charges and sends signed webhooks over HTTP. What it does depends on the payment key:

- ``sandbox_ok`` charges. ``sandbox_declined`` refuses.
- ``sandbox_timeout_charged`` charges, and its answer never arrives.
- ``sandbox_late_webhook`` answers "in process"; some seconds later it has charged, and a webhook says so.
- ``sandbox_double_webhook`` charges, and its webhook comes twice.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from uuid import UUID

import httpx
import orjson
import structlog
from sqlalchemy import select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, crypto, db, faults, outside, time
from softfactory.kernel.jobs import job
from softfactory.services.platform.errors.payments import WebhookUnreadable
from softfactory.services.platform.models.sandbox import SandboxCancel, SandboxCharge, SandboxWebhook
from softfactory.services.platform.providers import signatures
from softfactory.services.platform.providers.base import Cancelled, Charge, ChargeWish, WebhookEvent

KEYS = frozenset(
    {
        "sandbox_ok",
        "sandbox_declined",
        "sandbox_timeout_charged",
        "sandbox_late_webhook",
        "sandbox_double_webhook",
    }
)
IN_PROCESS = timedelta(seconds=3)
PAGE = 500
ATTEMPTS = 5

log = structlog.get_logger(__name__)


def _secret() -> bytes:
    return crypto.derive("sandbox-webhooks")


def _books() -> AbstractAsyncContextManager[AsyncSession]:
    """A transaction on the sandbox's side. It commits whatever becomes of the caller."""
    return db.transaction("platform")


class Sandbox:
    """See the module."""

    name = "sandbox"

    async def confirm(self, wish: ChargeWish) -> Charge:
        await _leave()
        async with _books() as books:
            charge, is_new = await _charge(books, wish)
            told = _told(charge, await time.now(books))
            if charge.state != "voided" and (charge.payment_key, charge.amount) != (
                wish.payment_key,
                wish.amount,
            ):
                # A key that comes with other facts is a bug of ours, which must not look like a charge.
                told = Charge(wish.payment_id, "failed", 0, code="idempotency_key_reused")
        await faults.reach("after-call")
        if is_new and wish.payment_key == "sandbox_timeout_charged":
            raise httpx.ReadTimeout("the sandbox charged, and its answer was lost")
        return told

    async def find(self, payment_id: UUID) -> Charge | None:
        await _leave()
        async with _books() as books:
            charge = await books.scalar(select(SandboxCharge).where(SandboxCharge.charge_key == payment_id))
            told = None if charge is None else _told(charge, await time.now(books))
        await faults.reach("after-call")
        return told

    async def void(self, payment_id: UUID) -> Charge:
        await _leave()
        async with _books() as books:
            charge, _ = await _keep(
                books, SandboxCharge(charge_key=payment_id, payment_key="", amount=0, state="voided")
            )
            told = _told(charge, await time.now(books))
        await faults.reach("after-call")
        return told

    async def cancel(self, payment_id: UUID, *, refund_id: UUID, amount: int, reason: str) -> Cancelled:
        del reason  # a real provider shows it to the payer
        await _leave()
        async with _books() as books:
            told = await _cancel(books, payment_id, refund_id, amount)
        await faults.reach("after-call")
        return told

    async def charges(self, *, since: datetime | None = None) -> AsyncIterator[Charge]:
        last: SandboxCharge | None = None
        while True:
            query = select(SandboxCharge).order_by(SandboxCharge.created_at, SandboxCharge.id).limit(PAGE)
            if since is not None:
                query = query.where(SandboxCharge.created_at >= since)
            if last is not None:
                place = tuple_(SandboxCharge.created_at, SandboxCharge.id)
                query = query.where(place > (last.created_at, last.id))
            await _leave()
            async with _books() as books:
                page = (await books.scalars(query)).all()
                now = await time.now(books)
                told = [_told(charge, now) for charge in page]
            await faults.reach("after-call")
            for charge in told:
                yield charge
            if len(page) < PAGE:
                return
            last = page[-1]

    def read_webhook(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> WebhookEvent:
        event_id = signatures.check(_secret(), headers, body, now=now)
        try:
            return WebhookEvent(event_id, UUID(orjson.loads(body)["data"]["payment_id"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise WebhookUnreadable from None


async def _leave() -> None:
    """What the guarded client does before a call to another network."""
    outside.require_no_transaction()
    await faults.reach("before-call")


async def _keep(books: AsyncSession, charge: SandboxCharge) -> tuple[SandboxCharge, bool]:
    """Write a charge unless its key is known; the charge of that key, and whether it is new."""
    values = {
        name: getattr(charge, name)
        for name in ("charge_key", "payment_key", "amount", "state", "visible_at")
        if getattr(charge, name) is not None
    }
    made = await books.scalar(
        insert(SandboxCharge)
        .values(id=db.uuid7(), **values)
        .on_conflict_do_nothing(index_elements=[SandboxCharge.charge_key])
        .returning(SandboxCharge)
    )
    if made is not None:
        return made, True
    known = select(SandboxCharge).where(SandboxCharge.charge_key == charge.charge_key).with_for_update()
    return (await books.scalars(known)).one(), False


async def _charge(books: AsyncSession, wish: ChargeWish) -> tuple[SandboxCharge, bool]:
    is_good = wish.payment_key in KEYS and wish.payment_key != "sandbox_declined"
    is_late = wish.payment_key == "sandbox_late_webhook"
    now = await time.now(books)
    charge, is_new = await _keep(
        books,
        SandboxCharge(
            charge_key=wish.payment_id,
            payment_key=wish.payment_key,
            amount=wish.amount,
            state="captured" if is_good else "declined",
            visible_at=now + IN_PROCESS if is_late else now,
        ),
    )
    if is_new and wish.payment_key in ("sandbox_late_webhook", "sandbox_double_webhook"):
        copies = 2 if wish.payment_key == "sandbox_double_webhook" else 1
        await _owe_webhooks(books, charge, copies=copies)
    return charge, is_new


async def _owe_webhooks(books: AsyncSession, charge: SandboxCharge, *, copies: int) -> None:
    event_id = f"evt_{charge.id.hex}"
    for _ in range(copies):
        webhook = SandboxWebhook(
            id=db.uuid7(), charge_id=charge.id, event_id=event_id, due_at=charge.visible_at
        )
        books.add(webhook)
        await deliver.later(books, delay=IN_PROCESS + timedelta(seconds=1), webhook_id=webhook.id)
    await books.flush()


def _told(charge: SandboxCharge, now: datetime) -> Charge:
    """A charge as the sandbox answers it."""
    reference = f"sandbox_{charge.id.hex}"
    if charge.state != "captured":
        code = "card_declined" if charge.payment_key in KEYS else "payment_key_unknown"
        if charge.state == "voided":
            code = "voided"
        return Charge(charge.charge_key, "failed", 0, code=code, reference=reference)
    if charge.visible_at > now:
        return Charge(charge.charge_key, "pending", charge.amount, reference=reference)
    return Charge(charge.charge_key, "captured", charge.amount, charge.cancelled, reference=reference)


async def _cancel(books: AsyncSession, payment_id: UUID, refund_id: UUID, amount: int) -> Cancelled:
    charge = await books.scalar(
        select(SandboxCharge).where(SandboxCharge.charge_key == payment_id).with_for_update()
    )
    if charge is None or charge.state != "captured":
        return Cancelled(done=False, code="charge_unknown")
    known = await books.scalar(select(SandboxCancel).where(SandboxCancel.cancel_key == refund_id))
    if known is not None:
        if (known.charge_id, known.amount) != (charge.id, amount):
            return Cancelled(done=False, code="idempotency_key_reused")
        return Cancelled(done=True, reference=f"sandbox_{known.id.hex}")
    if charge.cancelled + amount > charge.amount:
        return Cancelled(done=False, code="amount_exceeds_charge")
    made = SandboxCancel(id=db.uuid7(), charge_id=charge.id, cancel_key=refund_id, amount=amount)
    books.add(made)
    charge.cancelled += amount
    return Cancelled(done=True, reference=f"sandbox_{made.id.hex}")


# -- webhooks --------------------------------------------------------------------------------------------------------


async def webhook_request(webhook_id: UUID) -> tuple[dict[str, str], bytes] | None:
    """The headers and body of a webhook, signed now; None when it does not exist."""
    async with _books() as books:
        found = (
            await books.execute(
                select(SandboxWebhook.event_id, SandboxCharge.charge_key)
                .join(SandboxCharge, SandboxCharge.id == SandboxWebhook.charge_id)
                .where(SandboxWebhook.id == webhook_id)
            )
        ).first()
        now = await time.now(books)
    if found is None:
        return None
    event_id, payment_id = found
    body = orjson.dumps(
        {"type": "payment.changed", "timestamp": now.isoformat(), "data": {"payment_id": str(payment_id)}}
    )
    return {**signatures.sign(_secret(), event_id, now, body), "content-type": "application/json"}, body


async def owed_webhooks() -> list[UUID]:
    """The webhooks that were not sent yet, the oldest first."""
    async with _books() as books:
        owed = select(SandboxWebhook.id).where(SandboxWebhook.sent_at.is_(None)).order_by(SandboxWebhook.id)
        return list(await books.scalars(owed))


@job()
async def deliver(steps: outside.Steps, *, webhook_id: UUID, attempt: int = 1) -> None:
    """Send a webhook over HTTP, as a provider would: again when it is not taken, and some time given up."""
    request = await webhook_request(webhook_id)
    if request is None:
        return
    headers, body = request
    error: httpx.HTTPError | None = None
    try:
        async with outside.client(deadline=5.0, own_network=True) as http:
            answer = await http.post(_address(), headers=headers, content=body)
        answer.raise_for_status()
    except httpx.HTTPError as unsent:
        error = unsent
    async with steps.transaction() as session:
        if error is None:
            sent = update(SandboxWebhook).where(SandboxWebhook.id == webhook_id)
            await session.execute(sent.values(sent_at=await time.now(session)))
        elif attempt < ATTEMPTS:
            await deliver.later(session, delay=10.0 * attempt, webhook_id=webhook_id, attempt=attempt + 1)
        else:
            log.warning("sandbox_webhook_given_up", webhook_id=str(webhook_id), error=repr(error))


def _address() -> str:
    return f"{config.settings().public_url}/api/payment/webhooks/sandbox"
