"""Platform's manifest."""

from softfactory.kernel.service import Service, Text
from softfactory.services.platform import letters as letters
from softfactory.services.platform.base import Base
from softfactory.services.platform.routes import auth, users

service = Service(
    name="platform",
    title=Text(ko="계정과 결제", en="Accounts and payments"),
    routers=[auth.router, auth.well_known, users.router],
    metadata=Base.metadata,
    order=0,
)
