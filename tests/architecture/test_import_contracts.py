"""The borders between layers, contexts, vendors and doors hold, and a line that crosses one is caught."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest
from attrs import frozen

from tests.architecture.commands import run
from tests.architecture.source_tree import CONTEXTS, ROOT

LINT_IMPORTS: Final = Path(sys.executable).with_name("lint-imports")


@frozen
class Plant:
    """A line that must not be written, and the contract that forbids it."""

    contract: str
    file: str
    line: str


CORE: Final = "marketplace_core"
ADAPTERS: Final = "adapters/marketplace_adapters"
DOORS: Final = "entrypoints/marketplace_entrypoints"

DOOR_NAMES: Final = ("http", "web", "cli", "worker")

PLANTS: Final = (
    Plant("no-vendor-in-the-core", f"{CORE}/kernel/money.py", "import sqlalchemy"),
    Plant("no-vendor-in-the-core", f"{CORE}/orders/ports.py", "from pydantic import BaseModel"),
    Plant("contexts", f"{CORE}/orders/ports.py", "import marketplace_core.catalog"),
    Plant("contexts", f"{CORE}/video/domain/planted.py", "from marketplace_core.catalog import ports"),
    Plant("no-vendor-in-a-door", f"{DOORS}/http/planted.py", "import stripe"),
    Plant("no-vendor-in-a-door", f"{DOORS}/cli/planted.py", "import marketplace_adapters.sqlalchemy"),
    Plant("doors", f"{DOORS}/cli/planted.py", "import marketplace_entrypoints.http"),
    Plant("vendors", f"{ADAPTERS}/fakepay/planted.py", "import marketplace_adapters.sqlalchemy"),
    Plant("one-injector-file", f"{DOORS}/http/planted.py", "import dependency_injector"),
    Plant("inward", f"{CORE}/kernel/ids.py", "import marketplace_adapters"),
    Plant("hexagon", f"{CORE}/kernel/ids.py", "import marketplace_core.bridges"),
    Plant("rooms", f"{CORE}/orders/domain/planted.py", "import marketplace_core.orders.ports"),
    Plant("rooms", f"{CORE}/catalog/services.py", "import this"),
)


def lint_imports(src: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Check the source tree below `src` against the repository's contracts."""
    paths = (src, src / "contracts", src / "adapters", src / "entrypoints")
    options = ["--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    for contract in contracts:
        options += ["--contract", contract]
    return run(LINT_IMPORTS, *options, cwd=src, PYTHONPATH=os.pathsep.join(map(str, paths)))


def declared_contracts() -> list[str]:
    """Return the identifiers of the contracts in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]]


def test_every_contract_holds() -> None:
    finished = lint_imports(ROOT / "src")

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert f"{len(declared_contracts())} kept, 0 broken" in finished.stdout


def test_every_contract_names_every_context() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}

    independent = set(contracts["contexts"]["modules"])
    with_rooms = set(contracts["rooms"]["containers"])

    assert independent == with_rooms == {f"marketplace_core.{context}" for context in CONTEXTS}


def test_the_contracts_name_every_door() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}
    present = {f"marketplace_entrypoints.{door}" for door in DOOR_NAMES if (ROOT / "src" / DOORS / door).is_dir()}

    assert set(contracts["doors"]["modules"]) == present
    assert set(contracts["no-vendor-in-a-door"]["source_modules"]) == present


def test_every_contract_has_a_planted_violation() -> None:
    assert {plant.contract for plant in PLANTS} == set(declared_contracts())


@pytest.mark.slow
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.contract}: {plant.line}")
def test_a_line_that_crosses_a_border_is_caught(plant: Plant, tmp_path: Path) -> None:
    src = tmp_path / "src"
    shutil.copytree(ROOT / "src", src, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    planted = src / plant.file
    before = planted.read_text(encoding="utf-8") if planted.exists() else ""
    planted.write_text(f"{before}\n{plant.line}\n", encoding="utf-8")

    finished = lint_imports(src, plant.contract)

    assert finished.returncode == 1, finished.stdout + finished.stderr
    assert "0 kept, 1 broken" in finished.stdout
