"""The built web app as files: precompressed, immutable where its name carries a hash, the shell for every page."""

import mimetypes
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from softfactory.kernel.errors import MethodNotAllowed, NotFound
from softfactory.kernel.refusals import render
from softfactory.links import page_links

NOT_PAGES = ("api/", "assets/", "media/", "internal/", "health/", ".well-known/")
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>SoftFactory</title>
<p>The web app is not built yet: run <code>make web</code>. The API is documented at <a href="/docs">/docs</a>.</p>
"""


def mount(app: FastAPI, dist: Path) -> None:
    """Serve ``dist`` below everything else. Pages get the shell; addresses of the API that do not exist get a 404."""
    app.mount("/", _Web(dist), name="web")


class _Web:
    def __init__(self, dist: Path) -> None:
        self.dist = dist.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await self.answer(request)(scope, receive, send)

    def answer(self, request: Request) -> Response:
        path = request.url.path.lstrip("/")
        if request.method not in {"GET", "HEAD"}:
            refusal = NotFound() if path.startswith(NOT_PAGES) else MethodNotAllowed()
            return render(refusal, request.url.path)
        found = self._file(path)
        if found is not None:
            return self._send(found, request.headers, immutable=path.startswith("assets/"))
        if path.startswith(NOT_PAGES) or "." in path.rsplit("/", 1)[-1]:
            return render(NotFound(), request.url.path)
        shell = self.dist / "index.html"
        if not shell.is_file():
            return HTMLResponse(NOT_BUILT, 503)
        answer = self._send(shell, request.headers, immutable=False)
        if links := page_links(self.dist, path):
            answer.headers.update({"Link": links, "Vary": "Accept-Encoding, Accept-Language"})
        return answer

    def _file(self, path: str) -> Path | None:
        """The file of an address, never outside ``dist``."""
        if not path or "\x00" in path:
            return None
        candidate = (self.dist / path).resolve()
        return candidate if candidate.is_relative_to(self.dist) and candidate.is_file() else None

    def _send(self, file: Path, headers: Headers, *, immutable: bool) -> Response:
        accepted = headers.get("accept-encoding", "")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind == "text/javascript" or kind.startswith("text/"):
            kind += "; charset=utf-8"
        out = {
            "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if kind.startswith("text/html"):
            out["Content-Security-Policy"] = POLICY
        for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
            packed = file.with_name(file.name + suffix)
            if coding in accepted and packed.is_file():
                return FileResponse(packed, headers={**out, "Content-Encoding": coding}, media_type=kind)
        return FileResponse(file, headers=out, media_type=kind)
