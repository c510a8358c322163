"""Time is a port: the core reads the machine's clock in one place (ADR 0016)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source_tree import PACKAGES, dotted, place, python_files, tree

CORE: Final = PACKAGES["marketplace_core"]
THE_PLACE: Final = CORE / "kernel" / "clock.py"
READINGS: Final = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "monotonic_ns", "localtime", "gmtime"}
SOURCES: Final = {"datetime", "date", "time", "dt"}


def readings(path: Path) -> Iterator[str]:
    """Yield the calls that ask the machine for the time. Measuring how long something took is none."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            owner, _, method = dotted(node.func).rpartition(".")
            if method in READINGS and owner.rpartition(".")[2] in SOURCES:
                yield f"{place(path, node)} calls {owner}.{method}"


def test_the_core_reads_the_time_in_one_place() -> None:
    found = {path: list(readings(path)) for path in python_files(CORE)}

    elsewhere = [reading for path, each in found.items() if path != THE_PLACE for reading in each]

    assert len(found[THE_PLACE]) == 1
    assert elsewhere == []


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "datetime.datetime.utcnow()", "time.time()", "date.today()"])
def test_a_reading_of_the_clock_is_noticed(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.architecture.source_tree.ROOT", tmp_path)
    file = tmp_path / "policy.py"
    file.write_text(line, encoding="utf-8")

    found = list(readings(file))

    assert len(found) == 1


def test_asking_the_port_is_no_reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.architecture.source_tree.ROOT", tmp_path)
    file = tmp_path / "handler.py"
    file.write_text("now = self.clock.now()", encoding="utf-8")

    found = list(readings(file))

    assert found == []
