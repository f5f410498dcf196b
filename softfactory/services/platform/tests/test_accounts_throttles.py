"""Guessing passwords is slow, and nobody is locked out by someone else's guesses."""

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import pytest

from softfactory.kernel import db
from softfactory.services.platform import settings, throttles
from softfactory.services.platform.tests.makers import client_at, code, log_in, registered, sql, wish
from softfactory.testing import Client, Clock


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lower limits, so that a story reaches them."""
    monkeypatch.setenv("SF_LOGIN_FAILURES_ADDRESS", "8")
    monkeypatch.setenv("SF_LOGIN_FAILURES_ACCOUNT", "12")
    settings.accounts.cache_clear()
    yield
    settings.accounts.cache_clear()


async def guess(client: Client, times: int, email: str = "minji@example.com") -> list[int]:
    return [(await log_in(client, email, "a wrong guess")).status_code for _ in range(times)]


async def test_after_five_wrong_passwords_even_the_right_one_waits(client: Client, clock: Clock) -> None:
    await registered(client)
    assert await guess(client, 6) == [401] * 5 + [429]
    throttled = await log_in(client)
    assert code(throttled) == (429, "too_many_sign_ins")
    assert 290 <= int(throttled.headers["retry-after"]) <= 300
    await clock.advance(minutes=4)
    assert (await log_in(client)).status_code == 429
    await clock.advance(minutes=1, seconds=1)
    assert (await log_in(client)).status_code == 200


async def test_the_right_password_forgets_the_wrong_ones(client: Client) -> None:
    await registered(client)
    for _ in range(3):
        assert await guess(client, 4) == [401] * 4
        assert (await log_in(client)).status_code == 200


async def test_an_attacker_elsewhere_locks_nobody_out(app: Any, client: Client) -> None:
    await registered(client)
    async with client_at(app, "203.0.113.9") as attacker:
        assert (await guess(attacker, 9))[5:] == [429] * 4
    assert (await log_in(client)).status_code == 200


async def test_an_account_that_is_not_there_is_throttled_alike(client: Client) -> None:
    assert await guess(client, 6, "nobody@example.com") == [401] * 5 + [429]


async def test_writing_the_address_otherwise_is_no_new_account_to_guess(client: Client) -> None:
    await registered(client)
    assert await guess(client, 3, "minji@example.com") + await guess(client, 3, "MINJI@Example.com") == [
        *([401] * 5),
        429,
    ]


async def test_guesses_at_once_are_counted_as_in_a_row(client: Client) -> None:
    await registered(client)
    answers = await asyncio.gather(*(log_in(client, password="a wrong guess") for _ in range(25)))
    refused = [answer.status_code for answer in answers]
    assert refused.count(401) + refused.count(429) == 25
    assert refused.count(401) <= 5 + max(2, os.cpu_count() or 2) - 1


async def test_one_address_cannot_try_one_password_on_everybody(
    app: Any, client: Client, few: None, clock: Clock
) -> None:
    async with client_at(app, "203.0.113.9") as attacker:
        tried = [(await log_in(attacker, f"p{n}@example.com", "a guess")).status_code for n in range(10)]
        assert tried == [401] * 8 + [429] * 2
        await registered(attacker, "own@example.com")
        assert (await log_in(attacker, "own@example.com")).status_code == 429
        await clock.advance(minutes=15, seconds=1)
        assert (await log_in(attacker, "own@example.com")).status_code == 200


async def test_a_success_does_not_clear_the_address(app: Any, client: Client, few: None) -> None:
    await registered(client, "own@example.com")
    for n in range(8):
        assert (await log_in(client, f"p{n}@example.com", "a guess")).status_code == 401
        if n < 7:
            assert (await log_in(client, "own@example.com")).status_code == 200
    assert (await log_in(client, "own@example.com")).status_code == 429


async def test_neighbours_of_one_ipv6_network_count_together(app: Any, client: Client, few: None) -> None:
    tried = []
    for n in range(10):
        async with client_at(app, f"2001:db8:1:2::{n + 1:x}") as attacker:
            tried.append((await log_in(attacker, f"p{n}@example.com", "a guess")).status_code)
    assert tried == [401] * 8 + [429] * 2
    async with client_at(app, "2001:db8:1:3::1") as other:
        assert (await log_in(other, "p@example.com", "a guess")).status_code == 401


async def test_many_addresses_together_are_stopped_but_not_the_owner(
    app: Any, client: Client, few: None
) -> None:
    await registered(client)
    tried: list[int] = []
    for n in range(4):
        async with client_at(app, f"203.0.113.{n}") as attacker:
            tried += await guess(attacker, 4)
    assert tried == [401] * 12 + [429] * 4
    assert (await log_in(client)).status_code == 200, "from where the owner has signed in before"
    async with client_at(app, "198.51.100.7") as elsewhere:
        assert (await log_in(elsewhere)).status_code == 429


async def test_the_proxys_word_for_the_address_counts_only_when_there_is_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from softfactory.kernel import config

    async def seen_as(*lines: str) -> str:
        answer = await client.post(
            "/api/auth/demo", json={"role": "guest"}, headers=[("X-Forwarded-For", line) for line in lines]
        )
        assert answer.status_code == 200
        (row,) = await sql("select ip from {s}.login_session order by created_at desc, id desc limit 1")
        return str(row["ip"])

    assert await seen_as("203.0.113.9") == "127.0.0.1"
    monkeypatch.setenv("SF_TRUST_PROXY", "1")
    config.settings.cache_clear()
    assert await seen_as("198.51.100.1, 203.0.113.9") == "203.0.113.9"
    assert await seen_as("198.51.100.1", "203.0.113.9") == "203.0.113.9", "a proxy may add a line of its own"


async def test_counts_are_forgotten_and_tell_nobody_who_failed(client: Client, clock: Clock) -> None:
    await guess(client, 1, "secret.person@example.com")
    assert "secret" not in repr(await sql("select kind, encode(key, 'escape') as key from {s}.throttle"))
    await clock.advance(hours=26)
    async with db.transaction("platform") as session:
        await throttles.forget(session)
    assert await sql("select id from {s}.throttle") == []


async def test_one_place_opens_so_many_accounts_and_asks_about_so_many_addresses(
    app: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SF_ACCOUNTS_FROM", "3")
    settings.accounts.cache_clear()
    tried = [(await client.post("/api/auth/register", json=wish())).status_code for _ in range(4)]
    assert tried == [201, 409, 409, 429]
    refused = await client.post("/api/auth/register", json=wish("other@example.com"))
    assert code(refused) == (429, "too_many_accounts")
    async with client_at(app, "203.0.113.9") as elsewhere:
        await registered(elsewhere, "other@example.com")
    settings.accounts.cache_clear()
