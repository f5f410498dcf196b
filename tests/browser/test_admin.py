"""Somebody runs the platform: mends what failed, reads what was written, follows money to the ledger."""

import re
from uuid import uuid4

import asyncpg
from playwright.async_api import expect

from tests.browser.inspection import settle
from tests.browser.window import Window
from tests.deployment import Deployment
from tests.journeys import Journey, told

MENDED = "원인을 고쳐서 다시 실행합니다"


async def _enter(window: Window, role: str) -> None:
    """Be a demo person of a role; the sign-in page has buttons for some of them only."""
    await window.go("/sign-in")
    answer = await window.page.request.post(f"{window.site}/api/auth/demo", data={"role": role})
    assert answer.ok, await answer.text()
    # By this the app knows that asking for a session is worth a request.
    await window.page.evaluate("localStorage.setItem('sf.signed-in', '1')")


async def _dead_job(deployment: Deployment) -> str:
    """A job of coocook's that was given up."""
    job_id = uuid4()
    connection = await asyncpg.connect(deployment.admin_urls[0])
    try:
        await connection.execute(
            """
            insert into coocook.job (id, name, payload, due_at, priority, state, attempts, max_attempts, error,
                                     finished_at)
            values ($1, 'coocook.holds.forget', '{}', sf_now(), 0, 'dead', 9, 9,
                    'ReadTimeout: no answer (coocook/holds.py:1)', sf_now())
            """,
            job_id,
        )
    finally:
        await connection.close()
    return str(job_id)


async def test_a_dead_job_is_replayed_with_a_reason_that_the_audit_keeps(
    window: Window, deployment: Deployment
) -> None:
    job_id = await _dead_job(deployment)
    await _enter(window, "admin")
    await window.go("/admin")
    await window.press(
        window.page.get_by_role(
            "link", name=window.say.like("platform/admin:home.waiting.dead_jobs", count=1)
        )
    )
    await expect(window.heading("platform/admin:jobs.title")).to_be_visible()
    await window.sees("platform/admin:failure.network")
    await window.press(window.page.locator(f'a[href="/admin/jobs/coocook/{job_id}"]'))
    await expect(window.heading("platform/admin:job.coocook.holds.forget")).to_be_visible()
    await window.press(window.button("platform/admin:jobs.replay"))
    dialog = window.page.get_by_role("dialog")
    await window.press(dialog.get_by_role("button", name=window.say("platform/admin:jobs.replay")))
    await window.sees("shell:reason.empty")
    await dialog.get_by_label(window.say("shell:reason.label")).fill(MENDED)
    await window.press(dialog.get_by_role("button", name=window.say("platform/admin:jobs.replay")))
    await window.sees("platform/admin:jobs.replayDone")
    await expect(
        window.page.get_by_text(window.say("platform/admin:jobs.states.done"), exact=True)
    ).to_be_visible()
    connection = await asyncpg.connect(deployment.admin_urls[0])
    try:
        for _ in range(100):
            kept = await connection.fetchval(
                """
                select p.value from platform.audit_entry e join platform.audit_personal p on p.entry_id = e.id
                where e.act = 'job.replayed' and e.subject_id = $1::text::uuid
                """,
                job_id,
            )
            if kept:
                break
            await window.page.wait_for_timeout(100)
    finally:
        await connection.close()
    assert kept == MENDED


async def test_an_operator_finds_a_letter_by_its_address_and_reads_it(
    window: Window, journey: Journey
) -> None:
    address = f"{uuid4().hex[:12]}@letters.example"
    wish = {"email": address, "password": "correct horse battery staple", "name": "김편지"}
    told(await journey._open(None).post("/api/auth/register", json=wish), 201)
    await _enter(window, "operator")
    await window.go("/admin/mailbox")
    await window.page.get_by_label(window.say("platform/admin:mail.search")).fill(address)
    line = window.page.get_by_role("button", name=re.compile(re.escape(address)))
    await window.press(line.first)
    letter = window.page.get_by_role("article")
    await expect(letter.get_by_text(address)).to_be_visible()
    await expect(letter).to_contain_text("김편지")
    await expect(window.page).to_have_url(re.compile(f"address={address.split('@')[0]}"))
    # An operator watches: nothing here can be done, only read.
    await expect(window.button("platform/admin:mail.resend")).to_have_count(0)


async def test_a_payment_is_followed_to_its_ledger_entries(window: Window, journey: Journey) -> None:
    kitchen = await journey.open_kitchen(instant=True)
    payer = await journey.sign_up("박결제")
    slots = await journey.slots(kitchen)
    booking = await journey.book(payer, (await journey.hold(payer, kitchen, slots[0]["starts_at"]))["id"])
    payment = told(await journey.pay(payer, booking), 200)
    await _enter(window, "operator")
    await window.go("/admin/payments")
    await window.page.get_by_label(window.say("platform/admin:pay.search")).fill(payment["id"])
    await window.press(window.page.locator(f'a[href="/admin/payments/{payment["id"]}"]'))
    await window.sees("platform/admin:pay.event.captured")
    await window.sees("platform/admin:pay.providerStates.captured")
    books = window.named("region", window.say("platform/admin:pay.movements"))
    captured = window.say("platform/admin:ledger.source.payment_captured")
    await window.press(books.get_by_role("link", name=captured, exact=True))
    await expect(window.heading("platform/admin:ledger.source.payment_captured")).to_be_visible()
    nothing = window.say("platform/admin:ledger.sumOf", sum=window.say.won(0))
    await expect(window.page.get_by_text(nothing)).to_be_visible()
    await window.press(window.link("platform/admin:ledger.kind.escrow"))
    await settle(window)
    await window.sees("platform/admin:ledger.meaning.escrow")
    amount = window.say.won(payment["amount"]["amount"])
    await expect(window.page.get_by_text(f"+{amount}").first).to_be_visible()


async def test_a_payment_goes_back_in_part_with_its_sum_shown_first(window: Window, journey: Journey) -> None:
    kitchen = await journey.open_kitchen(instant=True)
    payer = await journey.sign_up("최환불")
    slots = await journey.slots(kitchen)
    booking = await journey.book(payer, (await journey.hold(payer, kitchen, slots[0]["starts_at"]))["id"])
    payment = told(await journey.pay(payer, booking), 200)
    await _enter(window, "admin")
    await window.go(f"/admin/payments/{payment['id']}?open=refund")
    dialog = window.page.get_by_role("dialog")
    await dialog.get_by_label(window.say("platform/admin:refund.amount")).fill("10000")
    await expect(dialog.get_by_text(window.say("platform/admin:refund.line.refund"))).to_be_visible()
    rest = window.say.won(payment["amount"]["amount"] - 10_000)
    await expect(dialog.get_by_text(rest)).to_be_visible()
    await dialog.get_by_label(window.say("shell:reason.label")).fill("요리사가 늦었습니다")
    await window.press(window.button("platform/admin:refund.confirm", amount=window.say.won(10_000)))
    await window.sees("platform/admin:refund.done")
    await window.sees("platform/admin:refund.status.done")
    await window.sees("platform/admin:pay.event.refunded")


async def test_the_overview_calls_nothing_well_that_it_could_not_ask(window: Window) -> None:
    window.expected |= {500}
    await _enter(window, "operator")
    await window.page.route("**/api/coocook/admin/*", lambda route: route.fulfill(status=500, body=""))
    await window.go("/admin")
    await window.sees("platform/admin:home.unwell")
    await expect(window.heading("platform/admin:home.calm")).to_have_count(0)
    await window.page.route(
        "**/api/platform/admin/services", lambda route: route.fulfill(status=500, body="")
    )
    await window.page.route("**/api/payment/stats**", lambda route: route.fulfill(status=500, body=""))
    await window.page.reload()
    await settle(window)
    await expect(window.heading("platform/admin:home.services")).to_be_visible()
    for claim in ("home.allWell", "home.calm", "home.today"):
        await expect(
            window.page.get_by_text(window.say(f"platform/admin:{claim}"), exact=True)
        ).to_have_count(0)


async def test_the_admin_area_is_not_for_guests(window: Window) -> None:
    await _enter(window, "guest")
    await window.go("/admin/jobs")
    await expect(window.heading("shell:forbidden.title")).to_be_visible()
    await expect(
        window.page.get_by_role("navigation", name=window.say("shell/admin:frame.nav"))
    ).to_have_count(0)
