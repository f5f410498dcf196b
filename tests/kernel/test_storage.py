"""One suite against files and against an S3-compatible server, both real."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pydantic import ValidationError
from sqlalchemy import text

from softfactory.kernel import config, db, outside, storage

KEY = "coocook/trial/a.webp"
Place = Callable[[str], None]


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """An S3-compatible server on loopback with one bucket; its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    s3 = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **keys)
    s3.create_bucket(Bucket="files")
    yield address
    server.stop()


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Says where files go, for one test."""

    def at(url: str) -> None:
        monkeypatch.setenv("SF_STORAGE_URL", url)
        config.settings.cache_clear()

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    yield at
    monkeypatch.undo()
    config.settings.cache_clear()


@pytest.fixture(params=["files", "s3", "s3 below a prefix"])
def store(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> str:
    if request.param == "files":
        url = (tmp_path / "store").as_uri()
    else:
        below = "" if request.param == "s3" else "/some/where"
        url = f"s3://files{below}?endpoint={request.getfixturevalue('bucket')}&region=us-east-1"
    place(url)
    return url


async def test_what_is_put_is_got_with_its_type_until_it_is_deleted(store: str) -> None:
    assert not await storage.exists(KEY)
    await storage.put(KEY, b"first", content_type="image/webp")
    await storage.put(KEY, b"second", content_type="text/plain; charset=utf-8")
    assert await storage.exists(KEY)
    assert await storage.get(KEY) == storage.Blob(b"second", "text/plain; charset=utf-8")
    await storage.delete(KEY)
    await storage.delete(KEY)
    assert not await storage.exists(KEY)
    with pytest.raises(storage.NotStored):
        await storage.get(KEY)


async def test_large_things_flow_in_and_out(store: str) -> None:
    async def pour() -> AsyncIterator[bytes]:
        for number in range(12):
            yield bytes([number]) * 1_000_000

    await storage.put(KEY, pour(), content_type="application/zip")
    flow = await storage.stream(KEY)
    sizes = [len(chunk) async for chunk in flow.chunks]
    assert (flow.size, sum(sizes), flow.content_type) == (12_000_000, 12_000_000, "application/zip")
    assert len(sizes) > 3


async def test_what_breaks_off_is_not_there(store: str) -> None:
    async def pour() -> AsyncIterator[bytes]:
        yield b"x" * 6_000_000
        raise ConnectionResetError("the sender left")

    with pytest.raises(storage.StorageUnavailable):
        await storage.put("coocook/trial/broken", pour(), content_type="application/zip")
    assert not await storage.exists("coocook/trial/broken")


@pytest.mark.parametrize(
    "key",
    [
        "../etc/passwd",
        "coocook/../../etc/passwd",
        "/etc/passwd",
        "coocook//a",
        "coocook/.types/a",
        "coocook/a\x00b",
        "coocook/a b",
        "coocook/%2e%2e/a",
        "coocook\\..\\a",
        "coocook",
        "nobody/a",
        "",
        "coocook/" + "a" * 200,
    ],
)
async def test_a_key_stays_below_its_service(store: str, key: str) -> None:
    for call in (
        storage.put(key, b"x", content_type="text/plain"),
        storage.get(key),
        storage.delete(key),
        storage.exists(key),
    ):
        with pytest.raises(ValueError, match="no key"):
            await call


async def test_a_link_does_not_lead_out_of_the_folder(place: Place, tmp_path: Path) -> None:
    root, outside_it = tmp_path / "store", tmp_path / "else"
    (root / "coocook").mkdir(parents=True)
    outside_it.mkdir()
    (root / "coocook" / "link").symlink_to(outside_it)
    (outside_it / "secret").write_text("secret")
    place(root.as_uri())
    with pytest.raises(storage.StorageUnavailable):
        await storage.put("coocook/link/a", b"x", content_type="text/plain")
    with pytest.raises(storage.StorageUnavailable):
        await storage.get("coocook/link/secret")
    assert os.listdir(outside_it) == ["secret"]


async def test_a_content_type_is_one_header(store: str) -> None:
    with pytest.raises(ValueError, match="no content type"):
        await storage.put(KEY, b"x", content_type="text/plain\r\nX: y")


async def test_a_store_is_another_network(store: str, clean: str) -> None:
    async with db.transaction("platform") as session:
        await session.execute(text("select 1"))
        with pytest.raises(outside.TransactionOpen):
            await storage.put(KEY, b"x", content_type="text/plain")
        with pytest.raises(outside.TransactionOpen):
            await storage.get(KEY)


async def test_a_store_that_is_away_refuses_in_words(place: Place, bucket: str) -> None:
    place("s3://files?endpoint=http://127.0.0.1:9")
    for call in (storage.put(KEY, b"x", content_type="text/plain"), storage.get(KEY), storage.delete(KEY)):
        async with asyncio.timeout(10):
            with pytest.raises(storage.StorageUnavailable) as refused:
                await call
        assert refused.value.status == 503
    place(f"s3://nobody-made-this?endpoint={bucket}")
    with pytest.raises(storage.StorageUnavailable):
        await storage.put(KEY, b"x", content_type="text/plain")
    with pytest.raises(storage.StorageUnavailable):
        await storage.get(KEY)


async def test_a_folder_that_is_a_file_refuses_in_words(place: Place, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    place((tmp_path / "store").as_uri())
    with pytest.raises(storage.StorageUnavailable):
        await storage.put(KEY, b"x", content_type="text/plain")


async def test_examining_says_where(store: str) -> None:
    assert await storage.examine() == store


@pytest.mark.parametrize(
    "url", ["/srv/files", "file://host/srv", "file:srv", "ftp://x/y", "s3:///x", "s3://b?key=secret"]
)
def test_a_place_that_is_none_is_refused_at_the_start(place: Place, url: str) -> None:
    place(url)
    with pytest.raises(ValidationError, match="SF_STORAGE_URL"):
        config.settings()


def test_production_says_where_files_go(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place("")
    monkeypatch.setenv("SF_PRODUCTION", "1")
    monkeypatch.setenv("SF_DEMO", "0")
    with pytest.raises(ValidationError, match="SF_STORAGE_URL"):
        config.settings()


async def test_without_a_place_files_go_below_the_data_folder(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place("")
    with pytest.raises(storage.StorageUnavailable):
        await storage.get(KEY)
    monkeypatch.setenv("SF_DATA_DIR", str(tmp_path))
    config.settings.cache_clear()
    await storage.put(KEY, b"x", content_type="text/plain")
    assert (tmp_path / "files" / KEY).read_bytes() == b"x"


def test_doctor_says_whether_files_are_kept(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from softfactory.commands.doctor import Health
    from softfactory.commands.doctor import storage as look

    place(tmp_path.as_uri())
    (fine,) = look(tmp_path)
    assert (fine.health, fine.found.partition(":///")[0]) == (Health.FINE, "file")
    place("s3://files?endpoint=http://127.0.0.1:9")
    (away,) = look(tmp_path)
    assert (away.health, "SF_STORAGE_URL" in away.mend) == (Health.BAD, True)
    place("ftp://x/y")
    (unknown,) = look(tmp_path)
    assert unknown.health is Health.BAD
    place("")
    monkeypatch.delenv("SF_STORAGE_URL")
    (new,) = look(tmp_path / "not made yet")
    assert new.health is Health.NOTE
