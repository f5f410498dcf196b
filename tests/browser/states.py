"""What a page can look like beside its four states: a small table, and the way through a booking.

A state is an addition to the address (tabs, filters and open dialogs live there) or something that is done on the page.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from playwright.async_api import Route, expect

from tests.browser import guest
from tests.browser.window import Window
from tests.journeys import Journey, told

Act = Callable[[Window], Awaitable[None]]


async def _menu(window: Window) -> None:
    await window.press(window.page.get_by_role("button", name=window.say.like("shell:account.menu")))


async def _language(window: Window) -> None:
    await window.press(window.button("shell:language.label").first)


async def _filters(window: Window) -> None:
    if window.on_phone:
        await window.press(window.button("shell:filter.open"))
    else:
        await window.press(window.button("filter.region"))


async def _submit(window: Window) -> None:
    """Send the form as it stands: its complaints."""
    await window.press(window.page.locator("main form button[type=submit]").first)


async def _good_password_link(window: Window) -> None:
    await _answer(window, "**/api/auth/password/reset/look", None)
    await window.go("/reset?token=a-good-one")


async def _good_invitation(window: Window) -> None:
    korean = window.say.language == "ko"
    ends = (datetime.now(UTC) + timedelta(days=6)).isoformat()
    card = {"team": "한 팀" if korean else "Kitchen team", "invited_by": "김하늘" if korean else "Sky Kim"}
    await _answer(
        window,
        "**/api/users/invitations/look",
        {**card, "role": "member", "member": False, "expires_at": ends},
    )
    await window.go("/invitation?token=a-good-one")


async def _answer(window: Window, path: str, body: dict[str, Any] | None) -> None:
    """What the server says to a link whose letter only its reader has."""

    async def answer(route: Route) -> None:
        await (route.fulfill(status=204) if body is None else route.fulfill(json=body))

    await window.page.route(path, answer)


@dataclass(frozen=True)
class State:
    """``query`` goes behind the address; ``act`` is done there; ``instead`` is another address altogether."""

    name: str
    query: str = ""
    act: Act | None = None
    instead: str | None = None


async def _first_letter(window: Window) -> None:
    await window.press(window.page.get_by_role("main").locator("ul button").first)


async def _first_details(window: Window) -> None:
    await window.press(window.button("desk:action.details").first)


TABS = ("security", "sessions", "payments", "keys", "teams", "data")
NOBODY = str(uuid4())
STATES: dict[str, list[State]] = {
    "/": [State("language-menu", act=_language), State("wrong-address", instead="/nowhere")],
    "/sign-in": [State("refused", act=_submit)],
    "/sign-up": [State("refused", act=_submit)],
    "/reset": [State("good-link", act=_good_password_link)],
    "/invitation": [State("good-link", act=_good_invitation)],
    "/chefs": [
        State("filtered", "?region=seoul&cuisine=korean&sort=price"),
        State("nothing-found", "?q=zzzzzz"),
        State("filters-open", act=_filters),
    ],
    "/chefs/$chefId": [State("missing", instead=f"/chefs/{NOBODY}")],
    "/bookings": [State("tab-past", "?tab=past"), State("tab-cancelled", "?tab=cancelled")],
    "/bookings/$bookingId": [State("missing", instead=f"/bookings/{NOBODY}")],
    "/account": [
        State("menu", act=_menu),
        *(State(f"tab-{tab}", f"?tab={tab}") for tab in TABS),
    ],
    "/chef/desk": [
        State("booking", act=_first_details),
        *(State(f"tab-{tab}", f"?tab={tab}") for tab in ("calendar", "availability", "menus", "profile")),
    ],
    "/admin/jobs": [State("done", "?state=done")],
    "/admin/events": [State("delivered", "?view=delivered"), State("heard", "?view=heard")],
    "/admin/mailbox": [State("letter", act=_first_letter)],
    "/admin/reviews": [State("appeals", "?state=appealed"), State("hidden", "?state=hidden")],
}
"""Of the pages by their address with holes."""


async def bookings(journey: Journey) -> list[State]:
    """The demo guest's bookings, one of each status, with the dialogs that they offer."""
    someone = await journey.demo("guest")
    listed = told(await someone.http.get("/api/coocook/bookings", params={"limit": 50}))["items"]
    found = []
    for status, booking in {each["status"]: each for each in listed}.items():
        where = f"/bookings/{booking['id']}"
        found.append(State(status.replace("_", "-"), instead=where))
        found += [
            State(f"{status}-{action}".replace("_", "-"), instead=f"{where}?open={action}")
            for action in ("cancel", "review")
            if action in booking.get("actions", ())
        ]
    return found


Keep = Callable[[Window, str], Awaitable[None]]


async def book(window: Window, table: guest.Table, keep: Keep) -> None:
    """From the table to the confirmation, with a refused card on the way."""
    window.expected |= {402}
    await window.go("/sign-up")
    await guest.sign_up(window, "김하늘" if window.say.language == "ko" else "Sky Kim")
    await window.go(f"/chefs/{table.kitchen.chef_id}")
    await guest.choose_time(window)
    await keep(window, "chefs-chef-time-chosen")
    await window.press(window.link("panel.book"))
    await expect(window.button("book.keep")).to_be_visible()
    await keep(window, "chefs-chef-book-table")
    await guest.hold(window)
    await keep(window, "chefs-chef-book-details")
    await guest.details(window)
    await keep(window, "chefs-chef-book-pay")
    await guest.choose_card(window, "declined")
    await window.press(guest.pay_button(window))
    await window.sees("pay.wasRefused")
    await keep(window, "chefs-chef-book-declined")
    await guest.choose_card(window, "ok")
    await window.press(guest.pay_button(window))
    await expect(window.heading("done.confirmed")).to_be_visible()
    await keep(window, "chefs-chef-book-done")
    await window.press(window.link("done.see"))
    await expect(window.page.get_by_text(window.say("status.confirmed"), exact=True)).to_be_visible()
    await keep(window, "bookings-booking-fresh")


async def own_account(window: Window, journey: Journey, keep: Keep) -> None:
    """An account that is no demo's: with a key, a team and an invitation. What was done stands in the audit log."""
    someone = await journey.sign_up("김하늘" if window.say.language == "ko" else "Sky Kim")
    keys = told(await someone.http.get("/api/auth/api-keys"))
    wish = {"name": "My calendar", "scopes": keys["known_scopes"][:2]}
    told(await someone.http.post("/api/auth/api-keys", json=wish), 201)
    team = told(await someone.http.post("/api/users/spaces", json={"name": "Kitchen team"}), 201)
    invitation = {"email": "cook@example.com", "role": "member"}
    told(await someone.http.post(f"/api/users/spaces/{team['id']}/invitations", json=invitation), 201)
    await guest.sign_in(window, someone)
    for tab in TABS:
        await window.go(f"/account?tab={tab}")
        await keep(window, f"account-own-{tab}")
