"""What keeps the services apart, and the rules of the house that no linter knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from softfactory.kernel.service import names
from softfactory.main import build

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ROOT / "softfactory" / "services"


def _addresses(services: set[str] | None) -> list[tuple[str, str]]:
    """What the app answers, as its own document tells it."""
    paths = build(services).openapi()["paths"]
    return sorted((method, path) for path, item in paths.items() for method in item)


def test_the_app_of_all_services_is_the_sum_of_the_single_ones() -> None:
    together = _addresses(None)
    apart = sorted(address for name in names() for address in _addresses({name}))
    assert len(together) > 20
    assert together == apart


@pytest.mark.parametrize("name", names())
def test_importing_a_contract_loads_only_contracts_and_the_kernel(name: str) -> None:
    program = (
        "import sys, importlib\n"
        f"importlib.import_module('softfactory.services.{name}.contract')\n"
        "print('\\n'.join(m for m in sys.modules if m.startswith('softfactory.services.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = {line for line in done.stdout.split() if line.count(".") > 2}
    assert loaded, "the contract itself was loaded"
    assert all(module.endswith(".contract") for module in loaded), loaded


def _sources(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.py") if "tests" not in path.parts]


def test_nobody_but_the_kernel_commits() -> None:
    guilty = [str(p) for p in _sources(SERVICES) if re.search(r"\.commit\(", p.read_text())]
    assert guilty == []


def test_no_lock_file_names_a_download_address() -> None:
    locks = [*ROOT.glob("requirements*.lock"), ROOT / "package-lock.json"]
    assert len(locks) >= 3
    guilty = [
        p.name
        for p in locks
        if re.search(r'"resolved"|https?://\S+\.(whl|tgz|tar\.gz)|--index-url', p.read_text())
    ]
    assert guilty == []


def test_every_table_of_a_service_stands_in_its_own_schema_and_points_nowhere_else() -> None:
    from softfactory.kernel.service import discover

    for name, service in discover().items():
        for table in service.metadata.tables.values():
            assert table.schema == name, table.fullname
            for key in table.foreign_keys:
                assert key.target_fullname.split(".")[0] == name, f"{table.fullname} -> {key.target_fullname}"


def test_every_refusal_speaks_korean_and_english() -> None:
    from softfactory.kernel.errors import _registry
    from softfactory.kernel.service import discover

    discover()
    for code, refusal in _registry.items():
        assert re.search("[가-힣]", refusal.ko), f"{code} has no Korean sentence"
        assert not re.search("[가-힣]", refusal.en), f"{code} has no English sentence"
        gaps = [set(re.findall(r"{(\w+)", text)) for text in (refusal.ko, refusal.en)]
        assert gaps[0] == gaps[1], f"{code}: the two sentences tell different facts"
