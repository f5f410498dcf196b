"""Calling another network: prepare (commits), call (no transaction open), record (commits).

The guarded client refuses to send while the task has a transaction open, so the three steps cannot be forgotten.
It also refuses private addresses unless the caller says that the address is the deployment's own.
"""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated

import httpx
from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, faults
from softfactory.kernel.service import service_of


class TransactionOpen(RuntimeError):
    """Another network or service was about to be called while a transaction was open."""

    def __init__(self) -> None:
        super().__init__("a transaction is open: commit it first (prepare, call, record)")


class AddressRefused(httpx.TransportError):
    """The host resolves to an address that is not public."""


def require_no_transaction() -> None:
    if db.transaction_is_open():
        raise TransactionOpen


class Steps:
    """A request or job that runs in several transactions, with calls to other networks between them."""

    def __init__(self, service: str) -> None:
        self.service = service

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        require_no_transaction()
        return db.transaction(self.service)


async def _steps(request: Request) -> Steps:
    return Steps(service_of(request.scope["endpoint"]))


RouteSteps = Annotated[Steps, Depends(_steps)]
"""``Steps`` as a route's parameter."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends only with no transaction open, only to public addresses, and to the address that was checked."""

    def __init__(self, *, own_network: bool = False) -> None:
        self._inner = httpx.AsyncHTTPTransport(retries=0)
        self._own_network = own_network

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        require_no_transaction()
        if not self._own_network:
            host = request.url.host
            address = await public_address(
                host, request.url.port or (443 if request.url.scheme == "https" else 80)
            )
            request.extensions["sni_hostname"] = host
            request.url = request.url.copy_with(host=address)
        await faults.reach("before-call")
        response = await self._inner.handle_async_request(request)
        await faults.reach("after-call")
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


async def public_address(host: str, port: int) -> str:
    """The host's first address, when all of its addresses are public."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise AddressRefused(f"{host} does not resolve") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not ipaddress.ip_address(address.split("%")[0]).is_global:
            raise AddressRefused(f"{host} is not a public address")
    return addresses[0]


@asynccontextmanager
async def client(*, deadline: float = 10.0, own_network: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client for one conversation with another network. ``deadline``: seconds a request may take."""
    transport = GuardedTransport(own_network=own_network)
    async with httpx.AsyncClient(transport=transport, timeout=deadline, follow_redirects=False) as http:
        yield http
