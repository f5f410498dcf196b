"""Waking those who wait for rows. A message says only that there is something: one lost or doubled costs nothing.

Workers of a service look for work every second without it, and so do the streams of ``/api/live`` for notices: Redis
may be away, slow or frozen. Each of the two has a channel of its own.
"""

import asyncio
import time as clock
from collections.abc import Callable
from weakref import WeakKeyDictionary

import redis.asyncio as redis
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, db

CHANNEL = "sf:wake"
PATIENCE = 0.1
"""Seconds that a commit waits for Redis at most."""
PAUSE = 5.0
"""Seconds for which Redis is left alone after it failed."""

log = structlog.get_logger(__name__)

_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, redis.Redis] = WeakKeyDictionary()
_silent_until = 0.0
_nearby: dict[str, set[Callable[[str], None]]] = {}


def after(session: AsyncSession) -> None:
    """Wake the workers of the session's service once its transaction is committed."""
    service: str = session.info["service"]

    async def act() -> None:
        await call(service)

    db.after_commit(session, act, key="wake")


async def call(message: str, *, channel: str = CHANNEL) -> None:
    """Wake whoever listens, by default a service's workers: in this process, and through Redis. Never raises."""
    global _silent_until
    for told in tuple(_nearby.get(channel, ())):
        told(message)
    if not config.settings().redis_url or clock.monotonic() < _silent_until:
        return
    try:
        async with asyncio.timeout(PATIENCE):
            await _client().publish(channel, message)
    except (redis.RedisError, OSError) as error:
        _silent_until = clock.monotonic() + PAUSE
        log.info("wake_unsent", error=type(error).__name__)


def _client() -> redis.Redis:
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        _clients[loop] = redis.Redis.from_url(
            config.settings().redis_url, socket_timeout=1, max_connections=20
        )
    return _clients[loop]


async def close() -> None:
    """Close this event loop's connections."""
    client = _clients.pop(asyncio.get_running_loop(), None)
    if client is not None:
        await client.aclose()


async def listen(told: Callable[[str], None], *, channel: str = CHANNEL) -> None:
    """Call ``told(message)`` for every message until cancelled; connects again by itself."""
    _nearby.setdefault(channel, set()).add(told)
    try:
        pause = 1.0
        while True:
            try:
                await _subscribe(told, channel)
                pause = 1.0
            except (redis.RedisError, OSError) as error:
                log.info("wake_unheard", error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 15.0)
    finally:
        _nearby[channel].discard(told)


async def _subscribe(told: Callable[[str], None], name: str) -> None:
    url = config.settings().redis_url
    if not url:
        return
    client = redis.Redis.from_url(url, socket_connect_timeout=5, health_check_interval=10)
    try:
        async with client.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(name)
            while True:
                message = await channel.get_message(timeout=5)
                if message is not None:
                    told(message["data"].decode())
    finally:
        await client.aclose()
