"""CooCook: book a chef."""

from softfactory.kernel.service import Service, Text
from softfactory.services.coocook import chefs, privacy, selling
from softfactory.services.coocook.base import Base
from softfactory.services.coocook.routes import bookings as booking_routes
from softfactory.services.coocook.routes import chefs as chef_routes

__all__ = ["privacy", "selling", "service"]  # imported for what they answer

service = Service(
    name="coocook",
    title=Text(ko="쿠쿡: 셰프 예약", en="CooCook: book a chef"),
    routers=[chef_routes.router, booking_routes.router],
    metadata=Base.metadata,
    order=10,
    waiting={"approvals": chefs.waiting_for_approval},
)
