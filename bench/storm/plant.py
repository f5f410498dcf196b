"""A planted bug: naive booking, which looks whether the time is free and then writes, from two connections at once.

The checker must find what this leaves behind; a checker that was never seen to fail proves nothing.
"""

import argparse
import asyncio

import asyncpg

LOOK = """
    select count(*) from coocook.booking where chef_id = $1 and starts_at = $2::timestamptz + interval '400 days'
    and status = 'confirmed'
"""
WRITE = """
    insert into coocook.booking
    select (jsonb_populate_record(b, jsonb_build_object(
        'id', gen_random_uuid(), 'hold_id', $2::uuid, 'order_id', gen_random_uuid(), 'payment_id', null,
        'starts_at', b.starts_at + interval '400 days', 'ends_at', b.ends_at + interval '400 days'))).*
    from coocook.booking b where b.id = $1
"""


async def naive(database_url: str, booking: asyncpg.Record, barrier: asyncio.Barrier) -> bool:
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction():
            taken = await connection.fetchval(LOOK, booking["chef_id"], booking["starts_at"])
            await barrier.wait()
            if taken:
                return False
            hold = await connection.fetchval(
                "insert into coocook.hold select "
                "(jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid()))).* "
                "from coocook.hold h where h.id = $1 returning id",
                booking["hold_id"],
            )
            await connection.execute(WRITE, booking["id"], hold)
            return True
    finally:
        await connection.close()


async def plant(database_url: str) -> int:
    """How many of two guests the naive code told that the same time is theirs."""
    connection = await asyncpg.connect(database_url)
    booking = await connection.fetchrow("select * from coocook.booking where status = 'confirmed' limit 1")
    await connection.close()
    barrier = asyncio.Barrier(2)
    return sum(await asyncio.gather(*(naive(database_url, booking, barrier) for _ in range(2))))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database_url")
    print(asyncio.run(plant(parser.parse_args().database_url)), "guests were told the same time is theirs")
