"""Another network is never called with a transaction open, and never at a private address."""

import pytest
from sqlalchemy import text

from softfactory.kernel import db, identity, outside


async def test_a_call_with_a_transaction_open_is_refused(clean: str) -> None:
    async with db.transaction("platform") as session, outside.client(own_network=True) as http:
        await session.execute(text("select 1"))
        with pytest.raises(outside.TransactionOpen):
            await http.get("http://127.0.0.1:9/")


async def test_a_sibling_is_not_asked_with_a_transaction_open(clean: str) -> None:
    async with db.transaction("coocook") as session:
        await session.execute(text("select 1"))
        with pytest.raises(outside.TransactionOpen):
            await identity.signing_keys(identity.SigningKeysRequest())


async def test_steps_do_not_nest(clean: str) -> None:
    steps = outside.Steps("platform")
    async with steps.transaction() as session:
        await session.execute(text("select 1"))
        with pytest.raises(outside.TransactionOpen):
            steps.transaction()
    async with steps.transaction() as session:
        assert (await session.execute(text("select 1"))).scalar_one() == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.8/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",  # 127.0.0.1 as one number
        "http://0x7f.1/",
    ],
)
async def test_private_addresses_are_refused(address: str) -> None:
    async with outside.client() as http:
        with pytest.raises(outside.AddressRefused):
            await http.get(address)
