"""What a person does to their own account's security is told to one place, whichever noun does it."""

from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

log = structlog.get_logger(__name__)


async def record(
    session: AsyncSession, act: str, person_id: UUID, *, personal: dict[str, str] | None = None, **facts: Any
) -> None:
    """Note an act: a family and a verb in the past tense. ``personal``: what can be erased with the person."""
    session.info.setdefault("security_acts", []).append((act, personal))
    log.info("security_act", act=act, person=str(person_id), **facts)
