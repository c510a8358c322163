"""``marketplace delivery`` on a real data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.delivery import delivery
from tests.entrypoints.cli.music_shop import ADA, FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path / "data"))
    with quiet():
        yield Shell(delivery, furnished.copied_to(tmp_path / "data"))


def test_a_shop_says_what_its_parcels_cost_and_nobody_else_does(shell: Shell) -> None:
    standard = shell.type("view", "--seller", "adas").stdout
    own = shell.json("set", "--fee", "700", "--free-from", "9000", who=ADA)
    shown = shell.type("view", who=ADA).stdout
    back = shell.json("reset", who=ADA)

    assert "4.90 EUR, nothing from 50.00 EUR on" in standard
    assert "the marketplace's terms" in standard
    assert (own["terms"], own["is_own"]) == ({"fee_minor": 700, "free_from_minor": 9_000}, True)
    assert "7.00 EUR, nothing from 90.00 EUR on" in shown
    assert (back["terms"]["fee_minor"], back["is_own"]) == (490, False)
    assert shell.refused("set", "--fee", "0") == (5, "kernel.not_allowed")
    assert shell.refused("set", "--fee", "0", "--seller", "adas") == (5, "kernel.not_allowed")
    assert shell.refused("set", "--fee", "1000000000", who=ADA) == (3, "orders.invalid_delivery_terms")
    assert shell.type("set", "--fee", "-1", who=ADA).exit_code == 2
