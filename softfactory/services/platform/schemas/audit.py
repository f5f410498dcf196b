"""The shapes of the audit in the API."""

from typing import Any, Literal
from uuid import UUID

from softfactory.kernel.shapes import View
from softfactory.kernel.time import Moment

ChainProblem = Literal[
    "changed", "missing", "personal_changed", "personal_missing", "cut", "rewritten", "unchained"
]


class AuditPerson(View):
    """``name`` is null for what is no person, or is one no longer."""

    id: UUID
    name: str | None


class AuditPart(View):
    """What an entry says about a person in words. ``value`` is null once it was erased."""

    name: str
    value: str | None


class AuditView(View):
    """``actor`` is null when the platform itself acted."""

    id: UUID
    number: int
    at: Moment
    act: str
    actor: AuditPerson | None
    subject: AuditPerson | None
    facts: dict[str, Any]
    personal: list[AuditPart]
    hash: str


class ChainView(View):
    """``whole``: what the last proof found; null before the first."""

    entries: int
    proven_at: Moment | None
    proven_up_to: int
    whole: bool | None
    broken_at: int | None
    problem: ChainProblem | None


class ProofAskedView(View):
    """The job that proves the chain; ``Location`` is its address."""

    job_id: UUID
