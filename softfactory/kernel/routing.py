"""The router that services use: an APIRouter whose routes replay idempotent answers and refuse unknown parameters."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from softfactory.kernel import idempotency
from softfactory.kernel.errors import InvalidInput, NotFound
from softfactory.kernel.shapes import unstorable


class Route(APIRoute):
    """A route of a service."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        known = set(_query_names(self.dependant))

        async def handler(request: Request) -> Response:
            _refuse_unknown(request, known)
            try:
                response = await handle(request)
            except idempotency.Replay as replay:
                return replay.response()
            except BaseException:
                await idempotency.release(request)
                raise
            await idempotency.remember(request, response)
            return response

        return handler


def _query_names(dependant: Any) -> Iterator[str]:
    """The query parameters that a route's tree of dependencies takes; a model's are its fields."""
    for parameter in dependant.query_params:
        fields = getattr(parameter.field_info.annotation, "model_fields", None)
        yield from fields or (parameter.alias,)
    for part in dependant.dependencies:
        yield from _query_names(part)


def _refuse_unknown(request: Request, known: set[str]) -> None:
    if any(unstorable(value) for value in request.path_params.values() if isinstance(value, str)):
        raise NotFound
    unknown = [name for name in request.query_params if name not in known]
    bad = [name for name, value in request.query_params.multi_items() if unstorable(value)]
    if unknown or bad:
        raise InvalidInput(
            errors=[{"field": name, "code": "unknown_parameter"} for name in unknown]
            + [{"field": name, "code": "unstorable_text"} for name in bad]
        )


def Router(prefix: str = "", *, tags: list[str] | None = None, **options: Any) -> APIRouter:  # noqa: N802 - reads as the class it stands for
    """An APIRouter of a service."""
    return APIRouter(prefix=prefix, tags=list(tags or ()), route_class=Route, **options)
