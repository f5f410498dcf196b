"""Every route x every role, and other people's ids on every route that takes one."""

import re
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute

from softfactory.kernel import auth, db, mail
from softfactory.kernel.app import routes_table
from softfactory.kernel.service import discover
from softfactory.services.platform.tests.fake_passkeys import add_passkey
from softfactory.testing import AsUser, Client
from tests.journeys import Journey, Someone, told

ROUTES = routes_table(discover().values())


def _rules(dependant: object) -> list[object]:
    """The rules of a route, innermost last."""
    found: list[object] = []
    for part in getattr(dependant, "dependencies", ()):
        found += [part.call, *_rules(part)]
    return found


def _needs_sign_in(route: APIRoute) -> bool:
    return auth.user in _rules(route.dependant)


def _filled(path: str) -> str:
    return re.sub(r"{[^}]+}", lambda _: str(uuid4()), path)


async def test_without_a_token_every_guarded_route_is_401(client: Client) -> None:
    guarded = [(method, path) for method, path, route in ROUTES if _needs_sign_in(route)]
    assert len(guarded) > 15
    for method, path in guarded:
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
        body = {} if method != "GET" else None
        answer = await client.request(method, _filled(path), json=body, headers=headers)
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code} {answer.text}"


@pytest.mark.parametrize("role", auth.ROLES)
async def test_a_role_opens_only_its_own_routes(role: str, as_user: AsUser) -> None:
    person = await as_user(role)
    for method, path, route in ROUTES:
        if path.endswith("/logout"):
            continue
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
        answer = await person.http.request(
            method, _filled(path), json={} if method != "GET" else None, headers=headers
        )
        assert answer.status_code < 500, f"{role}: {method} {path}: {answer.status_code} {answer.text}"
        wanted = auth.asked_roles(route.dependant)
        if wanted and not wanted & {role, "guest"}:
            assert answer.status_code == 403, f"{role}: {method} {path}: {answer.status_code}"
            assert answer.json()["code"] == "role_missing"


PUBLIC = {
    ("GET", "/api/coocook/chefs/{chef_id}"),
    ("GET", "/api/coocook/chefs/{chef_id}/menus"),
    ("GET", "/api/coocook/chefs/{chef_id}/slots"),
    ("GET", "/api/coocook/chefs/{chef_id}/reviews"),
}
BODIES: dict[tuple[str, str], object] = {
    ("PATCH", "/api/coocook/chefs/{chef_id}"): {"headline": "mine now"},
    ("POST", "/api/coocook/chefs/{chef_id}/approval"): {"decision": "approve", "reason": "because"},
    ("POST", "/api/coocook/chefs/{chef_id}/menus"): {
        "name": "stolen",
        "price_per_guest": {"amount": 1},
        "max_party": 2,
        "dishes": [{"name": "x"}],
    },
    ("PUT", "/api/coocook/chefs/{chef_id}/availability"): {"weekly": []},
    ("POST", "/api/coocook/bookings/{booking_id}/transition"): {"action": "accept"},
    ("POST", "/api/coocook/bookings/{booking_id}/cancel"): {},
    ("POST", "/api/coocook/bookings/{booking_id}/reviews"): {"rating": 1, "text": "not mine"},
    ("POST", "/api/payment/{payment_id}/cancel"): {"reason": "not mine"},
    ("PATCH", "/api/auth/passkeys/{passkey_id}"): {"name": "mine now"},
    ("PATCH", "/api/users/spaces/{space_id}"): {"name": "mine now"},
    ("POST", "/api/users/spaces/{space_id}/invitations"): {"email": "me@example.com"},
    ("PATCH", "/api/users/spaces/{space_id}/members/{person_id}"): {"role": "member"},
    ("PATCH", "/api/users/{person_id}"): {"status": "suspended", "reason": "not mine"},
} | {
    ("POST", f"/api/{service}/admin/{path}"): {"reason": "not mine", **more}
    for service in discover()
    for path, more in (
        ("jobs/{job_id}/replay", {}),
        ("jobs/{job_id}/cancel", {}),
        ("events/{event_id}/redeliver", {"target": "coocook"}),
        ("mail/{letter_id}/resend", {}),
    )
}


async def works_of(service: str, person_id: str) -> dict[str, str]:
    """A job of this person, an event and a letter in a service's own tables."""
    async with db.transaction(service) as session:
        job_id = await mail.deliver.later(session, mail_id=uuid4(), owner=UUID(person_id))
        letter_id, event_id = uuid4(), uuid4()
        await db.run_sql(
            session,
            "insert into {s}.mail (id, person_id, template, facts) values (:id, :person, 'welcome', '{}')",
            id=letter_id,
            person=UUID(person_id),
        )
        await db.run_sql(
            session,
            "insert into {s}.outbox (id, target, name, payload) values (:id, 'coocook', 'platform.Told', '{}')",
            id=event_id,
        )
    return {"job_id": str(job_id), "letter_id": str(letter_id), "event_id": str(event_id)}


async def rights_of(guest: Someone) -> dict[str, str]:
    """A person's API key, team, open invitation and export."""
    key = {"name": "Calendar", "scopes": ["users:read"]}
    team = told(await guest.http.post("/api/users/spaces", json={"name": "Kitchen"}), 201)
    invitations = f"/api/users/spaces/{team['id']}/invitations"
    return {
        "key_id": told(await guest.http.post("/api/auth/api-keys", json=key), 201)["id"],
        "space_id": team["id"],
        "invitation_id": told(await guest.http.post(invitations, json={"email": "a@example.com"}), 201)["id"],
        "export_id": told(await guest.http.get("/api/users/me/export"), 202)["id"],
    }


async def test_other_peoples_ids_open_nothing(app: object, client: Client, as_user: AsUser) -> None:
    """Every route with an id in its address is tried by a stranger with somebody else's real id."""
    from softfactory.testing import client_of

    journey = Journey(lambda token: client_of(app, token))
    kitchen = await journey.open_kitchen(instant=False)
    guest, stranger = await journey.sign_up("김하늘"), await as_user("chef")
    slots = await journey.slots(kitchen)
    held = await journey.hold(guest, kitchen, slots[5]["starts_at"])
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slots[0]["starts_at"]))["id"])
    payment = told(await journey.pay(guest, booking), 200)
    session = told(await guest.http.get("/api/auth/sessions"))["items"][0]
    passkey = await add_passkey(guest.http)
    ids = {
        "chef_id": kitchen.chef_id,
        "hold_id": held["id"],
        "booking_id": booking["id"],
        "payment_id": payment["id"],
        "session_id": session["id"],
        "passkey_id": passkey["id"],
        "provider": "sandbox",
        "person_id": guest.id,
        **await rights_of(guest),
    }
    work = {name: await works_of(name, guest.id) for name in discover()}
    tried = 0
    for method, path, _ in ROUTES:
        names = re.findall(r"{([^}:]+)", path)
        if not names or (method, path) in PUBLIC or "webhooks" in path:
            continue
        known = {**ids, **work.get(path.split("/")[2], {})}
        missing = [name for name in names if name not in known]
        assert not missing, f"{method} {path}: give this test somebody's real {missing}"
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
        body = BODIES.get((method, path), {})
        url = path.format(**known)
        answer = await stranger.http.request(
            method, url, json=body if method != "GET" else None, headers=headers
        )
        assert answer.status_code in {403, 404}, f"{method} {path}: {answer.status_code} {answer.text}"
        assert guest.id not in answer.text.replace(url, ""), f"{method} {path}"
        tried += 1
    assert tried >= 9
    assert (await journey.booking(guest, booking["id"]))["status"] == "requested"
    await journey.close()
