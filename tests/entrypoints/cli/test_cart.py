"""``marketplace cart`` on a real data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.cart import cart
from tests.entrypoints.cli.music_shop import ADA, FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path))
    with quiet():
        yield Shell(cart, furnished.copied_to(tmp_path))


def test_refusals_carry_their_exit_codes_and_change_nothing(shell: Shell) -> None:
    guitar = shell.shop.offers[0]

    assert shell.refused("add", guitar, "--quantity", "0") == (3, "cart.invalid_quantity")
    assert shell.refused("add", guitar, "--quantity", "1001") == (3, "cart.limit_exceeded")
    assert shell.refused("add", guitar, "--quantity", "6") == (6, "cart.not_enough_stock")
    assert shell.refused("add", "off_none") == (4, "cart.offer_not_found")
    assert shell.refused("remove", "cln_none") == (4, "cart.line_not_found")
    assert shell.refused("view", who=None)[0] == 5
    assert shell.type("add", guitar, "--quantity", "many").exit_code == 2
    assert shell.json("view")["groups"] == []


def test_a_cart_is_filled_changed_and_emptied(shell: Shell) -> None:
    guitar, drum, _ = shell.shop.offers

    shell.json("add", guitar, "--quantity", "2")
    filled = shell.json("add", drum)
    line_id = filled["groups"][0]["lines"][0]["line_id"]
    stale = shell.refused("change", line_id, "1", "--version", "1")
    changed = shell.json("change", line_id, "1", "--version", str(filled["version"]))
    left = shell.json("remove", line_id)
    emptied = shell.json("empty")

    assert filled["total"] == {"amount_minor": 4_000, "currency": "EUR"}
    assert stale == (7, "kernel.stale_version")
    assert changed["total"] == {"amount_minor": 3_000, "currency": "EUR"}
    assert left["total"] == {"amount_minor": 2_000, "currency": "EUR"}
    assert emptied["groups"] == []
    assert shell.json("view", who=ADA)["groups"] == []


def test_people_see_a_table_whatever_the_title_holds(shell: Shell) -> None:
    nothing = shell.type("view")
    shown = shell.type("add", shell.shop.offers[0])

    assert (nothing.exit_code, nothing.stdout.strip()) == (0, "The cart is empty.")
    assert shown.exit_code == 0
    assert "Guitar [/b] with brackets" in shown.stdout
    assert "10.00 EUR" in shown.stdout
