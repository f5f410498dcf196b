"""The shapes of what the admin area asks of the platform."""

from softfactory.kernel.shapes import View
from softfactory.services.platform.schemas.payments import Title


class ServiceLine(View):
    name: str
    title: Title


class Services(View):
    items: list[ServiceLine]
