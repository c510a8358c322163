"""Amounts are whole minor units everywhere, and say so in their name (ADR 0007)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source_tree import PACKAGES, dotted, place, python_files, tree

FILES: Final = tuple(python_files(*PACKAGES.values()))
INEXACT: Final = {"float", "complex", "Float", "Numeric"}
MONEY_WORDS: Final = ("amount", "price", "total", "subtotal", "balance", "fee", "commission", "share_minor")


def money_annotations(path: Path) -> Iterator[tuple[str, str, ast.AnnAssign | ast.arg]]:
    """Yield the name and the annotation of everything that is named like money."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.AnnAssign):
            name, annotation = dotted(node.target).rpartition(".")[2], node.annotation
        elif isinstance(node, ast.arg) and node.annotation is not None:
            name, annotation = node.arg, node.annotation
        else:
            continue
        if name.endswith("_minor") or any(word in name.split("_") for word in MONEY_WORDS):
            yield name, ast.unparse(annotation), node


def inexact_money(path: Path) -> list[str]:
    """Return the amounts of a file that are not whole numbers."""
    return [
        f"{place(path, node)} {name}: {annotation}"
        for name, annotation, node in money_annotations(path)
        if any(word.strip(" []|") in INEXACT for word in annotation.replace("[", "|").split("|"))
    ]


def test_no_amount_is_a_floating_point_number() -> None:
    looked_at = [found for path in FILES for found in money_annotations(path)]

    inexact = [found for path in FILES for found in inexact_money(path)]

    assert len(looked_at) > 50
    assert inexact == []


@pytest.mark.parametrize(
    "line", ["amount_minor: float = 0", "def pay(total: float | None) -> None: ...", "price: list[float]"]
)
def test_an_inexact_amount_is_noticed(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.architecture.source_tree.ROOT", tmp_path)
    file = tmp_path / "values.py"
    file.write_text(line, encoding="utf-8")

    found = inexact_money(file)

    assert len(found) == 1
