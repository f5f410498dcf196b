"""Providers' webhooks: checked, kept once, and taken only as a reason to look at the provider's books."""

from collections.abc import Mapping

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import time
from softfactory.kernel.db import uuid7
from softfactory.services.platform import providers
from softfactory.services.platform.models.payments import PaymentWebhook
from softfactory.services.platform.settle import look_up


async def receive(session: AsyncSession, provider: str, *, headers: Mapping[str, str], body: bytes) -> None:
    """Take a webhook. Of many copies one has an effect; a forged or stale one has none.

    What it says of the charge is not used: it may be old, and webhooks arrive in any order.
    """
    event = providers.named(provider).read_webhook(headers, body, now=await time.now(session))
    kept = await session.execute(
        insert(PaymentWebhook)
        .values(id=uuid7(), provider=provider, event_id=event.event_id, payment_id=event.payment_id)
        .on_conflict_do_nothing()
        .returning(PaymentWebhook.id)
    )
    if kept.first() is not None:
        await look_up.later(session, payment_id=event.payment_id)
