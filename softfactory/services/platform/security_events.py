"""What a person does to their own account's security is told to the audit, whichever noun does it."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.services.platform import audit


async def record(
    session: AsyncSession, act: str, person_id: UUID, *, personal: dict[str, str] | None = None, **facts: Any
) -> None:
    """Note an act: a family and a verb in the past tense. ``personal``: what can be erased with the person."""
    await audit.record(
        session, act=act, actor_id=person_id, subject_id=person_id, facts=facts, personal=personal
    )
