"""HTTP of notices: a ticket, the stream that it opens, and what the bell shows."""

from typing import Annotated, Any

from fastapi import Header, Query, Response, WebSocket

from softfactory.kernel import refusals
from softfactory.kernel.auth import Anyone, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import Problem, problems
from softfactory.kernel.outside import RouteSteps, Steps
from softfactory.kernel.paging import Cursor, CursorInvalid, Limit
from softfactory.kernel.routing import Router
from softfactory.kernel.scopes import NoKey
from softfactory.kernel.shapes import Words, unstorable
from softfactory.services.platform import live, live_tickets, notices
from softfactory.services.platform.errors.live import StreamsFull, TicketInvalid, TooManyStreams
from softfactory.services.platform.schemas.live import NoticesView, Number, ReadWish, TicketView

router = Router("/api/live", tags=["live"])

Ticket = Annotated[Words, Query(min_length=1, max_length=100, description="From ``POST /api/live/tickets``.")]
Seen = Annotated[
    Number | None,
    Query(description="The number of the last notice that was seen: everything after it comes first."),
]
LastEventId = Annotated[
    str | None,
    Header(alias="Last-Event-ID", description="As ``cursor``, sent by an EventSource that comes back."),
]
_EVENT = {
    "type": "object",
    "properties": {
        "event": {"enum": ["notice", "reset", "ready", "end"]},
        "id": {"type": "string", "description": "The cursor after it."},
        "data": {"type": "string", "description": "JSON; of ``notice``: a NoticeView."},
        "retry": {"type": "integer"},
    },
}
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events: ``notice``, ``reset`` (read everything anew), ``ready``, ``end``.",
        "content": {"text/event-stream": {"schema": _EVENT}},
    }
}


@router.post("/tickets", status_code=201, response_model=TicketView, dependencies=[NoKey])
async def give_ticket(user: User, response: Response, session: Session) -> TicketView:
    """A ticket that opens one stream of this session within 30 seconds."""
    response.headers["Cache-Control"] = "no-store"
    return await live_tickets.give(session, user)


@router.get(
    "",
    response_class=Response,
    dependencies=[Anyone],
    responses={**problems(TicketInvalid, TooManyStreams, StreamsFull), **_STREAM},
)
async def stream(
    ticket: Ticket, steps: RouteSteps, cursor: Seen = None, last_event_id: LastEventId = None
) -> Response:
    """What changes for this person, as it changes, until the session ends. The same address takes a WebSocket."""
    return live.EventStream(await live.open_stream(steps, ticket, _resume(cursor, last_event_id)))


def _resume(cursor: int | None, last_event_id: str | None) -> int | None:
    """What a returning EventSource saw last counts more than the address that it began with."""
    known = last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit()
    return min(int(str(last_event_id)[:18]), 2**53 - 1) if known else cursor


@router.websocket("")
async def socket(websocket: WebSocket) -> None:
    """The same stream over a WebSocket. A refusal is an HTTP answer before the handshake."""
    given = websocket.query_params
    ticket, cursor = given.get("ticket", ""), _resume(None, given.get("cursor"))
    try:
        if unstorable(ticket):
            raise TicketInvalid
        opened = await live.open_stream(Steps("platform"), ticket, cursor)
    except Problem as refusal:
        await websocket.send_denial_response(refusals.render(refusal, websocket.url.path))
        return
    await live.speak(websocket, opened)


@router.get("/notices", response_model=NoticesView, responses=problems(CursorInvalid))
async def list_notices(
    user: User, session: ReadSession, cursor: Cursor = None, limit: Limit = 20
) -> NoticesView:
    """What the bell shows, the newest first. Kept for seven days."""
    return await notices.listed(session, user, cursor=cursor, limit=limit)


@router.post("/notices/read", status_code=204)
async def read_notices(wish: ReadWish, user: User, session: Session) -> None:
    """Mark everything up to a number as read."""
    await notices.read(session, user, up_to=wish.up_to)
