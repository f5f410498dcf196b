"""Access tokens: only what platform signed is believed, and keys change without anyone noticing."""

import asyncio
import base64
import json
import time
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from softfactory.kernel import auth, db, identity
from softfactory.services.platform import contract, tokens
from softfactory.services.platform.errors.accounts import PersonUnknown
from softfactory.services.platform.tests.makers import bearer, code, log_in, me, refresh, registered, sql
from softfactory.testing import Client, Clock, grant


async def signer() -> tuple[str, Ed25519PrivateKey]:
    async with db.transaction("platform") as session:
        return await tokens._signer(session)


def claims(told: dict[str, Any], **change: Any) -> dict[str, Any]:
    known = jwt.decode(told["access_token"], options={"verify_signature": False})
    return {name: value for name, value in (known | change).items() if value is not None}


async def test_a_token_says_who_for_whom_and_how_long(client: Client) -> None:
    told = await registered(client)
    header = jwt.get_unverified_header(told["access_token"])
    body = claims(told)
    assert header == {"alg": "EdDSA", "typ": "at+jwt", "kid": (await signer())[0]}
    assert (body["iss"], body["aud"], body["sub"]) == ("softfactory", "softfactory", told["user"]["id"])
    assert (body["roles"], body["name"], body["demo"]) == (["guest"], "김민지", False)
    assert body["space"] == body["sub"]
    assert body["exp"] - body["iat"] == 900


async def test_anyone_can_check_a_token_with_the_published_key(client: Client) -> None:
    told = await registered(client)
    answer = await client.get("/.well-known/jwks.json")
    (key,) = answer.json()["keys"]
    assert set(key) == {"kty", "crv", "x", "kid", "use", "alg"}, "and nothing private"
    public = jwt.PyJWK(key).key
    assert jwt.decode(told["access_token"], public, algorithms=["EdDSA"], audience="softfactory")


@pytest.mark.parametrize(
    "change",
    [
        {"exp": -60},  # times are seconds from now
        {"exp": None},
        {"aud": "elsewhere"},
        {"aud": None},
        {"iss": "elsewhere"},
        {"sub": "not-an-id"},
        {"sid": None},
        {"iat": 3600},
        {"nbf": 3600},
        {"roles": 7},
    ],
    ids=str,
)
async def test_a_signed_token_with_a_wrong_claim_is_refused(client: Client, change: dict[str, Any]) -> None:
    told = await registered(client)
    kid, key = await signer()
    headers = {"kid": kid, "typ": "at+jwt"}
    good = jwt.encode(claims(told), key, "EdDSA", headers)
    if change.keys() <= {"exp", "iat", "nbf"}:
        change = {name: shift and int(time.time()) + shift for name, shift in change.items()}
    bad = jwt.encode(claims(told, **change), key, "EdDSA", headers)
    assert (await me(client, {"access_token": good})).status_code == 200
    assert code(await me(client, {"access_token": bad})) == (401, "token_invalid")


async def test_a_token_that_platform_did_not_sign_is_refused(client: Client) -> None:
    told = await registered(client)
    kid, key = await signer()
    body, thief = claims(told, roles=["admin"]), Ed25519PrivateKey.generate()
    public = (await client.get("/.well-known/jwks.json")).json()["keys"][0]["x"]
    headers = {"kid": kid, "typ": "at+jwt"}
    signed, cut = told["access_token"].rsplit(".", 1)
    altered = ".".join((signed.split(".")[0], _packed(body), cut))
    forged = {
        "another key": jwt.encode(body, thief, "EdDSA", headers),
        "a key of its own name": jwt.encode(body, thief, "EdDSA", {"kid": "mine", "typ": "at+jwt"}),
        "no signature": ".".join((_packed({"alg": "none", **headers}), _packed(body), "")),
        "its signature cut off": signed + ".",
        "other claims under the signature": altered,
        "the public key as a secret": _hs256(body, headers, public),
        "another kind of token": jwt.encode(body, key, "EdDSA", {"kid": kid, "typ": "JWT"}),
        "no key named": jwt.encode(body, key, "EdDSA", {"typ": "at+jwt"}),
        "nonsense": "nonsense",
        "nothing": "a.b.c",
    }
    for how, token in forged.items():
        assert code(await me(client, {"access_token": token})) == (401, "token_invalid"), how


def _packed(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _hs256(body: dict[str, Any], headers: dict[str, str], public: str) -> str:
    secret = base64.urlsafe_b64decode(public + "=")
    return jwt.encode(body, secret, "HS256", headers)


async def test_an_access_token_does_not_refresh_and_a_refresh_token_opens_nothing(client: Client) -> None:
    told = await registered(client)
    assert code(await refresh(client, told["refresh_token"] + "x")) == (401, "refresh_invalid")
    assert (await client.post("/api/auth/refresh", json={"refresh_token": "x" * 201})).status_code == 422
    crossed = {"access_token": told["refresh_token"]}
    assert code(await me(client, crossed)) == (401, "token_invalid")


async def test_keys_change_and_tokens_of_the_old_one_still_count(client: Client, clock: Clock) -> None:
    before = await registered(client)
    old, _ = await signer()
    await clock.advance(days=29)
    assert await _rotated() == old
    await clock.advance(days=2)
    new = await _rotated()
    assert new != old
    assert await _rotated() == new, "running it again changes nothing"
    after = (await log_in(client)).json()
    assert jwt.get_unverified_header(after["access_token"])["kid"] == new
    auth.keys.forget()
    for told in (before, after):
        assert (await me(client, told)).status_code == 200
    assert await _published(client) == [old, new]
    await clock.advance(minutes=21)
    assert await _published(client) == [new]
    await clock.advance(days=1)
    await _rotated()
    assert await sql("select kid from {s}.signing_key") == [{"kid": new}]


async def _rotated() -> str:
    async with db.transaction("platform") as session:
        await tokens.rotate(session)
    return (await signer())[0]


async def _published(client: Client) -> list[str]:
    return [key["kid"] for key in (await client.get("/.well-known/jwks.json")).json()["keys"]]


async def test_of_first_keys_made_at_once_one_stays(client: Client) -> None:
    answers = await asyncio.gather(*(identity.signing_keys(identity.SigningKeysRequest()) for _ in range(6)))
    assert len({answer.keys[0]["kid"] for answer in answers}) == 1
    assert len(await sql("select kid from {s}.signing_key")) == 1


async def test_a_changed_secret_makes_a_new_key_instead_of_an_error(client: Client) -> None:
    await registered(client)
    await sql("update {s}.signing_key set private_sealed = 'sealed with another secret'")
    told = (await log_in(client)).json()
    auth.keys.forget()
    assert (await me(client, told)).status_code == 200


async def test_the_private_key_is_sealed(client: Client) -> None:
    _, key = await signer()
    (row,) = await sql("select private_sealed, k::text as everything from {s}.signing_key k")
    raw = key.private_bytes_raw()
    assert raw not in row["private_sealed"]
    assert raw.hex() not in row["everything"]
    assert base64.urlsafe_b64encode(raw).decode().rstrip("=") not in row["everything"]


async def test_siblings_learn_who_a_person_is_and_may_give_a_role(client: Client) -> None:
    told = await registered(client)
    person_id = UUID(told["user"]["id"])
    for _ in range(2):
        card = await contract.grant_role(
            contract.GrantRole(person_id=person_id, role="chef", reason="profile approved")
        )
    assert card == contract.PersonCard(person_id=person_id, name="김민지", roles=["guest", "chef"])
    assert await contract.person(contract.PersonQuery(person_id=person_id)) == card
    await grant(str(person_id), "operator")
    assert (await contract.person(contract.PersonQuery(person_id=person_id))).roles == [
        "guest",
        "chef",
        "operator",
    ]
    kept = await sql("select role, reason from {s}.role_grant where role = 'chef'")
    assert kept == [{"role": "chef", "reason": "profile approved"}]
    stranger = uuid4()
    for operation, request in (
        (contract.person, contract.PersonQuery(person_id=stranger)),
        (contract.grant_role, contract.GrantRole(person_id=stranger, role="chef", reason="x")),
        (identity.addressee, identity.AddresseeRequest(person_id=stranger)),
    ):
        with pytest.raises(PersonUnknown):
            await operation(request)


async def test_letters_know_where_to_go(client: Client) -> None:
    told = await registered(client)
    change = {"language": "ko", "zone": "Europe/Berlin"}
    await client.patch("/api/users/me", json=change, headers=bearer(told))
    found = await identity.addressee(identity.AddresseeRequest(person_id=UUID(told["user"]["id"])))
    assert found.model_dump() == {"email": "minji@example.com", "name": "김민지", **change}
