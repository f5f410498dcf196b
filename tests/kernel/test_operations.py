"""Siblings ask one another near or far by the same words, and get the same refusals."""

from uuid import uuid4

import httpx
import jwt
import pytest

from softfactory.kernel import crypto, errors, operations
from softfactory.kernel.identity import SessionRequest, SessionState, session_state
from softfactory.kernel.operations import SiblingUnavailable, check_service_token, service_token
from softfactory.services.platform import contract
from softfactory.testing import Client

NOBODY = contract.PersonQuery(person_id=uuid4())


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    """Platform seen from another process: over HTTP, through its own app."""
    monkeypatch.setattr(operations.config, "is_near", lambda service: service == "coocook")
    monkeypatch.setenv("SF_PLATFORM_URL", "http://test")
    monkeypatch.setattr(operations, "_http", lambda: client)
    monkeypatch.setattr(operations, "_breaker", operations._Breaker())


async def test_near_and_far_refuse_alike(client: Client, request: pytest.FixtureRequest) -> None:
    with pytest.raises(errors.NotFound) as near:
        await contract.person(NOBODY)
    request.getfixturevalue("far")
    with pytest.raises(SiblingUnavailable):  # this process now says that platform is not here
        await contract.person(NOBODY)
    assert near.value.status == 404


async def test_a_sibling_that_does_not_answer_opens_the_breaker(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    async def refuse(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        raise httpx.ConnectError("refused", request=request)

    monkeypatch.setattr(operations.config, "is_near", lambda _: False)
    monkeypatch.setattr(operations.config, "service_url", lambda _: "http://sibling")
    monkeypatch.setattr(operations, "_http", lambda: httpx.AsyncClient(transport=httpx.MockTransport(refuse)))
    monkeypatch.setattr(operations, "_breaker", operations._Breaker())
    for _ in range(operations.BREAK_AFTER + 3):
        with pytest.raises(SiblingUnavailable):
            await session_state(SessionRequest(sid=uuid4(), person_id=uuid4()))
    assert calls == operations.BREAK_AFTER


async def test_a_refusal_crosses_the_wire_as_its_own_class(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"code": "subject_gone", "facts": {}, "status": 409}
    answer = httpx.MockTransport(lambda _: httpx.Response(409, json=told))
    monkeypatch.setattr(operations.config, "is_near", lambda _: False)
    monkeypatch.setattr(operations.config, "service_url", lambda _: "http://sibling")
    monkeypatch.setattr(operations, "_http", lambda: httpx.AsyncClient(transport=answer))
    with pytest.raises(contract.SubjectGone):
        await contract.person(NOBODY)


async def test_an_answer_crosses_the_wire(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        check_service_token(request.headers["authorization"].removeprefix("Bearer "), "platform")
        return httpx.Response(200, json={"alive": True, "roles": ["guest"]})

    monkeypatch.setattr(operations.config, "is_near", lambda _: False)
    monkeypatch.setattr(operations.config, "service_url", lambda _: "http://sibling")
    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    monkeypatch.setattr(operations, "_http", lambda: client)
    state = await session_state(SessionRequest(sid=uuid4(), person_id=uuid4()))
    assert state == SessionState(alive=True, roles=["guest"])


async def test_only_siblings_reach_the_internal_addresses(client: Client) -> None:
    path = "/internal/operations/platform/session_state"
    body = {"sid": str(uuid4()), "person_id": str(uuid4())}
    assert (await client.post(path, json=body)).status_code == 401
    forged = jwt.encode({"aud": "service:platform", "iss": "softfactory", "exp": 2**33, "iat": 0}, "x" * 32)
    assert (
        await client.post(path, json=body, headers={"Authorization": f"Bearer {forged}"})
    ).status_code == 401
    for_another = {"Authorization": f"Bearer {service_token('coocook')}"}
    assert (await client.post(path, json=body, headers=for_another)).status_code == 401
    genuine = {"Authorization": f"Bearer {service_token('platform')}"}
    assert (await client.post(path, json=body, headers=genuine)).json() == {
        "alive": False,
        "roles": [],
        "recent": False,
    }


def test_keys_for_different_purposes_differ() -> None:
    assert crypto.derive("service-token") != crypto.derive("at-rest")
