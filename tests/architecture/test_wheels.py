"""Four wheels, each with its own top-level name; the core and attrs alone are a working marketplace (ADR 0012)."""

import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.commands import printed_by
from tests.architecture.source_tree import PROJECTS, ROOT

pytestmark = pytest.mark.packaging

UV: Final = Path(sys.executable).with_name("uv")
EXAMPLE_LINES_MAX: Final = 20


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The four wheels, import name → file."""
    out = tmp_path_factory.mktemp("wheels")
    build = (UV, "build", "--quiet", "--offline", "--no-build-isolation", "--wheel", "--out-dir", out)
    built = {}
    for package, project in PROJECTS.items():
        printed_by(*build, project, cwd=ROOT)
        (built[package],) = out.glob(f"{package}-*.whl")
    return built


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory, wheels: dict[str, Path]) -> Path:
    """The interpreter of a new environment that holds marketplace-core and attrs."""
    home = tmp_path_factory.mktemp("bare")
    printed_by(UV, "venv", "--quiet", "--offline", "--python", sys.executable, home / "env", cwd=home)
    python = home / "env" / "bin" / "python"
    install = (UV, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python)
    printed_by(*install, wheels["marketplace_core"], cwd=home)
    site = Path(printed_by(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    for file in distribution("attrs").files or ():
        copy = site / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(Path(str(file.locate())).read_bytes())
    return python


@pytest.mark.parametrize("package", PROJECTS)
def test_a_wheel_contains_only_its_own_top_level_name(package: str, wheels: dict[str, Path]) -> None:
    with zipfile.ZipFile(wheels[package]) as wheel:
        names = wheel.namelist()

    assert {name.partition("/")[0] for name in names} == {package, f"{package}-0.1.0.dist-info"}
    assert f"{package}/py.typed" in names


def test_the_environment_of_the_core_holds_only_attrs(bare_python: Path, tmp_path: Path) -> None:
    probe = "import importlib.metadata as m; print(*sorted(each.name for each in m.distributions()))"

    printed = printed_by(bare_python, "-I", "-c", probe, cwd=tmp_path)

    assert printed.split() == ["attrs", "marketplace-core"]


def test_the_embedding_example_runs_with_the_core_and_attrs_alone(bare_python: Path, tmp_path: Path) -> None:
    example = ROOT / "examples" / "embed.py"

    printed = printed_by(bare_python, "-I", "-W", "error", example, cwd=tmp_path)

    assert printed.strip() != ""
    assert len(example.read_text(encoding="utf-8").splitlines()) <= EXAMPLE_LINES_MAX


@pytest.mark.parametrize("package", PROJECTS)
def test_a_wheel_imports_without_extras(package: str, wheels: dict[str, Path], bare_python: Path) -> None:
    wheel = wheels[package]
    probe = f"import sys; sys.path.insert(0, {str(wheel)!r}); import {package}; print({package}.__file__)"

    printed = printed_by(bare_python, "-I", "-W", "error", "-c", probe, cwd=wheel.parent)

    assert printed.startswith(str(wheel))
