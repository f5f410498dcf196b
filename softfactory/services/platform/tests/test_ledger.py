"""The ledger's guards stand in the database: whatever code asks for, money neither appears nor disappears."""

import asyncio
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError

from softfactory.kernel import db
from softfactory.kernel.money import share
from softfactory.services.platform import ledger
from softfactory.services.platform.ledger import FEE, Account
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import sql

BANK = ledger.clearing("sandbox")


async def _post(entries: dict[Account, int], *, source: UUID | None = None, kind: str = "test") -> bool:
    async with db.transaction("platform") as session:
        return await ledger.post(session, kind, source or uuid4(), entries)


async def test_a_movement_is_written_once_per_source(clean: str) -> None:
    order, source = uuid4(), uuid4()
    movement = {BANK: -500, ledger.escrow(order): 500}
    assert await _post(movement, source=source)
    assert not await _post(movement, source=source)
    assert await _post(movement, source=source, kind="another")
    results = await asyncio.gather(*(_post(movement, source=order) for _ in range(8)))
    assert sorted(results) == [False] * 7 + [True]
    assert await shop.balance("escrow", str(order)) == 1_500
    assert await shop.balance("provider_clearing", "sandbox") == -1_500


@pytest.mark.parametrize("entries", [{BANK: -500, FEE: 499}, {BANK: -500, FEE: 501}, {BANK: 1, FEE: 1}])
async def test_a_movement_that_does_not_sum_to_zero_is_refused_at_commit(
    clean: str, entries: dict[Account, int]
) -> None:
    with pytest.raises(IntegrityError, match="sum"):
        await _post(entries)
    assert await sql("select id from {s}.ledger_entry") == []


@pytest.mark.parametrize("entries", [{}, {BANK: 5}, {BANK: 0, FEE: 0}])
async def test_a_movement_has_two_sides(clean: str, entries: dict[Account, int]) -> None:
    with pytest.raises(IntegrityError, match="ck_ledger_transaction_entries"):
        await _post(entries)


async def test_a_movement_without_its_entries_is_refused(clean: str) -> None:
    with pytest.raises(IntegrityError, match="0 of 2 entries"):
        await sql(
            "insert into {s}.ledger_transaction (id, source_kind, source_id, entries) values (:id, 'test', :id, 2)",
            id=uuid4(),
        )


async def test_a_written_movement_cannot_grow(clean: str) -> None:
    await _post({BANK: -500, FEE: 500})
    with pytest.raises(IntegrityError, match="4 of 2 entries"):
        await sql(
            """
            insert into {s}.ledger_entry (id, transaction_id, account_id, amount)
            select gen_random_uuid(), transaction_id, account_id, -amount from {s}.ledger_entry
            """
        )


@pytest.mark.parametrize(
    "change",
    [
        "update {s}.ledger_entry set amount = amount * 2",
        "delete from {s}.ledger_entry",
        "truncate {s}.ledger_entry",
        "update {s}.ledger_transaction set source_id = gen_random_uuid()",
        "delete from {s}.ledger_transaction",
        "truncate {s}.ledger_transaction cascade",
        "update {s}.ledger_account set balance = balance + 1 where balance is not null",
        "update {s}.ledger_account set owner = 'me'",
        "update {s}.ledger_account set kind = 'wallet'",
        "delete from {s}.ledger_account",
        "truncate {s}.ledger_account cascade",
        "insert into {s}.ledger_account (id, kind, owner, balance) values (gen_random_uuid(), 'wallet', 'me', 1)",
    ],
)
async def test_what_is_written_is_never_changed(clean: str, change: str) -> None:
    await _post({BANK: -500, ledger.escrow(uuid4()): 500})
    with pytest.raises(DBAPIError, match="ledger"):
        await sql(change)


@pytest.mark.parametrize("make", [ledger.escrow, ledger.wallet, ledger.refunding])
async def test_what_belongs_to_people_never_falls_below_zero(
    clean: str, make: Callable[[UUID], Account]
) -> None:
    account = make(uuid4())
    await _post({BANK: -500, account: 500})
    with pytest.raises(IntegrityError, match="never_negative"):
        await _post({account: -501, BANK: 501})
    with pytest.raises(IntegrityError, match="never_negative"):
        await _post({ledger.wallet(uuid4()): -1, BANK: 1})
    assert await shop.balance(account.kind, account.owner) == 500


async def test_a_wallet_spent_by_many_at_once_is_spent_once(clean: str) -> None:
    wallet = ledger.wallet(uuid4())
    await _post({BANK: -500, wallet: 500})
    results = await asyncio.gather(
        *(_post({wallet: -200, FEE: 200}) for _ in range(8)), return_exceptions=True
    )
    assert sum(result is True for result in results) == 2
    assert all(result is True or isinstance(result, IntegrityError) for result in results)
    assert await shop.balance("wallet", wallet.owner) == 100


async def test_movements_between_the_same_accounts_do_not_deadlock(clean: str) -> None:
    one, other = ledger.wallet(uuid4()), ledger.wallet(uuid4())
    await _post({BANK: -2_000, one: 1_000, other: 1_000})
    there, back = {one: -1, other: 1}, {other: -1, one: 1}
    assert all(await asyncio.gather(*(_post(movement) for movement in [there, back] * 15)))
    assert await shop.balance("wallet", one.owner) == 1_000


async def test_an_account_that_never_moved_is_empty(clean: str) -> None:
    async with db.transaction("platform") as session:
        assert await ledger.balance(session, ledger.wallet(uuid4())) == 0
        assert await ledger.kept_balance(session, ledger.wallet(uuid4())) == 0


@given(st.integers(0, 10**12), st.integers(0, 10_000))
def test_a_fee_and_what_is_left_make_the_whole(gross: int, basis_points: int) -> None:
    fee = share(gross, basis_points)
    assert 0 <= fee <= gross
    assert abs(fee * 10_000 - gross * basis_points) < 10_000
