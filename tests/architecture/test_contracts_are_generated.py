"""The committed contracts are what proto/ says, byte for byte."""

import importlib.util
from pathlib import Path
from types import ModuleType

from tests.architecture.source_tree import PACKAGES, ROOT

COMMITTED = PACKAGES["marketplace_contracts"]


def generator() -> ModuleType:
    """Load proto/generate.py, which belongs to no package."""
    specification = importlib.util.spec_from_file_location("generate_contracts", ROOT / "proto" / "generate.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, str]:
    """Return the generated files below a package, name → text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.suffix in {".py", ".pyi"} and path.parent != folder
    }


def test_generated_code_equals_what_proto_says(tmp_path: Path) -> None:
    generator().generate(tmp_path)

    generated = contents(tmp_path / COMMITTED.name)

    assert generated != {}
    assert contents(COMMITTED) == generated, "run ./dev proto"


def test_messages_import_each_other_by_the_path_of_their_file() -> None:
    misplaced = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "proto").rglob("*.proto")
        if path.relative_to(ROOT / "proto").parts[0] != COMMITTED.name
    ]

    assert misplaced == []


def test_amounts_travel_as_whole_minor_units() -> None:
    fractional = [
        f"{path.relative_to(ROOT).as_posix()}: {line.strip()}"
        for path in (ROOT / "proto").rglob("*.proto")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(("float ", "double "))
    ]

    assert fractional == []
