"""Pictures from the request's body to the address that never changes, through a person's avatar."""

import asyncio
import hashlib
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from softfactory.kernel import config, db, middleware, pictures, storage
from softfactory.kernel.outside import Steps
from softfactory.services.platform import avatars
from softfactory.testing import AsUser, Client, Clock, Person
from tests.kernel.photos import opened, photo, turned

AVATAR = "/api/users/me/avatar"


@pytest.fixture
async def person(as_user: AsUser) -> Person:
    return await as_user()


async def send(person: Person, content: bytes, **headers: str) -> httpx.Response:
    answer: httpx.Response = await person.put(AVATAR, content=content, headers=headers)
    return answer


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def rows(columns: str = "id, state, keys") -> list[Any]:
    async with db.transaction("platform") as session:
        return list(await session.execute(text(f"select {columns} from platform.picture order by id")))


async def stored(keys: list[str]) -> list[bool]:
    return [await storage.exists(key) for key in keys]


async def test_an_avatar_is_shown_at_addresses_that_never_change(person: Person, client: Client) -> None:
    shown = (await send(person, turned(6, (1500, 1000)))).json()
    assert (shown["width"], shown["height"]) == (1000, 1500)
    assert [source["width"] for source in shown["sources"]] == [320, 640, 1000]
    assert (await person.get("/api/users/me")).json()["avatar"] == shown
    for source in shown["sources"]:
        given = await client.get(source["url"])
        assert (given.status_code, given.headers["content-type"]) == (200, "image/webp")
        assert given.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert given.headers["x-content-type-options"] == "nosniff"
        assert given.headers["content-disposition"] == f'inline; filename="picture-{source["width"]}.webp"'
        assert given.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert opened(given.content).width == source["width"]
        again = await client.get(source["url"], headers={"If-None-Match": given.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = await client.head(source["url"])
        assert (head.status_code, head.headers["content-length"]) == (200, str(len(given.content)))


@pytest.mark.parametrize(
    "address",
    [
        "/media/nobody/{id}/0123456789abcdef-320.webp",
        "/media/platform/{id}/0123456789abcdef-320.webp",
        "/media/platform/{id}/..%2f..%2fsecret",
        "/media/platform/..%2f..%2f/0123456789abcdef-320.webp",
        "/media/platform/{id}/0123456789abcdef-320.svg",
        "/media/platform/{id}/x",
    ],
)
async def test_other_addresses_are_not_there(client: Client, address: str) -> None:
    assert code(await client.get(address.format(id=uuid4().hex))) == (404, "not_found")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"Dear chef", (415, "picture_kind")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", (415, "picture_kind")),
        (b"", (422, "picture_unreadable")),
        (photo()[:3000], (422, "picture_unreadable")),
        (photo((20, 20)), (422, "picture_shape")),
    ],
    ids=["text", "SVG", "nothing", "truncated", "a speck"],
)
async def test_what_is_no_picture_leaves_nothing_behind(
    person: Person, run_jobs: Any, content: bytes, refusal: tuple[int, str]
) -> None:
    before = (await send(person, photo())).json()
    # Neither its name nor what the sender says of it is asked.
    assert code(await send(person, content, **{"Content-Type": "image/jpeg"})) == refusal
    await run_jobs()
    assert [row.state for row in await rows()] == ["ready"]
    assert (await person.get("/api/users/me")).json()["avatar"] == before


async def test_a_body_is_capped_by_its_route(person: Person, as_user: AsUser) -> None:
    fine = (
        photo((1200, 800), "PNG") + b"\0" * 3_000_000
    )  # over what other routes take; decoders stop at the end
    assert (await send(person, fine)).status_code == 200
    large = await send(person, b"\xff\xd8\xff" + b"\0" * pictures.MAX_BYTES)
    assert code(large) == (413, "picture_too_large")
    assert large.json()["facts"] == {"limit": pictures.MAX_BYTES, "megabytes": 15}
    other = await person.patch("/api/users/me", content=b"[" + b" " * 1_100_000 + b"]")
    assert code(other) == (413, "payload_too_large")
    assert other.json()["facts"] == {"limit": middleware.BODY_LIMIT}


async def test_a_length_that_tells_too_much_is_refused_before_the_body_is_read(
    app: Any, person: Person
) -> None:
    read = 0

    async def receive() -> dict[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b"\xff\xd8\xff", "more_body": True}

    sent: list[Any] = []

    async def keep(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-length", b"40000000"), (b"authorization", f"Bearer {person.token}".encode())]
    scope = {
        "type": "http", "method": "PUT", "path": AVATAR, "raw_path": AVATAR.encode(), "query_string": b"",
        "headers": headers, "scheme": "http", "server": ("test", 80), "client": ("test", 1), "http_version": "1.1",
    }  # fmt: skip
    await app(scope, receive, keep)
    assert (sent[0]["status"], read) == (413, 0)


async def test_a_chunked_body_ends_at_the_cap(person: Person) -> None:
    async def pour() -> Any:
        for _ in range(40):
            yield b"\xff\xd8\xff" + b"\0" * 1_000_000

    assert code(await person.put(AVATAR, content=pour())) == (413, "picture_too_large")


async def test_a_slow_body_is_cut_and_a_steady_one_is_not(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.3)
    content = photo((1200, 800))

    async def pour(first: int) -> Any:
        yield content[:first]
        await asyncio.sleep(0.6)
        yield content[first:]

    assert code(await person.put(AVATAR, content=pour(10))) == (408, "request_timeout")
    monkeypatch.setattr(middleware, "SLOWEST", 1000)
    assert (await person.put(AVATAR, content=pour(3000))).status_code == 200


async def test_a_stranger_s_body_is_not_read(client: Client) -> None:
    assert code(await client.put(AVATAR, content=photo())) == (401, "sign_in_required")


async def test_a_new_avatar_takes_the_place_of_the_old_one_which_leaves_the_store(
    person: Person, client: Client, run_jobs: Any
) -> None:
    first = (await send(person, photo())).json()
    (old,) = await rows()
    second = (await send(person, photo((900, 600)))).json()
    assert (await person.get("/api/users/me")).json()["avatar"] == second
    assert await stored(old.keys) == [True, True, True]
    await run_jobs()
    assert await stored(old.keys) == [False, False, False]
    assert (await client.get(first["sources"][0]["url"])).status_code == 404
    (left,) = await rows()
    assert await stored(left.keys) == [True, True, True]

    for _ in range(2):
        assert (await person.delete(AVATAR)).status_code == 204
    assert (await person.get("/api/users/me")).json()["avatar"] is None
    await run_jobs()
    assert await rows() == []
    assert await stored(left.keys) == [False, False, False]


async def test_two_people_may_send_the_same_picture_and_one_may_remove_hers(
    as_user: AsUser, client: Client, run_jobs: Any
) -> None:
    one, other = await as_user(), await as_user()
    (await send(one, photo())).json()
    kept = (await send(other, photo())).json()
    await one.delete(AVATAR)
    await run_jobs()
    assert (await client.get(kept["sources"][0]["url"])).status_code == 200


async def test_two_avatars_at_once_leave_one(person: Person, run_jobs: Any) -> None:
    answers = await asyncio.gather(*(send(person, photo((400 + n, 300))) for n in range(3)))
    assert {answer.status_code for answer in answers} == {200}
    await run_jobs()
    assert [row.state for row in await rows()] == ["ready"]


async def test_a_person_keeps_so_many_pictures(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "KEPT_PER_PERSON", 2)
    monkeypatch.setattr(pictures, "DARKROOMS", 4)
    answers = await asyncio.gather(*(send(person, photo((400 + n, 300))) for n in range(5)))
    refused = [code(answer) for answer in answers if answer.status_code != 200]
    assert set(refused) == {(409, "picture_quota")}
    assert len(refused) >= 2
    assert len([row for row in await rows() if row.state != "dropped"]) <= 2


async def test_a_store_that_is_away_changes_nothing(
    person: Person, client: Client, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (await send(person, photo())).json()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("SF_STORAGE_URL", "s3://files?endpoint=http://127.0.0.1:9")
    config.settings.cache_clear()
    refused = await send(person, photo((900, 600)))
    assert code(refused) == (503, "storage_unavailable")
    assert "retry-after" in refused.headers
    assert code(await client.get(before["sources"][0]["url"])) == (503, "storage_unavailable")
    assert (await person.get("/api/users/me")).json()["avatar"] == before
    assert sorted(row.state for row in await rows()) == ["dropped", "ready"]
    monkeypatch.undo()
    config.settings.cache_clear()
    await run_jobs()
    assert [row.state for row in await rows()] == ["ready"]


async def test_what_died_on_the_way_is_swept(
    person: Person, run_jobs: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after the store took the first rendition, and before anything is recorded."""

    class Dead(BaseException):
        pass

    put = storage.put

    async def die_after(key: str, content: bytes, *, content_type: str) -> None:
        await put(key, content, content_type=content_type)
        raise Dead

    monkeypatch.setattr(storage, "put", die_after)
    with pytest.raises(Dead):
        await pictures.take(Steps("platform"), photo(), owner_id=uuid4())
    monkeypatch.setattr(storage, "put", put)
    (row,) = await rows()
    assert (row.state, (await stored(row.keys)).count(True)) == ("making", 1)
    await sweep()
    assert [each.state for each in await rows()] == ["making"]  # it may still be on its way
    await clock.advance(hours=2)
    await sweep()
    await run_jobs()
    assert await rows() == []
    assert True not in await stored(row.keys)


async def sweep() -> None:
    async with db.transaction("platform") as session:
        await avatars.sweep(session)


async def test_a_picture_that_nobody_points_at_is_swept_after_a_day_and_a_used_one_stays(
    person: Person, run_jobs: Any, clock: Clock
) -> None:
    used = (await send(person, photo())).json()
    loose = await pictures.take(Steps("platform"), photo(), owner_id=uuid4())
    await clock.advance(hours=20)
    await sweep()
    assert [row.state for row in await rows()] == ["ready", "ready"]
    await clock.advance(hours=20)
    await sweep()
    await run_jobs()
    assert [str(row.id) for row in await rows()] == [used["id"]]
    assert str(loose.id) != used["id"]


async def test_a_sweep_does_not_take_what_is_being_claimed(clean: str, clock: Clock) -> None:
    owner = uuid4()
    loose = await pictures.take(Steps("platform"), photo(), owner_id=owner)
    await clock.advance(days=2)
    async with db.transaction("platform") as session:
        await pictures.claim(session, [loose.id], owner_id=owner)
        sweeping = asyncio.create_task(sweep())
        await asyncio.sleep(0.3)
    await sweeping
    assert [row.state for row in await rows()] == ["ready"]


async def test_the_digest_in_an_address_is_of_what_was_sent(person: Person) -> None:
    sent = photo()
    shown = (await send(person, sent)).json()
    assert hashlib.sha256(sent).hexdigest()[:16] in shown["sources"][0]["url"]
    assert person.id.replace("-", "") not in shown["sources"][0]["url"]


async def test_the_document_tells_the_cap(client: Client) -> None:
    document = (await client.get("/openapi.json")).json()
    route = document["paths"][AVATAR]["put"]
    assert route["x-body-limit"] == pictures.MAX_BYTES
    assert set(route["requestBody"]["content"]) == {
        "image/jpeg", "image/png", "image/webp", "image/avif", "image/gif",
    }  # fmt: skip
    assert "picture_too_large" in route["responses"]["413"]["description"]


async def test_one_persons_many_pictures_do_not_wait_before_everybody_elses(
    person: Person, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "AT_ONCE_PER_PERSON", 2)
    full, develop = asyncio.Event(), pictures.develop

    async def waiting(content: bytes) -> Any:
        await full.wait()
        return await develop(content)

    monkeypatch.setattr(pictures, "develop", waiting)
    sending = [asyncio.create_task(send(person, photo((400 + n, 300)))) for n in range(4)]
    refused, _ = await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
    assert code(next(iter(refused)).result()) == (429, "pictures_at_once")
    full.set()
    assert sorted(answer.status_code for answer in await asyncio.gather(*sending)) == [200, 200, 429, 429]
    assert (await send(person, photo())).status_code == 200
    assert (await send(await as_user(), photo())).status_code == 200


async def test_nobody_shows_others_a_picture_as_a_demo_person(client: Client) -> None:
    told = (await client.post("/api/auth/demo", json={"role": "guest"})).json()
    client.headers["Authorization"] = f"Bearer {told['access_token']}"
    assert code(await client.put(AVATAR, content=photo())) == (403, "demo_avatar_fixed")
    assert code(await client.delete(AVATAR)) == (403, "demo_avatar_fixed")
    assert await rows() == []
