"""Every diagram in docs/c4 is drawn from its present text."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.commands import run
from tests.architecture.source_tree import ROOT

DIAGRAMS: Final = sorted((ROOT / "docs" / "c4").glob("*.mmd"))
CHECKSUM: Final = re.compile(r"<!-- (\d+ \d+) -->\s*\Z")


def test_the_three_levels_are_there() -> None:
    assert {path.stem for path in DIAGRAMS} >= {"context", "container", "component"}


@pytest.mark.parametrize("text", DIAGRAMS, ids=lambda path: path.stem)
def test_a_drawing_shows_its_present_text(text: Path) -> None:
    drawing = text.with_suffix(".svg").read_text(encoding="utf-8")

    drawn_from = CHECKSUM.search(drawing)

    checksum, size, _ = run("cksum", text, cwd=ROOT).stdout.split(maxsplit=2)
    assert drawn_from is not None
    assert drawn_from.group(1) == f"{checksum} {size}", "run ./dev diagrams"


@pytest.mark.parametrize("text", DIAGRAMS, ids=lambda path: path.stem)
def test_a_diagram_is_shown_to_the_reader(text: Path) -> None:
    page = (ROOT / "docs" / "c4" / "README.md").read_text(encoding="utf-8")

    assert f"({text.stem}.svg)" in page
