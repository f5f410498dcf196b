"""Platform's manifest. Every noun is imported here or by a route, so that its jobs and answers are known."""

from softfactory.kernel.service import Service, Text
from softfactory.services.platform import acts as acts
from softfactory.services.platform import challenges as challenges
from softfactory.services.platform import letters as letters
from softfactory.services.platform import own_data as own_data
from softfactory.services.platform import payouts as payouts
from softfactory.services.platform import people_letters as people_letters
from softfactory.services.platform import reconciliation as reconciliation
from softfactory.services.platform.base import Base
from softfactory.services.platform.routes import (
    admin,
    api_keys,
    auth,
    payments,
    people,
    privacy,
    security,
    spaces,
    users,
    webhooks,
)

service = Service(
    name="platform",
    title=Text(ko="계정과 결제", en="Accounts and payments"),
    routers=[
        auth.router,
        auth.well_known,
        security.router,
        api_keys.router,
        users.router,
        spaces.router,
        privacy.router,
        people.router,
        payments.router,
        webhooks.router,
        admin.router,
    ],
    metadata=Base.metadata,
    order=0,
    waiting={"discrepant_payments": reconciliation.discrepant},
)
