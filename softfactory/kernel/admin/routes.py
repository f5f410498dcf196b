"""HTTP of a service's own work, under its own prefix, so that in every layout each service answers for itself."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from softfactory.kernel import jobs
from softfactory.kernel.admin import acts, lanes, letters, standing, work
from softfactory.kernel.auth import Operator, RecentAdmin, RecentSignInNeeded, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import NotFound, problems
from softfactory.kernel.paging import Cursor, CursorInvalid, Limit, Page
from softfactory.kernel.routing import Router
from softfactory.kernel.service import Service
from softfactory.kernel.shapes import Wish, Words

Reason = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Search = Annotated[Words | None, Query(min_length=1, max_length=200)]


class ActWish(Wish):
    """Why an admin does it; kept in the audit."""

    reason: Reason


class RedeliverWish(ActWish):
    """``target``: the service that is to be told again."""

    target: Annotated[str, StringConstraints(min_length=1, max_length=100)]


_routers: dict[str, APIRouter] = {}


def routers_of(service: Service) -> Sequence[APIRouter]:
    """A service's own routers, and the kernel's of its work."""
    if service.name not in _routers:
        _routers[service.name] = _router(service)
    return [*service.routers, _routers[service.name]]


def _router(service: Service) -> APIRouter:
    router = Router(f"/api/{service.name}", tags=[f"{service.name} admin"])
    _work(router)
    _events(router)
    _letters(router)
    _standing(router, service)
    for route in router.routes:
        # Each service has functions of its own, so that a transaction and an operation's name know whose they are.
        route.endpoint.of_service = service.name  # type: ignore[attr-defined]  # read by `service_of`
    return router


def _work(router: APIRouter) -> None:
    @router.get("/jobs/{job_id}", response_model=jobs.JobView, responses=problems(NotFound))
    async def read_my_job(job_id: UUID, user: User, session: ReadSession) -> jobs.JobView:
        """How far something that you asked for has come. A 202 names this address in ``Location``."""
        return await jobs.status(session, job_id, owner=user.id)

    @router.get("/admin/jobs", response_model=Page[work.JobLine], responses=problems(CursorInvalid))
    async def list_jobs(
        _: Operator,
        session: ReadSession,
        state: work.JobState | None = None,
        name: Search = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[work.JobLine]:
        """Live jobs and those finished within 14 days, asked for last first."""
        return await work.listed(session, state=state, name=name, cursor=cursor, limit=limit)

    @router.get("/admin/jobs/{job_id}", response_model=work.JobDetail, responses=problems(NotFound))
    async def read_job(job_id: UUID, _: Operator, session: ReadSession) -> work.JobDetail:
        """One job with its payload, without secrets."""
        return await work.read(session, job_id)

    @router.post(
        "/admin/jobs/{job_id}/replay",
        response_model=work.JobDetail,
        responses=problems(NotFound, work.JobNotDead, jobs.TwinWaiting, RecentSignInNeeded),
    )
    async def replay_job(job_id: UUID, wish: ActWish, admin: RecentAdmin, session: Session) -> work.JobDetail:
        """Give a dead job all of its attempts again, now."""
        replayed = await work.replay(session, job_id)
        await acts.record(
            session, admin, "job.replayed", subject_id=job_id, reason=wish.reason, job=replayed.name
        )
        return replayed

    @router.post(
        "/admin/jobs/{job_id}/cancel",
        response_model=work.JobDetail,
        responses=problems(NotFound, work.JobOver, RecentSignInNeeded),
    )
    async def cancel_job(job_id: UUID, wish: ActWish, admin: RecentAdmin, session: Session) -> work.JobDetail:
        """End a job that is not finished."""
        cancelled = await work.cancel(session, job_id)
        await acts.record(
            session, admin, "job.cancelled", subject_id=job_id, reason=wish.reason, job=cancelled.name
        )
        return cancelled


def _events(router: APIRouter) -> None:
    @router.get("/admin/lanes", response_model=lanes.Lanes)
    async def list_lanes(_: Operator, session: ReadSession) -> lanes.Lanes:
        """The services to which events wait or cannot be delivered, and why."""
        return await lanes.lanes(session)

    @router.get("/admin/events", response_model=Page[lanes.EventLine], responses=problems(CursorInvalid))
    async def list_events(
        _: Operator,
        session: ReadSession,
        state: Literal["waiting", "delivered"] = "waiting",
        name: Search = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[lanes.EventLine]:
        """What this service has said: waiting events oldest first, delivered ones newest first."""
        return await lanes.listed(session, state=state, name=name, cursor=cursor, limit=limit)

    @router.get(
        "/admin/events/heard", response_model=Page[lanes.HeardLine], responses=problems(CursorInvalid)
    )
    async def list_heard_events(
        _: Operator, session: ReadSession, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[lanes.HeardLine]:
        """What this service was told, and what became of it."""
        return await lanes.heard(session, cursor=cursor, limit=limit)

    @router.post(
        "/admin/events/{event_id}/redeliver",
        response_model=lanes.EventLine,
        responses=problems(NotFound, RecentSignInNeeded),
    )
    async def redeliver_event(
        event_id: UUID, wish: RedeliverWish, admin: RecentAdmin, session: Session
    ) -> lanes.EventLine:
        """Hand an event over again, now. A listener that has heard it does nothing twice."""
        told = await lanes.redeliver(session, event_id, target=wish.target)
        facts = {"event": told.name, "target": told.target}
        await acts.record(
            session, admin, "event.redelivered", subject_id=event_id, reason=wish.reason, **facts
        )
        return told


def _letters(router: APIRouter) -> None:
    @router.get("/admin/mail", response_model=Page[letters.LetterLine], responses=problems(CursorInvalid))
    async def list_letters(
        operator: Operator,
        session: ReadSession,
        address: Search = None,
        state: letters.LetterState | None = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[letters.LetterLine]:
        """The letters of this service, the latest first."""
        return await letters.listed(
            session, address=address, state=state, cursor=cursor, limit=limit, demo=operator.demo
        )

    @router.get("/admin/mail/{letter_id}", response_model=letters.LetterDetail, responses=problems(NotFound))
    async def read_letter(letter_id: UUID, operator: Operator, session: ReadSession) -> letters.LetterDetail:
        """One letter as it was written; outside demo deployments without what its links open."""
        return await letters.read(session, letter_id, demo=operator.demo)

    @router.post(
        "/admin/mail/{letter_id}/resend",
        response_model=letters.LetterDetail,
        responses=problems(NotFound, letters.LetterOnItsWay, letters.LetterUsedUp, RecentSignInNeeded),
    )
    async def resend_letter(
        letter_id: UUID, wish: ActWish, admin: RecentAdmin, session: Session
    ) -> letters.LetterDetail:
        """Write and send a letter anew."""
        sent = await letters.resend(session, letter_id, demo=admin.demo)
        await acts.record(
            session, admin, "mail.resent", subject_id=letter_id, reason=wish.reason, template=sent.template
        )
        return sent


def _standing(router: APIRouter, service: Service) -> None:
    @router.get("/admin/health", response_model=standing.Standing)
    async def read_health(_: Operator, session: ReadSession) -> standing.Standing:
        """How this service stands: ages, counts, workers, versions."""
        return await standing.standing(session)

    @router.get("/admin/waiting", response_model=standing.Waiting)
    async def read_waiting(_: Operator, session: ReadSession) -> standing.Waiting:
        """How many things of each kind need somebody."""
        return await standing.waiting(session, service)
