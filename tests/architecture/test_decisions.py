"""A decision worth arguing about is one page that says when, why, and which test holds it up."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source_tree import ROOT, tree

DECISIONS: Final = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
WORDS_MAX: Final = 600
STATUS: Final = re.compile(r"^- Status: (Proposed|Accepted|Superseded by \[?\d{4})", re.MULTILINE)
DATE: Final = re.compile(r"^- Date: \d{4}-\d{2}-\d{2}$", re.MULTILINE)
TEST_FOLDERS: Final = "tests|features|src/marketplace_core/testing"
ENFORCED_BY: Final = re.compile(rf"`((?:{TEST_FOLDERS})/[\w/]+\.(?:py|feature))(?:::(\w+))?`")
SECTIONS: Final = ("## Context", "## Decision", "## Consequences", "## Enforced by")


def names_defined_in(path: Path) -> set[str]:
    """Return the functions, classes and methods of a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(tree(path)) if isinstance(node, kinds)}


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_status_date_and_its_sections_on_one_page(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")

    assert STATUS.search(text), "no status"
    assert DATE.search(text), "no date"
    assert [section for section in SECTIONS if section not in text] == []
    assert len(text.split()) <= WORDS_MAX


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_names_a_test_that_exists(decision: Path) -> None:
    _, _, enforcement = decision.read_text(encoding="utf-8").partition("## Enforced by")

    bullets = [line for line in enforcement.splitlines() if line.startswith("- ")]
    named = [found for bullet in bullets for found in ENFORCED_BY.findall(bullet)]

    assert bullets != []
    assert len(named) == len(bullets)
    for file, name in named:
        assert (ROOT / file).is_file(), file
        assert not name or name in names_defined_in(ROOT / file), f"{file}::{name}"


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    numbers = [int(decision.name[:4]) for decision in DECISIONS]
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")

    assert numbers == list(range(1, len(numbers) + 1))
    assert [decision.name for decision in DECISIONS if f"({decision.name})" not in index] == []
