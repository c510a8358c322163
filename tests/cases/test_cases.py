"""docs/cases.md is true: the tests it names exist, nothing is left out, and every journal is written by its test."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from attrs import frozen

from marketplace_core.payments.domain import journals
from tests.architecture.source_tree import ROOT
from tests.cases.recorder import FILE

PAGE: Final = ROOT / "docs" / "cases.md"
ROW: Final = re.compile(r"^\| ([DWJ]\d\d[ab]?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
OPEN: Final = "open"
BOOKS_NOTHING: Final = frozenset({"J20", "J22"})
"""Numbers of the design that say that nothing is booked."""
EXPECTED: Final = {
    *(f"D{number:02}" for number in range(9, 42)),
    *(f"W{number:02}" for number in range(1, 30)),
    *(f"J{number:02}" for number in range(1, 31) if number not in {13, 15}),
    *("J13a", "J13b", "J15a", "J15b"),
}
KINDS: Final = {
    number: kind
    for kind, number in re.findall(
        r'^    [A-Z_]+ = "(\w+)"  # (J\d\d[ab]?)$',
        Path(journals.journal.__file__).read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
"""Number in the design → the kind of journal."""


@frozen
class Case:
    """A row of the page."""

    number: str
    tests: tuple[str, ...]


def cases() -> list[Case]:
    """Read the page."""
    found = ROW.findall(PAGE.read_text(encoding="utf-8"))
    return [Case(number, tuple(re.findall(r"`([^`]+)`", tests))) for number, _, tests in found]


def pytest_says(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest beside this one."""
    quiet = ("-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
    command = [sys.executable, "-m", "pytest", *quiet, *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_no_case_is_left_out_and_none_is_there_twice() -> None:
    numbers = [case.number for case in cases()]

    assert sorted(numbers) == sorted(EXPECTED)


def test_a_row_names_tests_or_says_that_it_is_open() -> None:
    for number, _, tests in ROW.findall(PAGE.read_text(encoding="utf-8")):
        assert ("`" in tests) is (tests != OPEN), number


@pytest.mark.slow
def test_every_test_that_is_named_exists() -> None:
    named = sorted({test for case in cases() for test in case.tests})

    collected = pytest_says("--collect-only", *named)

    assert collected.returncode == 0, collected.stdout[-3_000:] + collected.stderr[-3_000:]


@pytest.mark.slow
def test_every_journal_is_written_while_the_test_named_for_it_runs(tmp_path: Path) -> None:
    booking = [one for one in cases() if one.number.startswith("J") and one.number not in BOOKS_NOTHING and one.tests]
    kept = tmp_path / "journals.json"

    ran = pytest_says(
        "-p", "tests.cases.recorder", *{test for case in booking for test in case.tests}, **{FILE: str(kept)}
    )

    assert ran.returncode == 0, ran.stdout[-3_000:]
    written = {test: set(kinds) for test, kinds in json.loads(kept.read_text()).items()}
    unwritten = {
        case.number for case in booking if not any(KINDS[case.number] in written.get(test, ()) for test in case.tests)
    }
    assert unwritten == set()


def test_every_kind_of_journal_has_a_number_of_the_design() -> None:
    assert {*KINDS} | BOOKS_NOTHING == {one for one in EXPECTED if one.startswith("J")}
