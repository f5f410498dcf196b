"""HTTP of what the admin area asks of the platform as a whole."""

from softfactory.kernel.auth import Operator
from softfactory.kernel.routing import Router
from softfactory.kernel.service import discover
from softfactory.services.platform.schemas.admin import ServiceLine, Services
from softfactory.services.platform.schemas.payments import Title

router = Router("/api/platform/admin", tags=["platform admin"])


@router.get("/services", response_model=Services)
async def list_services(_: Operator) -> Services:
    """The services there are. Each answers for its own work under ``/api/<name>/admin``."""
    return Services(
        items=[
            ServiceLine(name=name, title=Title(ko=service.title.ko, en=service.title.en))
            for name, service in discover().items()
        ]
    )
