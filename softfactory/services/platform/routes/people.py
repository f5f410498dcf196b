"""HTTP of admins: people, and the audit of what was done to them."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from softfactory.kernel import versions
from softfactory.kernel.auth import Admin, RecentAdmin
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import PreconditionFailed, problems
from softfactory.kernel.paging import Cursor, CursorInvalid, Limit, Page
from softfactory.kernel.routing import Router
from softfactory.kernel.shapes import Words
from softfactory.services.platform import audit, standing
from softfactory.services.platform.errors.accounts import PersonUnknown
from softfactory.services.platform.errors.people import (
    DemoAdminLimited,
    DemoPersonFixed,
    LastAdmin,
    OwnStanding,
    PersonLeaving,
)
from softfactory.services.platform.schemas.accounts import Role
from softfactory.services.platform.schemas.audit import AuditView, ChainView, ProofAskedView
from softfactory.services.platform.schemas.people import PersonDetail, PersonRow, PersonStatus, StandingWish

router = Router("/api/users", tags=["people"])

Act = Annotated[
    str | None,
    Query(max_length=60, pattern=r"^[a-z][a-z0-9_.]*$", description="An act, or a family of acts: `person`."),
]


@router.get("/audit", response_model=Page[AuditView], responses=problems(CursorInvalid))
async def read_the_audit(
    admin: Admin,
    session: ReadSession,
    act: Act = None,
    person_id: Annotated[UUID | None, Query(description="Who did it, or had it done to them.")] = None,
    since: Annotated[dt.date | None, Query(alias="from", description="First day (UTC).")] = None,
    until: Annotated[dt.date | None, Query(alias="to", description="Last day (UTC).")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AuditView]:
    """Who did what to whom, newest first."""
    return await audit.listed(
        session,
        act=act,
        person_id=person_id,
        since=since,
        until=until,
        cursor=cursor,
        limit=limit,
        veiled=admin.demo,
    )


@router.get("/audit/chain", response_model=ChainView)
async def read_the_chain(_: Admin, session: ReadSession) -> ChainView:
    """How long the audit's chain is, and whether its last proof found it whole."""
    return await audit.chain(session)


@router.post("/audit/verify", status_code=202, response_model=ProofAskedView)
async def verify_the_chain(admin: Admin, response: Response, session: Session) -> ProofAskedView:
    """Read the whole chain through now: a job, whose address is in ``Location``."""
    job_id = await audit.ask_for_proof(session, admin)
    response.headers["Location"] = f"/api/platform/jobs/{job_id}"
    return ProofAskedView(job_id=job_id)


@router.get("", response_model=Page[PersonRow], responses=problems(CursorInvalid))
async def list_people(
    admin: Admin,
    session: ReadSession,
    q: Annotated[
        Words | None, Query(max_length=100, description="A part of the name or the address.")
    ] = None,
    role: Annotated[Role | None, Query()] = None,
    status: Annotated[PersonStatus | None, Query(description="Left out: everyone but the erased.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PersonRow]:
    """Everyone with an account, the newest first."""
    return await standing.listed(session, admin, q=q, role=role, status=status, cursor=cursor, limit=limit)


@router.get("/{person_id}", response_model=PersonDetail, responses=problems(PersonUnknown))
async def read_a_person(
    person_id: UUID, admin: Admin, response: Response, session: ReadSession
) -> PersonDetail:
    """One person: roles and why, sessions, what was done last. The ``ETag`` is the version."""
    view, version = await standing.read(session, admin, person_id)
    response.headers["ETag"] = versions.etag(version)
    return view


@router.patch(
    "/{person_id}",
    response_model=PersonDetail,
    responses=problems(
        PersonUnknown,
        OwnStanding,
        LastAdmin,
        DemoPersonFixed,
        DemoAdminLimited,
        PersonLeaving,
        PreconditionFailed,
    ),
)
async def change_a_person(
    person_id: UUID,
    wish: StandingWish,
    admin: RecentAdmin,
    response: Response,
    session: Session,
    seen: versions.MaybeIfMatch,
) -> PersonDetail:
    """Suspend, restore, or set the roles. The person reads the reason in a letter."""
    view, version = await standing.change(session, admin, person_id, wish, version=seen)
    response.headers["ETag"] = versions.etag(version)
    return view
