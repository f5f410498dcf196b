"""One demo person per role, the same in every deployment, so that visitors share the demo data."""

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config
from softfactory.kernel.identity import demo_person_id
from softfactory.services.platform import people, sessions, throttles
from softfactory.services.platform.errors.accounts import DemoOff
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.places import Place

_PEOPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "guest": ("김민지", ("guest",)),
    "chef": ("박도현", ("guest", "chef")),
    "brand": ("이하은", ("guest", "brand")),
    "influencer": ("최유진", ("guest", "influencer")),
    "student": ("정도윤", ("guest", "student")),
    "operator": ("한지원", ("operator",)),
    "admin": ("오세진", ("operator", "admin")),
}


async def sign_in(session: AsyncSession, role: str, place: Place) -> sessions.SignedIn:
    """A session of two hours as the role's demo person. Only where the deployment is a demo."""
    if not config.settings().demo:
        raise DemoOff
    await throttles.take_challenge(session, place.address)
    person = await session.get(Person, demo_person_id(role))
    if person is None:
        await ensure(session)
        person = await session.get_one(Person, demo_person_id(role))
    return await sessions.begin(session, person, place, demo=True)


async def ensure(session: AsyncSession) -> None:
    """Make the demo people who are not there yet. They have no password: only the demo button signs them in."""
    for role, (name, roles) in _PEOPLE.items():
        person_id = demo_person_id(role)
        await people.add(session, person_id, email=f"{role}@{people.DEMO_DOMAIN}", name=name, is_demo=True)
        for held in roles:
            await people.grant(session, person_id, held, reason="demo")
