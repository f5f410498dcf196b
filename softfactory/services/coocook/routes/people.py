"""Who calls a route that both sides of a booking and admins use."""

from typing import Annotated

from fastapi import Depends

from softfactory.kernel import auth
from softfactory.kernel.auth import Principal


async def _sure_if_admin(person: Annotated[Principal, Depends(auth.user)]) -> Principal:
    """An admin's session is asked for at platform before anything is decided; no answer means no."""
    return await auth.made_sure(person) if person.has("admin") else person


Party = Annotated[Principal, Depends(_sure_if_admin)]
"""Anyone signed in; who is an admin is known for sure."""
