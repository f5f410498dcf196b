"""The built web app as files: precompressed, immutable where its name carries a hash, the shell for every page."""

import gzip
import mimetypes
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from softfactory.kernel import config
from softfactory.kernel.errors import MethodNotAllowed, NotFound
from softfactory.kernel.language import language
from softfactory.kernel.refusals import render
from softfactory.links import page_files, style_links
from softfactory.pages import Pages

NOT_PAGES = ("api/", "assets/", "media/", "internal/", "health/", ".well-known/")
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
CHOSEN = "sf.language"
"""The cookie of a reader who has chosen a language: a page's head and first view are written in it."""
LANGUAGES = ("ko", "en")
GALLERY = "assets/dev-"
"""Chunks of the component gallery (`/dev/ui`): for demos, never for a real deployment."""
NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>SoftFactory</title>
<p>The web app is not built yet: run <code>make web</code>. The API is documented at <a href="/docs">/docs</a>.</p>
"""


def mount(app: FastAPI, dist: Path) -> None:
    """Serve ``dist`` below everything else. Pages get the shell; addresses of the API that do not exist get a 404."""
    app.mount("/", _Web(app, dist), name="web")


class _Web:
    def __init__(self, app: FastAPI, dist: Path) -> None:
        self.app = app
        self.dist = dist.resolve()
        self._pages: tuple[int, Pages] | None = None

    def pages(self) -> Pages | None:
        """The shell as it is built now: it may be built, or built anew, while the app runs."""
        try:
            built = (self.dist / "index.html").stat().st_mtime_ns
        except FileNotFoundError:
            return None
        if self._pages is None or self._pages[0] != built:
            settings = config.settings()
            pages = Pages(self.dist, self.app, public_url=settings.public_url, demo=settings.demo)
            self._pages = (built, pages)
        return self._pages[1]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = await self.answer(request)
        await answer(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        path = request.url.path.lstrip("/")
        if request.method not in {"GET", "HEAD"}:
            refusal = NotFound() if path.startswith(NOT_PAGES) else MethodNotAllowed()
            return render(refusal, request.url.path)
        if path.startswith(GALLERY) and not config.settings().demo:
            return render(NotFound(), request.url.path)
        found = self._file(path)
        if found is not None and found.name != "index.html":
            return self._send(found, request.headers, immutable=path.startswith("assets/"))
        if path.startswith(NOT_PAGES) or ("." in path.rsplit("/", 1)[-1] and path != "index.html"):
            return render(NotFound(), request.url.path)
        pages = self.pages()
        if pages is None:
            return HTMLResponse(NOT_BUILT, 503)
        chosen = request.cookies.get(CHOSEN, "")
        tongue = chosen if chosen in LANGUAGES else language.get()
        files = page_files(self.dist, path, tongue)
        # The service worker keeps this one for every address, so it shows none of them.
        bare = path == "index.html"
        body = pages.bare(tongue) if bare else await pages.render(path, tongue, files)
        out = {
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding, Accept-Language, Cookie",
            # The gallery shows itself in a frame as wide as a phone; nothing else may be framed by anybody.
            "Content-Security-Policy": POLICY
            if path != "dev/ui"
            else POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
        }
        if links := style_links(files):
            out["Link"] = links
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, out["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
        return HTMLResponse(body, headers=out)

    def _file(self, path: str) -> Path | None:
        """The file of an address, never outside ``dist``."""
        if not path or "\x00" in path:
            return None
        try:
            candidate = (self.dist / path).resolve()
            return candidate if candidate.is_relative_to(self.dist) and candidate.is_file() else None
        except OSError:  # a name longer than files may have
            return None

    def _send(self, file: Path, headers: Headers, *, immutable: bool) -> Response:
        accepted = headers.get("accept-encoding", "")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind == "text/javascript" or kind.startswith("text/"):
            kind += "; charset=utf-8"
        out = {
            "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
            "Vary": "Accept-Encoding",
        }
        for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
            packed = file.with_name(file.name + suffix)
            if coding in accepted and packed.is_file():
                return FileResponse(packed, headers={**out, "Content-Encoding": coding}, media_type=kind)
        return FileResponse(file, headers=out, media_type=kind)
