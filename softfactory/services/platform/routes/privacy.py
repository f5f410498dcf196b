"""HTTP of a person's own data: having it, and having it erased."""

from uuid import UUID

from fastapi import Response
from fastapi.responses import StreamingResponse

from softfactory.kernel.auth import RecentUser, SureUser, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import problems
from softfactory.kernel.operations import SiblingUnavailable
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.routing import Router
from softfactory.kernel.scopes import NoKey
from softfactory.kernel.storage import StorageUnavailable
from softfactory.services.platform import erasure, exports
from softfactory.services.platform.errors.people import (
    DemoPersonFixed,
    ExportUnknown,
    LastAdmin,
    ObligationsOpen,
    TooManyExports,
)
from softfactory.services.platform.schemas.people import (
    ExportAskedView,
    ExportsView,
    ExportView,
    LeavingView,
    LeavingWish,
    ObligationsView,
)

router = Router("/api/users/me", tags=["users"])


@router.get("/export", status_code=202, response_model=ExportAskedView, responses=problems(TooManyExports))
async def export_my_data(user: SureUser, response: Response, session: Session) -> ExportAskedView:
    """Gather everything about this person in one file: a job, whose address is in ``Location``. A letter follows."""
    asked = await exports.ask(session, user)
    response.headers["Location"] = f"/api/platform/jobs/{asked.job_id}"
    return asked


@router.get("/exports", response_model=ExportsView, dependencies=[NoKey])
async def list_my_exports(user: User, session: ReadSession) -> ExportsView:
    """The files that can be downloaded, and the one that is being made."""
    return ExportsView(items=[ExportView.model_validate(row) for row in await exports.listed(session, user)])


@router.get(
    "/exports/{export_id}",
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": {exports.ZIP: {}}},
        **problems(ExportUnknown, StorageUnavailable),
    },
)
async def download_my_data(export_id: UUID, user: SureUser, steps: RouteSteps) -> Response:
    """The file, for seven days, for this person only."""
    flow = await exports.open_file(steps, user, export_id)
    headers = {
        "Content-Disposition": 'attachment; filename="softfactory-data.zip"',
        "Content-Length": str(flow.size),
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(flow.chunks, media_type=flow.content_type, headers=headers)


@router.get(
    "/obligations",
    response_model=ObligationsView,
    dependencies=[NoKey],
    responses=problems(SiblingUnavailable),
)
async def read_my_obligations(user: User) -> ObligationsView:
    """What has to be settled before the account can be deleted."""
    return await erasure.obligations(user.id)


@router.delete(
    "",
    status_code=202,
    response_model=LeavingView,
    responses=problems(ObligationsOpen, DemoPersonFixed, LastAdmin, SiblingUnavailable),
)
async def delete_me(_: LeavingWish, user: RecentUser, steps: RouteSteps) -> LeavingView:
    """Delete this account for good. Every session ends; a letter says goodbye; then name and address are erased."""
    await erasure.ask(steps, user)
    return LeavingView()
