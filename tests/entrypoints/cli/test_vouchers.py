"""``marketplace voucher`` and ``marketplace cart voucher`` on a real data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.vouchers import voucher
from tests.entrypoints.cli.music_shop import ADA, FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path / "data"))
    with quiet():
        yield Shell(voucher, furnished.copied_to(tmp_path / "data"))


def test_the_marketplace_makes_and_stops_a_voucher_and_says_why(shell: Shell) -> None:
    asked = ("make", "spring-10", "--currency", "EUR", "--percent-bps", "1050", "--minimum", "5000", "--uses", "3")

    foreseen = shell.json(*asked, "--dry-run", who=None)
    made = shell.json(*asked, "--valid-until", "2099-01-01", "--reason", "Spring", who=None)
    shown = shell.type("view", made["voucher_id"], who=None).stdout
    listed = shell.type("list", who=None).stdout
    stopped = shell.json("stop", made["voucher_id"], "--reason", "Too many", who=None)

    assert foreseen["dry_run"] is True
    assert (made["code"], made["seller_id"], made["used"]) == ("SPRING-10", None, 0)
    assert made["limits"]["valid_until"].startswith("2099-01-01T00:00:00")
    assert "10.5 % (EUR) from 50.00 EUR on, at the expense of the marketplace" in shown
    assert "used 0 of 3, until 2099-01-01" in shown
    assert "SPRING-10" in listed
    assert stopped["stopped_at"]
    assert "stopped" in shell.type("list", who=None).stdout
    assert shell.refused(*asked, "--reason", "Again", who=None) == (7, "orders.voucher_code_taken")
    assert shell.refused(*asked, who=None) == (3, "cli.reason_required")


def test_a_shop_makes_its_own_and_no_other(shell: Shell) -> None:
    shop = shell.json("list", "--seller", "sel_none", who=None)
    assert shop["items"] == []
    assert shell.refused("make", "X-1", "--currency", "EUR", "--amount", "100", who=ADA) == (5, "kernel.not_allowed")
    wrong = ("make", "X-1", "--currency", "EUR", "--seller", "sel_none", "--amount", "100")
    assert shell.refused(*wrong, who=ADA) == (4, "kernel.not_found")
    assert shell.refused("make", "X-1", "--currency", "EUR", "--reason", "r", who=None) == (3, "orders.invalid_voucher")
    assert shell.refused("view", "vch_none", who=None) == (4, "orders.voucher_not_found")
