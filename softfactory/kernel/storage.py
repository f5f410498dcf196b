"""Things too large for a row, by key: files in a folder, or objects of any S3-compatible store.

    await storage.put("coocook/pictures/0192/640.webp", content, content_type="image/webp")

``SF_STORAGE_URL`` says where: ``file:///srv/files`` or ``s3://bucket/prefix?endpoint=https://…&region=…`` (keys from
the environment, as AWS names them). A store is another network: it is never called with a transaction open. So a row
that names the key is committed first, the thing is put, and the row is marked as whole; what never became whole is
swept.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from softfactory.kernel import config, errors
from softfactory.kernel.outside import require_no_transaction
from softfactory.kernel.service import names

if TYPE_CHECKING:
    from obstore.store import S3Config  # exists in its stubs only

CHUNK = 256 * 1024
SECONDS = "10s"
TYPES = ".types"
"""Files know no content type: each one's stands in a file of the same name below this folder, written first."""

log = structlog.get_logger(__name__)

_KEY = re.compile(r"[a-z][a-z0-9_]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}){1,8}")
_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]+(; ?[a-z]+=[A-Za-z0-9-]+)?")


class StorageUnavailable(errors.Unavailable):
    """The store does not answer, or refuses us: nothing was kept."""

    en = "The file storage is briefly unavailable. Nothing was changed; please try again in a moment."
    ko = "파일 저장소를 잠시 이용할 수 없습니다. 변경된 것은 없으니 잠시 후 다시 시도해 주세요."


class NotStored(LookupError):
    """There is nothing under this key."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A stored thing, whole."""

    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A stored thing as it arrives. ``size`` in bytes."""

    chunks: AsyncIterator[bytes]
    size: int
    content_type: str


async def put(key: str, content: bytes | AsyncIterator[bytes], *, content_type: str) -> None:
    """Keep something, whole or not at all; whatever had this key is replaced. On return it survives a power cut."""
    store = _ready(key)
    if not _TYPE.fullmatch(content_type):
        raise ValueError(f"{content_type!r} is no content type")
    with _told(key):
        if isinstance(store, LocalStore):
            root = _folder(store)
            await asyncio.to_thread(_stay_inside, root, key)
            await obstore.put_async(store, f"{TYPES}/{key}", content_type.encode())
            await obstore.put_async(store, key, content)
            await asyncio.to_thread(_settle, root, key)
        else:
            await obstore.put_async(store, key, content, attributes={"Content-Type": content_type})


async def get(key: str) -> Blob:
    """Something stored, in memory; NotStored when there is nothing."""
    flow = await stream(key)
    return Blob(b"".join([chunk async for chunk in flow.chunks]), flow.content_type)


async def stream(key: str) -> Flow:
    """Something stored, chunk by chunk; NotStored when there is nothing. A store that dies midway raises."""
    store = _ready(key)
    with _told(key):
        if isinstance(store, LocalStore):
            await asyncio.to_thread(_stay_inside, _folder(store), key)
        found = await obstore.get_async(store, key)
        if isinstance(store, LocalStore):
            told = await obstore.get_async(store, f"{TYPES}/{key}")
            content_type = bytes(await told.bytes_async()).decode()
        else:
            content_type = found.attributes.get("Content-Type", "application/octet-stream")
        chunks = found.stream(min_chunk_size=CHUNK)
        return Flow(_plain(key, chunks), found.meta["size"], content_type)


async def _plain(key: str, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    with _told(key):
        async for chunk in chunks:
            yield bytes(chunk)


async def delete(key: str) -> None:
    """Forget something. What is not there is forgotten already."""
    store = _ready(key)
    with _told(key):
        for each in (key, f"{TYPES}/{key}") if isinstance(store, LocalStore) else (key,):
            with suppress(FileNotFoundError):
                await obstore.delete_async(store, each)


async def exists(key: str) -> bool:
    """Whether something is stored under the key."""
    store = _ready(key)
    try:
        with _told(key):
            await obstore.head_async(store, key)
    except NotStored:
        return False
    return True


async def examine() -> str:
    """Put, read and delete something small; returns where. StorageUnavailable when that does not work."""
    key = f"platform/doctor/{os.getpid()}"
    await put(key, b"well", content_type="text/plain")
    blob = await get(key)
    await delete(key)
    if blob != Blob(b"well", "text/plain"):
        raise StorageUnavailable
    return config.settings().storage_place


def _ready(key: str) -> LocalStore | S3Store:
    """The store, for a key that is one, while no transaction is open."""
    require_no_transaction()
    if not _KEY.fullmatch(key) or key.partition("/")[0] not in names():
        raise ValueError(
            f"{key!r} is no key: begin with a service's name, then segments of letters and digits"
        )
    place = config.settings().storage_place
    if not place:
        log.error("storage_not_configured", mend="set SF_STORAGE_URL, or SF_DATA_DIR")
        raise StorageUnavailable
    with _told(key):
        return _store(place)


@cache
def _store(place: str) -> LocalStore | S3Store:
    url = urlsplit(place)
    if url.scheme == "file":
        return LocalStore(unquote(url.path), mkdir=True)
    options = dict(parse_qsl(url.query))
    endpoint = options.get("endpoint")
    elsewhere: S3Config = {"endpoint": endpoint, "virtual_hosted_style_request": False} if endpoint else {}
    return S3Store(
        url.netloc,
        prefix=url.path.strip("/") or None,
        region=options.get("region", os.environ.get("AWS_REGION", "us-east-1")),
        client_options={
            "allow_http": bool(endpoint and endpoint.startswith("http://")),
            "connect_timeout": "3s",
            "timeout": SECONDS,
        },
        retry_config={"max_retries": 2},
        config=elsewhere,
    )


@contextmanager
def _told(key: str) -> Iterator[None]:
    """What the library raises, in our words."""
    try:
        yield
    except FileNotFoundError as error:
        if "NoSuchBucket" in str(error):
            log.error("storage_unavailable", key=key, error="the bucket does not exist")
            raise StorageUnavailable from error
        raise NotStored(key) from None
    except (BaseError, OSError) as error:
        log.error("storage_unavailable", key=key, error=str(error).partition("\n")[0])
        raise StorageUnavailable from error


def _folder(store: LocalStore) -> Path:
    assert store.prefix is not None  # noqa: S101 - `_store` always gives one
    return Path(store.prefix)


def _stay_inside(root: Path, key: str) -> None:
    """No link inside the folder leads out of it."""
    if not (root / key).resolve().is_relative_to(root.resolve()):
        raise PermissionError(f"{key} leads out of the folder")


def _settle(root: Path, key: str) -> None:
    """Onto the disk, the file and its name: the row that comes next must not outlive it in a power cut."""
    for path in (root / key, (root / key).parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
