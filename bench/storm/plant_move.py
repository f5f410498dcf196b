"""A planted bug: naive rescheduling, which gives the old time back, looks, then writes, from two connections at once.

It leaves two guests at one time, both without busy time. The checker must find it.
"""

import argparse
import asyncio

import asyncpg

LOOK = "select count(*) from coocook.booking where chef_id = $1 and starts_at = $2 and status = 'confirmed'"


async def naive(database_url: str, booking: asyncpg.Record, wanted: object, barrier: asyncio.Barrier) -> bool:
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction():
            await connection.execute("delete from coocook.busy where booking_id = $1", booking["id"])
            taken = await connection.fetchval(LOOK, booking["chef_id"], wanted)
            await barrier.wait()
            if taken:
                return False
            await connection.execute(
                "update coocook.booking set ends_at = $2::timestamptz + (ends_at - starts_at), starts_at = $2 "
                "where id = $1",
                booking["id"],
                wanted,
            )
            return True
    finally:
        await connection.close()


async def plant(database_url: str) -> int:
    """How many of two guests the naive code told that the same new time is theirs."""
    connection = await asyncpg.connect(database_url)
    pair = await connection.fetch(
        "select * from coocook.booking where status = 'confirmed' and moves > 0 and chef_id = "
        "(select chef_id from coocook.booking where moves > 0 group by chef_id having count(*) > 1 limit 1) limit 2"
    )
    wanted = await connection.fetchval("select max(starts_at) + interval '400 days' from coocook.booking")
    await connection.close()
    barrier = asyncio.Barrier(2)
    return sum(await asyncio.gather(*(naive(database_url, booking, wanted, barrier) for booking in pair)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database_url")
    print(
        asyncio.run(plant(parser.parse_args().database_url)), "guests were told the same new time is theirs"
    )
