"""The OpenAPI document: FastAPI's, with every refusal in the one shape and nothing left undeclared."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from softfactory.kernel.errors import ProblemView

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def document(app: FastAPI) -> dict[str, Any]:
    """The app's document, made once."""
    if app.openapi_schema is None:
        spec = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = spec.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = ProblemView.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schemas["Problem"].pop("$defs", {}))
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for path, item in spec["paths"].items():
            for method, operation in item.items():
                _declare(method, operation)
                if (method.upper(), path) in app.state.role_routes:
                    _add(operation["responses"], "403", "role_missing")
        app.openapi_schema = spec
    return app.openapi_schema


def _declare(method: str, operation: dict[str, Any]) -> None:
    """Refusals that any route can give: a wrong shape, a wrong token, a busy database."""
    answers = operation["responses"]
    answers["422"] = {
        "description": answers.get("422", {}).get("description", "invalid_input"),
        "content": _PROBLEM,
    }
    if answers["422"]["description"] == "Validation Error":
        answers["422"]["description"] = "invalid_input"
    _add(answers, "503", "unavailable")
    if operation.get("security"):
        _add(answers, "401", "unauthorized, token_invalid")
    if method in {"post", "put", "patch"} or "requestBody" in operation:
        _add(answers, "400", "bad_request")
        _add(answers, "413", "payload_too_large")
    if any(p["in"] == "path" for p in operation.get("parameters", ())):
        _add(answers, "404", "not_found")
    if any(p["name"] == "Idempotency-Key" for p in operation.get("parameters", ())):
        _add(answers, "409", "twin_running")


def _add(answers: dict[str, Any], status: str, description: str) -> None:
    answers.setdefault(status, {"description": description, "content": _PROBLEM})
