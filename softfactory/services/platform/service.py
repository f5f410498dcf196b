"""Platform's manifest. Every noun is imported here or by a route, so that its jobs and answers are known."""

from softfactory.kernel.service import Service, Text
from softfactory.services.platform import letters as letters
from softfactory.services.platform import payouts as payouts
from softfactory.services.platform import reconciliation as reconciliation
from softfactory.services.platform.base import Base
from softfactory.services.platform.routes import auth, live, payments, users, webhooks

service = Service(
    name="platform",
    title=Text(ko="계정과 결제", en="Accounts and payments"),
    routers=[auth.router, auth.well_known, users.router, payments.router, webhooks.router, live.router],
    metadata=Base.metadata,
    order=0,
)
