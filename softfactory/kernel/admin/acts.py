"""Acts of admins on a service's own work, told to the service that keeps the audit."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, identity, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps


async def record(
    session: AsyncSession, admin: Principal, act: str, *, subject_id: UUID, reason: str, **facts: Any
) -> None:
    """Have the act audited: asked for in the act's own transaction, so that none is done without it."""
    told = identity.Act(
        id=db.uuid7(),
        service=session.info["service"],
        act=act,
        actor_id=admin.id,
        subject_id=subject_id,
        reason=reason,
        facts=facts,
        at=await time.now(session),
    )
    await tell_audit.later(session, act=told)


@job(retries=30)
async def tell_audit(steps: Steps, *, act: identity.Act) -> None:  # noqa: ARG001 - its kind is told by it
    """Have an act of an admin written into the audit. Told twice, it is written once, by its id."""
    await identity.record_act(act)
