"""HTTP of pictures: taking one as the body of a request, and giving out renditions that never change.

``/media/<service>/<picture>/<digest>-<width>.webp`` is read from the store alone, without a database: any process of
the deployment, and any cache before it, may answer. What is given out is WebP that we made, or nothing.
"""

import re
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request, Response

from softfactory.kernel import pictures, storage
from softfactory.kernel.errors import NotFound, PayloadTooLarge
from softfactory.kernel.middleware import LIMIT_IN_DOCUMENT
from softfactory.kernel.service import names

_TYPES = [f"image/{kind.lower()}" for kind in pictures.KINDS]
_FILE = re.compile(r"[0-9a-f]{16}-([0-9]{2,4})\.webp")
_PICTURE = re.compile(r"[0-9a-f]{32}")

UPLOAD: dict[str, Any] = {
    LIMIT_IN_DOCUMENT: pictures.MAX_BYTES,
    "requestBody": {
        "required": True,
        "description": "The file itself. Its content says what it is; its name and type are not asked.",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _TYPES},
    },
}
"""``openapi_extra`` of a route that takes a picture: the cap on its body, and what the body is."""


async def _body(request: Request) -> bytes:
    try:
        return await request.body()
    except PayloadTooLarge:
        raise pictures.too_large() from None


PictureBody = Annotated[bytes, Depends(_body)]
"""The picture that a request carries. Name it after who may call: a stranger's body is not read."""


def serve(app: FastAPI) -> None:
    """Give out renditions at ``/media``."""

    @app.api_route(
        pictures.PATH + "/{service}/{picture}/{file}", methods=["GET", "HEAD"], include_in_schema=False
    )
    async def rendition(service: str, picture: str, file: str, request: Request) -> Response:
        found = _FILE.fullmatch(file)
        if service not in names() or not _PICTURE.fullmatch(picture) or found is None:
            raise NotFound
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable",
            "ETag": f'"{file.removesuffix(".webp")}"',
            "Content-Disposition": f'inline; filename="picture-{found[1]}.webp"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        try:
            blob = await storage.get(pictures.key_of(service, f"{picture}/{file}"))
        except storage.NotStored:
            raise NotFound from None
        return Response(blob.content, headers=headers, media_type="image/webp")
