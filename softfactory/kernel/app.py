"""The web application of some services: routes, refusals, health, metrics and what siblings call."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import orjson
import prometheus_client
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from softfactory.kernel import (
    auth,
    config,
    db,
    events,
    health,
    media,
    operations,
    refusals,
    stopping,
    telemetry,
    wake,
)
from softfactory.kernel.admin.routes import routers_of
from softfactory.kernel.errors import Problem, Unauthorized
from softfactory.kernel.middleware import RequestContext
from softfactory.kernel.openapi import document
from softfactory.kernel.service import Service, service_of

log = structlog.get_logger(__name__)


class RuleMissing(RuntimeError):
    """A route says nothing of who may use it."""


def build(services: Iterable[Service]) -> FastAPI:
    """The app of these services. Fails when a route has no rule or two routes claim one address."""
    listed = list(services)
    app = FastAPIOffline(
        title="SoftFactory",
        version="1",
        description="One platform of six businesses on common ground: accounts, payments and one ledger.",
        lifespan=_lifespan,
        openapi_url="/openapi.json",
        docs_url="/docs",
        redoc_url=None,
        generate_unique_id_function=_operation_id,
    )
    app.state.services = [service.name for service in listed]
    app.state.role_routes = {
        (method, path) for method, path, route in routes_table(listed) if auth.asked_roles(route.dependant)
    }
    for service in listed:
        for router in routers_of(service):
            app.include_router(router)
    check_rules(listed)
    _kernel_routes(app, app.state.services)
    media.serve(app)
    app.add_exception_handler(Problem, refusals.problem)
    app.add_exception_handler(RequestValidationError, refusals.invalid)
    app.add_exception_handler(HTTPException, refusals.http)
    app.add_middleware(RequestContext)
    app.openapi = lambda: document(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend it
    return app


def _operation_id(route: APIRoute) -> str:
    """``coocook_list_chefs``: what generated clients call an operation."""
    parts = route.endpoint.__module__.split(".")
    owner = service_of(route.endpoint) if parts[1:2] == ["services"] or _is_mounted(route) else "kernel"
    return f"{owner}_{route.name}"


def _is_mounted(route: APIRoute) -> bool:
    """Whether it is a route of the kernel's that stands in every service."""
    return hasattr(route.endpoint, "of_service")


def api_routes(services: Iterable[Service]) -> Iterable[APIRoute]:
    """Every route of some services, in order."""
    for service in services:
        for router in routers_of(service):
            yield from (route for route in router.routes if isinstance(route, APIRoute))


def check_rules(services: Iterable[Service]) -> None:
    """Fail the boot for a route without a rule, or for two routes of one address."""
    seen: set[tuple[str, str]] = set()
    for route in api_routes(services):
        if not auth.declares_rule(route.dependant):
            raise RuleMissing(f"{route.path} ({route.endpoint.__module__}.{route.name}) declares no rule")
        for method in route.methods or ():
            if (method, route.path) in seen:
                raise RuntimeError(f"two routes claim {method} {route.path}")
            seen.add((method, route.path))


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    watch = asyncio.create_task(auth.RevocationWatch().run())
    try:
        with stopping.watched():
            yield
    finally:
        stopping.stop()
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        await operations.close()
        await wake.close()
        await db.dispose()


def _kernel_routes(app: FastAPI, services: list[str]) -> None:
    @app.get("/health/live", include_in_schema=False)
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/health/ready", include_in_schema=False)
    async def ready() -> Response:
        fine, state = await health.ready(services)
        return Response(orjson.dumps(state), 200 if fine else 503, media_type="application/json")

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(prometheus_client.generate_latest(), media_type=prometheus_client.CONTENT_TYPE_LATEST)

    @app.post("/internal/operations/{owner}/{name}", include_in_schema=False)
    async def operation(owner: str, name: str, request: Request) -> Response:
        _require_sibling(request, owner)
        answer = await operations.run(owner, name, await request.body())
        return Response(answer, media_type="application/json")

    @app.post("/internal/events/{service}", include_in_schema=False)
    async def receive(service: str, request: Request) -> Response:
        _require_sibling(request, service)
        await events.receive(service, orjson.loads(await request.body()))
        return Response(status_code=204)


def _require_sibling(request: Request, service: str) -> None:
    """Only this deployment's services may call, and only one that lives here may answer."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not config.is_near(service):
        raise Unauthorized
    operations.check_service_token(token, service)


def configure_logs() -> None:
    telemetry.configure(config.settings().log_level)


def routes_table(services: Iterable[Service]) -> list[tuple[str, str, APIRoute]]:
    """``(method, path, route)`` of every route, for checks."""
    return [
        (method, route.path, route)
        for route in api_routes(services)
        for method in sorted(route.methods or ())
    ]
