"""Acts of admins that other services tell of: written into the audit, once however often they are told."""

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import identity
from softfactory.kernel.operations import answers
from softfactory.services.platform import audit
from softfactory.services.platform.models.audit import AuditEntry


@answers(identity.record_act)
async def record_act(session: AsyncSession, told: identity.Act) -> identity.Recorded:
    """The act's id is the entry's: of two at once the key lets one through, and the other is told again."""
    if await session.get(AuditEntry, told.id) is None:
        await audit.record(
            session,
            act=told.act,
            actor_id=told.actor_id,
            subject_id=told.subject_id,
            reason=told.reason,
            facts={**told.facts, "service": told.service, "done_at": told.at},
            about=told.actor_id,
            entry_id=told.id,
        )
    return identity.Recorded()
