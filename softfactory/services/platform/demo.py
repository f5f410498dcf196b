"""Platform's demo data: one person per role."""

from collections.abc import Callable

from softfactory.kernel import db
from softfactory.services.platform import demo_people


async def seed(report: Callable[[str], None]) -> None:
    async with db.transaction("platform") as session:
        await demo_people.ensure(session)
    report("platform: a demo person for every role")
