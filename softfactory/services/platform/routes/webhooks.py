"""Where payment providers call us."""

from fastapi import Request

from softfactory.kernel.auth import Anyone
from softfactory.kernel.db import Session
from softfactory.kernel.errors import problems
from softfactory.kernel.routing import Router
from softfactory.services.platform import webhooks
from softfactory.services.platform.errors.payments import (
    ProviderUnknown,
    WebhookForged,
    WebhookStale,
    WebhookUnreadable,
)

router = Router("/api/payment", tags=["payment"])


@router.post(
    "/webhooks/{provider}",
    status_code=204,
    dependencies=[Anyone],
    responses=problems(WebhookStale, WebhookUnreadable, WebhookForged, ProviderUnknown),
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
async def receive_a_webhook(provider: str, request: Request, session: Session) -> None:
    """A provider says that something happened. Signed as Standard Webhooks has it, over the raw body."""
    await webhooks.receive(session, provider, headers=request.headers, body=await request.body())
