"""What is imported is declared, what is declared is imported, and every pin carries hashes and no host (ADR 0012)."""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.commands import run
from tests.architecture.source_tree import PACKAGES, PROJECTS, ROOT

REQUIREMENTS: Final = sorted((ROOT / "requirements").glob("*.txt"))
PIN: Final = re.compile(
    r"""
    ^([A-Za-z0-9._-]+)==([^\s;]+)(?:\ ;[^\\\n]*)?\ \\\n     # name, version, marker
    (?:\ +--hash=sha256:[0-9a-f]{64}(?:\ \\)?\n)+           # one hash per file of the release
    """,
    re.MULTILINE | re.VERBOSE,
)
STATE: Final = re.compile(r"\.sqlite(-\w+)?$|^(clock-shift|demo\.lock)$|^(files|logs|mailbox|secrets|videos)/")
INDEXES: Final = tuple(
    ".".join(parts)
    for parts in (
        *(("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com")),
        *(("proxy", "golang", "org"), ("crates", "io"), ("rubygems", "org"), ("deb", "debian", "org")),
    )
)
"""Hosts of package indexes, put together here so that this file does not name them either."""


def repository_files(*, binary: bool = False) -> Iterator[Path]:
    """Yield the text files that are, or would be, committed; with `binary` the others as well."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    if listed.returncode != 0:
        pytest.skip("not a git clone: which files are committed cannot be known")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and (binary or b"\0" not in path.read_bytes()[:4096]):
            yield path


def declared_requirements() -> Iterator[Requirement]:
    """Yield what the four distributions and the development groups ask for."""
    for folder in PROJECTS.values():
        settings = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
        extras = settings["project"].get("optional-dependencies", {})
        groups = settings.get("dependency-groups", {})
        for listed in (settings["project"].get("dependencies", []), *extras.values(), *groups.values()):
            yield from (Requirement(line) for line in listed if isinstance(line, str))


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_and_declared_dependencies_agree(package: str) -> None:
    folder = PACKAGES[package].relative_to(ROOT)
    config = (PROJECTS[package] / "pyproject.toml").relative_to(ROOT)

    finished = run(sys.executable, "-m", "deptry", folder, "--config", config, cwd=ROOT)

    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_the_core_needs_attrs_and_nothing_else() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert [Requirement(line).name for line in settings["project"]["dependencies"]] == ["attrs"]
    assert [pin for pin, _ in PIN.findall((ROOT / "requirements/core.txt").read_text(encoding="utf-8"))] == ["attrs"]


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda path: path.name)
def test_every_pin_carries_a_hash_and_no_host(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert PIN.findall(text) != []
    assert PIN.sub("", text).strip() == ""
    assert "://" not in text


def test_the_exports_satisfy_what_the_distributions_declare() -> None:
    text = (ROOT / "requirements/dev.txt").read_text(encoding="utf-8")
    pins = {canonicalize_name(name): version for name, version in PIN.findall(text)}

    stale = [
        str(requirement)
        for requirement in declared_requirements()
        if not requirement.name.startswith("marketplace-")
        and not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]

    assert stale == [], "run ./dev lock"


def test_no_lock_file_is_committed() -> None:
    assert [path.name for path in repository_files() if path.name in {"uv.lock", "poetry.lock", "Pipfile.lock"}] == []


def test_no_state_and_no_secret_of_a_marketplace_is_committed() -> None:
    left_behind = [
        path.relative_to(ROOT).as_posix()
        for path in repository_files(binary=True)
        if STATE.search(path.relative_to(ROOT).as_posix())
    ]

    assert left_behind == []


def test_no_file_names_a_package_index() -> None:
    naming = [
        f"{path.relative_to(ROOT)} names {host}"
        for path in repository_files()
        for host in INDEXES
        if host in path.read_text(encoding="utf-8", errors="replace")
    ]

    assert naming == []
