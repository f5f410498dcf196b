"""What a service is, and which ones there are.

A service is a folder of ``softfactory/services`` with a ``service.py`` that says ``service = Service(...)``. Nothing
registers it by hand: the folder being there is the registration.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncSession

SERVICES = Path(__file__).resolve().parent.parent / "services"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence for people, in both languages."""

    ko: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.ko


Count = Callable[[AsyncSession], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Service:
    """A service's manifest. Importing its module must import every noun, so that jobs and listeners are known.

    ``waiting``: by kind, how many things wait for a person's decision; the admin area shows them beside its menu.
    """

    name: str
    title: Text
    routers: Sequence[APIRouter]
    metadata: MetaData
    order: int = 100
    extras: dict[str, Any] = field(default_factory=dict)
    waiting: Mapping[str, Count] = field(default_factory=dict)


@cache
def names() -> tuple[str, ...]:
    """Every service folder's name, without importing any of them."""
    found = (m.name for m in pkgutil.iter_modules([str(SERVICES)]) if m.ispkg)
    return tuple(sorted(found))


@cache
def discover() -> dict[str, Service]:
    """Import every manifest. Order: the manifests' own, then the name."""
    services: list[Service] = []
    for name in names():
        service: Service = importlib.import_module(f"softfactory.services.{name}.service").service
        if service.name != name:
            raise RuntimeError(f"services/{name}/service.py calls itself {service.name!r}")
        services.append(service)
    return {s.name: s for s in sorted(services, key=lambda s: (s.order, s.name))}


def service_of(thing: Any) -> str:
    """The service that a function or class belongs to, read from where it is written.

    What the kernel mounts once in every service says itself whose it is (``of_service``).
    """
    if (told := getattr(thing, "of_service", None)) is not None:
        return str(told)
    parts: list[str] = thing.__module__.split(".")
    if parts[:2] != ["softfactory", "services"] or len(parts) < 3:
        raise RuntimeError(f"{thing.__module__}.{thing.__qualname__} belongs to no service")
    return parts[2]
