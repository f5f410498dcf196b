"""The web application: discover the services, check them, build the app, serve the built web app."""

from pathlib import Path

from fastapi import FastAPI

from softfactory.kernel import app as kernel_app
from softfactory.kernel import config
from softfactory.kernel.service import discover
from softfactory.web import mount

WEB_DIST = Path(__file__).resolve().parent.parent / "web" / "dist"


def build(services: set[str] | frozenset[str] | None = None) -> FastAPI:
    """The app of some services, or of all."""
    known = discover()
    unknown = (services or set()) - set(known)
    if unknown:
        raise SystemExit(f"no such service: {', '.join(sorted(unknown))} (there are: {', '.join(known)})")
    chosen = [service for name, service in known.items() if services is None or name in services]
    built = kernel_app.build(chosen)
    mount(built, WEB_DIST)
    return built


def create() -> FastAPI:
    """What uvicorn starts: the app that the environment asks for (``SF_SERVICES``)."""
    kernel_app.configure_logs()
    return build(config.near_services())
