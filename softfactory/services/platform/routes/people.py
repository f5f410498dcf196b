"""HTTP of admins: people, and the audit of what was done to them."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from softfactory.kernel.auth import Admin
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import problems
from softfactory.kernel.paging import Cursor, CursorInvalid, Limit, Page
from softfactory.kernel.routing import Router
from softfactory.services.platform import audit
from softfactory.services.platform.schemas.audit import AuditView, ChainView, ProofAskedView

router = Router("/api/users", tags=["people"])

Act = Annotated[
    str | None,
    Query(max_length=60, pattern=r"^[a-z][a-z0-9_.]*$", description="An act, or a family of acts: `person`."),
]


@router.get("/audit", response_model=Page[AuditView], responses=problems(CursorInvalid))
async def read_the_audit(
    _: Admin,
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
        session, act=act, person_id=person_id, since=since, until=until, cursor=cursor, limit=limit
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
