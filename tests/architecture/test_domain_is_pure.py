"""Decisions are pure and synchronous: time, randomness and identity come in as arguments (ADR 0005, 0016)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source_tree import CONTEXTS, PACKAGES, dotted, imports, place, python_files, tree

CORE: Final = PACKAGES["marketplace_core"]

FORBIDDEN_MODULES: Final = {
    *("asyncio", "concurrent", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random"),
    *("secrets", "select", "shutil", "signal", "socket", "subprocess", "sys", "tempfile", "threading", "time"),
}
FORBIDDEN_NAMES: Final = {"Clock", "IdFactory", "UnitOfWork", "uuid1", "uuid4", "uuid7"}
FORBIDDEN_CALLS: Final = {"open", "input", "print", "exec", "eval", "breakpoint"}
FORBIDDEN_METHODS: Final = {"now", "utcnow", "today", "uuid1", "uuid4", "uuid7", "getenv", "read_text", "urandom"}
ASYNC_NODES: Final = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)


def domain_files() -> list[Path]:
    """Return the files of every context's domain."""
    return [path for context in CONTEXTS for path in python_files(CORE / context / "domain")]


def impurities(path: Path) -> Iterator[str]:
    """Yield whatever reaches for the world in one file of a domain."""
    for name, node in imports(path):
        if name.partition(".")[0] in FORBIDDEN_MODULES or name.rpartition(".")[2] in FORBIDDEN_NAMES:
            yield f"{place(path, node)} imports {name}"
    for part in ast.walk(tree(path)):
        if isinstance(part, ASYNC_NODES):
            yield f"{place(path, part)} waits"
        if isinstance(part, ast.Call):
            called = dotted(part.func)
            if called in FORBIDDEN_CALLS or ("." in called and called.rpartition(".")[2] in FORBIDDEN_METHODS):
                yield f"{place(path, part)} calls {called}"


def test_every_context_has_a_domain() -> None:
    without = [context for context in CONTEXTS if not python_files(CORE / context / "domain")]

    assert without == []


def test_no_domain_waits_or_reads_a_clock_chance_the_environment_or_a_file() -> None:
    found = [impurity for path in domain_files() for impurity in impurities(path)]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "async def decide(): ...",
        "import random",
        "from time import monotonic",
        "import os.path",
        "from marketplace_core.kernel.clock import Clock",
        "from uuid import uuid4",
        "decided_at = datetime.now(UTC)",
        "today = datetime.date.today()",
        "rules = open('rules.json')",
        "order_id = uuid.uuid4()",
    ],
)
def test_an_impure_line_is_noticed(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.architecture.source_tree.ROOT", tmp_path)
    file = tmp_path / "policy.py"
    file.write_text(line, encoding="utf-8")

    found = list(impurities(file))

    assert len(found) == 1, found
