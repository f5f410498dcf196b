"""Nothing stays open: the sweep finishes what was left, and the provider's books are held against the ledger."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import time
from softfactory.kernel.jobs import job
from softfactory.kernel.money import won
from softfactory.kernel.outside import Steps
from softfactory.services.platform import providers, refunds, sellers
from softfactory.services.platform.models.payments import UNRESOLVED, Payment, Refund
from softfactory.services.platform.providers.base import Charge
from softfactory.services.platform.schemas.payments import Discrepancy, Reconciliation
from softfactory.services.platform.settle import QUIET, look_up

AT_ONCE = 500
LISTED = 200

log = structlog.get_logger(__name__)


@job(every="1m")
async def sweep(session: AsyncSession) -> dict[str, int]:
    """Ask again for whatever should be over by now: a process may have died in the middle of it."""
    before = await time.now(session) - QUIET
    unresolved = await session.scalars(
        select(Payment.id)
        .where(Payment.state.in_(UNRESOLVED), Payment.asked_at < before)
        .order_by(Payment.asked_at)
        .limit(AT_ONCE)
    )
    untold = await session.scalars(
        select(Payment.id)
        .where(Payment.seller_answer.is_(None), Payment.settled_at < before, sellers.has_news())
        .order_by(Payment.settled_at)
        .limit(AT_ONCE)
    )
    waiting = await session.scalars(
        select(Refund.id)
        .where(Refund.state == "requested", Refund.created_at < before)
        .order_by(Refund.created_at)
        .limit(AT_ONCE)
    )
    found = {"unresolved": unresolved.all(), "untold": untold.all(), "refunds": waiting.all()}
    for payment_id in found["unresolved"]:
        await look_up.later(session, unique=payment_id, payment_id=payment_id)
    for payment_id in found["untold"]:
        await sellers.tell.later(session, unique=payment_id, payment_id=payment_id)
    for refund_id in found["refunds"]:
        await refunds.send.later(session, unique=refund_id, refund_id=refund_id)
    return {kind: len(ids) for kind, ids in found.items()}


@job(every="10m")
async def compare_recent(steps: Steps) -> int:
    """The last two hours of the provider's books against ours."""
    return await _compare_since(steps, timedelta(hours=2))


@job(cron="30 4 * * *")
async def compare_days(steps: Steps) -> int:
    """The last three days of the provider's books against ours."""
    return await _compare_since(steps, timedelta(days=3))


async def _compare_since(steps: Steps, ago: timedelta) -> int:
    """Look up every payment that the provider tells otherwise than we do; how many there were."""
    async with steps.transaction() as session:
        since = await time.now(session) - ago
    odd = 0
    for provider in providers.all_of_them():
        page: list[Charge] = []
        async for charge in provider.charges(since=since):
            page.append(charge)
            if len(page) == AT_ONCE:
                odd += await _compare(steps, page)
                page = []
        odd += await _compare(steps, page)
    return odd


async def _compare(steps: Steps, page: list[Charge]) -> int:
    odd = 0
    async with steps.transaction() as session:
        query = select(Payment).where(Payment.id.in_([charge.payment_id for charge in page]))
        ours = {payment.id: payment for payment in await session.scalars(query)}
        for charge in page:
            payment = ours.get(charge.payment_id)
            if payment is None:
                if charge.state == "captured":
                    log.error("charge_of_nobody", payment_id=str(charge.payment_id), amount=charge.amount)
            elif _differs(payment, charge):
                odd += 1
                await look_up.later(session, unique=payment.id, payment_id=payment.id)
    return odd


def _differs(payment: Payment, charge: Charge) -> bool:
    """Whether the provider's word would still change ours. What is on its way right now is the sweep's."""
    if charge.state != "captured":
        return False
    if payment.state == "captured":
        return charge.amount != payment.captured or charge.cancelled > payment.promised
    return payment.state == "failed"


# -- the truth about money -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Truth:
    """What the provider holds for us by its own books, and by our ledger, in won."""

    provider: int = 0
    ledger: int = 0
    by_payment: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    """Payments on which the two disagree: the provider's word and the ledger's."""

    @property
    def difference(self) -> int:
        return self.ledger - self.provider


async def money_truth(steps: Steps, *, since: datetime | None = None) -> Truth:
    """Hold the provider's charges less its cancellations against the ledger, payment by payment."""
    told: dict[UUID, int] = {}
    for provider in providers.all_of_them():
        async for charge in provider.charges(since=since):
            if charge.state == "captured":
                told[charge.payment_id] = charge.amount - charge.cancelled
    async with steps.transaction() as session:
        kept = await _held_by_payment(session)
    truth = Truth(sum(told.values()), sum(kept.values()))
    for payment_id in told.keys() | kept.keys():
        pair = (told.get(payment_id, 0), kept.get(payment_id, 0))
        if pair[0] != pair[1]:
            truth.by_payment[payment_id] = pair
    return truth


async def _held_by_payment(session: AsyncSession) -> dict[UUID, int]:
    """The clearing accounts' entries, attributed to payments, with their sign turned."""
    found = await session.execute(
        text(
            """
            select coalesce(r.payment_id, t.source_id) as payment_id, -sum(e.amount) as held
            from platform.ledger_entry e
            join platform.ledger_account a on a.id = e.account_id and a.kind = 'provider_clearing'
            join platform.ledger_transaction t on t.id = e.transaction_id
            left join platform.refund r on t.source_kind = 'refund_sent' and r.id = t.source_id
            group by 1
            """
        )
    )
    return {payment_id: int(held) for payment_id, held in found}


async def discrepant(session: AsyncSession) -> int:
    """How many payments an operator has to decide about."""
    found = await session.scalar(select(func.count()).where(Payment.state == "discrepant"))
    return int(found or 0)


async def report(steps: Steps) -> Reconciliation:
    """The books side by side, for an operator."""
    truth = await money_truth(steps)
    async with steps.transaction() as session:
        counted = await session.execute(select(Payment.state, func.count()).group_by(Payment.state))
        counts = {str(state): int(n) for state, n in counted}
        odd = await _rows(session, truth)
        untold = await session.scalar(
            select(func.count()).where(
                Payment.seller_answer.is_(None), Payment.settled_at.is_not(None), sellers.has_news()
            )
        )
        refunding = await session.execute(select(Refund.state, func.count()).group_by(Refund.state))
        by_state = {str(state): int(n) for state, n in refunding}
    moving = [row for row, is_moving in odd if is_moving]
    settled = truth.difference - sum(row.ledger.amount - row.provider.amount for row in moving)
    return Reconciliation(
        counts=counts,
        provider=won(truth.provider),
        ledger=won(truth.ledger),
        difference=won(truth.difference),
        settled_difference=won(settled),
        discrepancies=[row for row, is_moving in odd if not is_moving][:LISTED],
        in_flight=moving[:LISTED],
        sellers_untold=int(untold or 0),
        refunds_waiting=by_state.get("requested", 0),
        refunds_refused=by_state.get("refused", 0),
    )


async def _rows(session: AsyncSession, truth: Truth) -> list[tuple[Discrepancy, bool]]:
    """Every payment that disagrees or is discrepant, and whether it is only on its way."""
    listed = await session.scalars(
        select(Payment).where(Payment.id.in_(truth.by_payment) | (Payment.state == "discrepant"))
    )
    ours = {payment.id: payment for payment in listed}
    sending = set(
        await session.scalars(
            select(Refund.payment_id).where(Refund.state == "requested", Refund.payment_id.in_(ours))
        )
    )
    rows: list[tuple[Discrepancy, bool]] = []
    for payment_id in sorted(truth.by_payment.keys() | ours.keys()):
        payment = ours.get(payment_id)
        agreed = (payment.captured - payment.refunded) if payment else 0
        told, kept = truth.by_payment.get(payment_id, (agreed, agreed))
        row = Discrepancy(
            payment_id=payment_id,
            status=payment.state if payment else None,
            provider=won(told),
            ledger=won(kept),
        )
        is_moving = payment is not None and (payment.state in UNRESOLVED or payment_id in sending)
        rows.append((row, is_moving))
    return rows
