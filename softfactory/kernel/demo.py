"""Demo data: each service fills its own tables, in the order of the manifests."""

import importlib
import importlib.util
from collections.abc import Callable, Collection

from softfactory.kernel.service import discover


async def seed(services: Collection[str] | None, report: Callable[[str], None]) -> None:
    """Await ``seed(report)`` of each service's ``demo.py``. Each does nothing where its data already stands."""
    for name in discover():
        module = f"softfactory.services.{name}.demo"
        if (services is None or name in services) and importlib.util.find_spec(module) is not None:
            await importlib.import_module(module).seed(report)
