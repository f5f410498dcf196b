"""Payment providers by name."""

from softfactory.kernel import config
from softfactory.services.platform.errors.payments import DemoMoney, PaymentsUnavailable, ProviderUnknown
from softfactory.services.platform.providers.base import Provider
from softfactory.services.platform.providers.sandbox import Sandbox

_providers: dict[str, Provider] = {"sandbox": Sandbox()}


def named(name: str) -> Provider:
    """A provider of this deployment. The sandbox takes no real money, so production does not know it."""
    found = _providers.get(name)
    if found is None or (name == "sandbox" and config.settings().production):
        raise ProviderUnknown
    return found


def chosen(*, demo: bool) -> Provider:
    """The provider that new payments go through; for a demo account only ever the sandbox."""
    usable = [name for name in _providers if name != "sandbox" or not config.settings().production]
    if not usable:
        raise PaymentsUnavailable
    if demo and usable[0] != "sandbox":
        raise DemoMoney
    return named(usable[0])


def all_of_them() -> list[Provider]:
    return [named(name) for name in _providers if name != "sandbox" or not config.settings().production]
