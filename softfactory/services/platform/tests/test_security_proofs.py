"""Recent sign-ins: what matters most asks again who is there."""

import asyncio
import os
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI

from softfactory.kernel import auth
from softfactory.services.platform.tests.makers import bearer, code, log_in, registered, sql
from softfactory.testing import PASSWORD, Client, Clock, client_of, grant


@pytest.fixture
def acts() -> FastAPI:
    """Routes that ask for a recent sign-in, as any service may have them."""
    from softfactory.kernel import refusals
    from softfactory.kernel.errors import Problem

    app = FastAPI()
    app.add_exception_handler(Problem, refusals.problem)

    @app.post("/mine")
    async def mine(user: auth.RecentUser) -> str:
        return str(user.id)

    @app.post("/admin")
    async def admin(user: Annotated[auth.Principal, Depends(auth.having("admin", recent=True))]) -> str:
        return str(user.id)

    return app


async def act(app: FastAPI, told: dict[str, Any], path: str = "/mine") -> tuple[int, str]:
    async with client_of(app) as http:
        answer = await http.post(path, headers=bearer(told))
    return (200, "") if answer.status_code == 200 else code(answer)


async def confirm(client: Client, told: dict[str, Any], **proof: Any) -> Any:
    return await client.post("/api/auth/confirm", json=proof, headers=bearer(told))


NEEDED = (403, "recent_sign_in_needed")


async def test_a_sign_in_counts_for_fifteen_minutes_and_confirming_for_fifteen_more(
    client: Client, acts: FastAPI, clock: Clock
) -> None:
    told = await registered(client)
    await clock.advance(minutes=14, seconds=50)
    assert await act(acts, told) == (200, "")
    await clock.advance(seconds=15)
    assert await act(acts, told) == NEEDED
    confirmed = await confirm(client, told, password=PASSWORD)
    assert (confirmed.status_code, confirmed.json()) == (200, {"recent_for": 900})
    assert await act(acts, told) == (200, "")
    await clock.advance(minutes=15, seconds=1)
    assert await act(acts, told) == NEEDED


async def test_staying_signed_in_is_no_proof(client: Client, acts: FastAPI, clock: Clock) -> None:
    told = await registered(client)
    await clock.advance(minutes=16)
    renewed = await client.post("/api/auth/refresh", json={"refresh_token": told["refresh_token"]})
    assert await act(acts, renewed.json()) == NEEDED


async def test_one_session_proves_nothing_for_another(client: Client, acts: FastAPI, clock: Clock) -> None:
    told = await registered(client)
    await clock.advance(minutes=16)
    other = (await log_in(client)).json()
    assert (await act(acts, other), await act(acts, told)) == ((200, ""), NEEDED)
    await confirm(client, told, password=PASSWORD)
    await clock.advance(minutes=14, seconds=55)
    await confirm(client, told, password=PASSWORD)
    await clock.advance(seconds=10)
    assert (await act(acts, told), await act(acts, other)) == ((200, ""), NEEDED)


async def test_an_admins_act_asks_for_the_role_first_and_then_who_is_there(
    client: Client, acts: FastAPI, clock: Clock
) -> None:
    told = await registered(client)
    assert await act(acts, told, "/admin") == (403, "role_missing")
    await grant(told["user"]["id"], "admin")
    assert await act(acts, told, "/admin") == (200, "")
    await clock.advance(minutes=16)
    assert await act(acts, told, "/admin") == NEEDED


async def test_an_ended_session_is_not_recent(client: Client, acts: FastAPI) -> None:
    told = await registered(client)
    await client.post("/api/auth/logout", headers=bearer(told))
    assert await act(acts, told) == (401, "token_invalid")


async def test_a_wrong_password_proves_nothing_and_is_counted_as_at_signing_in(
    client: Client, acts: FastAPI, clock: Clock
) -> None:
    told = await registered(client)
    await clock.advance(minutes=16)
    wrong = await confirm(client, told, password="a wrong guess")
    assert code(wrong) == (422, "password_wrong")
    assert wrong.json()["errors"][0]["field"] == "password"
    guesses = await asyncio.gather(*(confirm(client, told, password="a wrong guess") for _ in range(20)))
    assert [guess.status_code for guess in guesses].count(422) <= 4 + max(2, os.cpu_count() or 2) - 1
    assert code(await confirm(client, told, password=PASSWORD)) == (429, "too_many_sign_ins")
    assert code(await log_in(client)) == (429, "too_many_sign_ins")
    assert await act(acts, told) == NEEDED


async def test_demo_sessions_are_always_recent_and_have_nothing_to_confirm(
    client: Client, acts: FastAPI, clock: Clock
) -> None:
    told = (await client.post("/api/auth/demo", json={"role": "admin"})).json()
    await clock.advance(minutes=60)
    assert await act(acts, told, "/admin") == (200, "")
    assert code(await confirm(client, told, password=PASSWORD)) == (403, "demo_security_fixed")


async def test_a_proof_is_one_proof(client: Client) -> None:
    told = await registered(client)
    for wish in ({}, {"password": "x", "code": "123456"}, {"password": None}):
        assert (await confirm(client, told, **wish)).status_code == 422
    assert (await client.post("/api/auth/confirm", json={"password": "x"})).status_code == 401


async def test_sessions_from_before_count_from_their_beginning(client: Client) -> None:
    await registered(client)
    (row,) = await sql("select proved_at - created_at as late from {s}.login_session")
    assert abs(row["late"].total_seconds()) < 1
