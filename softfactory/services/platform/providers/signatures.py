"""Webhook signatures as Standard Webhooks has them: HMAC-SHA256 over ``id.timestamp.body``.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from softfactory.services.platform.errors.payments import WebhookForged, WebhookStale

MAX_AGE = timedelta(minutes=5)


def sign(secret: bytes, event_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a webhook."""
    stamp = str(int(at.timestamp()))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{_signature(secret, event_id, stamp, body)}",
    }


def check(secret: bytes, headers: Mapping[str, str], body: bytes, *, now: datetime) -> str:
    """The event's id. Raises WebhookForged, or WebhookStale for one older than five minutes or from the future.

    The signature is checked first: it covers the time, so nobody can make an old webhook young.
    """
    event_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    expected = f"v1,{_signature(secret, event_id, stamp, body)}"
    given = headers.get("webhook-signature", "").split(" ")
    if not event_id or not any(hmac.compare_digest(expected.encode(), one.encode()) for one in given):
        raise WebhookForged
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > MAX_AGE:
        raise WebhookStale
    return event_id


def _signature(secret: bytes, event_id: str, stamp: str, body: bytes) -> str:
    signed = b".".join((event_id.encode(), stamp.encode(), body))
    return base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
