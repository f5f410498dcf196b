"""What the kernel asks of the service that keeps the accounts (platform)."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel

from softfactory.kernel.operations import Operation

ACCOUNTS = "platform"


class SigningKeysRequest(BaseModel):
    pass


class SigningKeys(BaseModel):
    """Public keys of access tokens (JWKS, RFC 7517; Ed25519 as RFC 8037 has it)."""

    keys: list[dict[str, Any]]


class RevocationsRequest(BaseModel):
    """Sessions revoked after ``since``; None asks for all whose access tokens may still be alive."""

    since: datetime | None = None


class Revocations(BaseModel):
    sids: list[UUID]
    as_of: datetime


class SessionRequest(BaseModel):
    sid: UUID
    person_id: UUID


class SessionState(BaseModel):
    """Whether the session lives and the person may act, and the roles as they are now.

    ``recent``: this session proved within the last 15 minutes who it is. A demo person's always has.
    """

    alive: bool
    roles: list[str] = []
    recent: bool = False


class ApiKeyRequest(BaseModel):
    """By the key's SHA-256, in hex: the key itself travels no further than where it arrived."""

    hash: str


class ApiKeyState(BaseModel):
    """Whether the key counts now, whose it is, and what it may."""

    alive: bool
    key_id: UUID = UUID(int=0)
    person_id: UUID = UUID(int=0)
    name: str = ""
    roles: list[str] = []
    scopes: list[str] = []


class AddresseeRequest(BaseModel):
    person_id: UUID


class Addressee(BaseModel):
    """Where and how a person wants to be written to."""

    email: str
    name: str
    language: Literal["ko", "en"] = "ko"
    zone: str = "Asia/Seoul"


class Act(BaseModel):
    """Something that an admin did, and why. ``id`` is made by the teller: told again, it is the same act."""

    id: UUID
    service: str
    act: str
    actor_id: UUID
    subject_id: UUID
    reason: str
    facts: dict[str, Any] = {}
    at: datetime


class Recorded(BaseModel):
    pass


signing_keys = Operation(ACCOUNTS, "signing_keys", SigningKeysRequest, SigningKeys)
revocations = Operation(ACCOUNTS, "revocations", RevocationsRequest, Revocations)
session_state = Operation(ACCOUNTS, "session_state", SessionRequest, SessionState)
api_key = Operation(ACCOUNTS, "api_key", ApiKeyRequest, ApiKeyState)
addressee = Operation(ACCOUNTS, "addressee", AddresseeRequest, Addressee)
record_act = Operation(ACCOUNTS, "record_act", Act, Recorded)

DEMO_PEOPLE = UUID("6f0f9f4e-7a1c-5c1e-9d6b-0d3a5e2c9b10")
"""The namespace of demo people's ids."""


def demo_person_id(role: str) -> UUID:
    """The demo person of a role: the same id in every deployment, so that each service's demo data can name them."""
    return uuid5(DEMO_PEOPLE, role)
