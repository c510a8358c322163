"""The studio's statement: a month sums up, as a page and as a table; what is no month is the present one."""

import csv

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.payments import ReleaseEscrow
from tests.entrypoints.web.console import HOSTILE
from tests.entrypoints.web.street import ADA, ANN, Street
from tests.entrypoints.web.test_console_money import _delivered, _held


async def test_a_month_is_shown_and_downloaded(street: Street) -> None:
    hold, ada = await _held(street), await street.signed_in(ADA)
    await _delivered(street, hold.seller_order_id)
    await street.opened.market.execute(ReleaseEscrow(seller_order_id=hold.seller_order_id), by=SYSTEM)
    await street.settle()

    money, page = await ada.see("/studio/money"), await ada.see("/studio/money/statement")
    table = await ada.see("/studio/money/statement.csv")
    empty = await ada.see("/studio/money/statement?month=2001-12")

    assert "/studio/money/statement" in money.links
    assert "At the beginning" in page.words
    rows = list(csv.DictReader(table.html.splitlines()))
    assert (rows[0]["section"], rows[-1]["fact"]) == ("all", "closing")
    assert "€0.00" in empty.words


@pytest.mark.parametrize("month", ["", "2026-13", "0000-01", "9999-12", HOSTILE])
async def test_what_is_no_month_is_the_present_one(street: Street, month: str) -> None:
    ada = await street.signed_in(ADA)

    page = await ada.see(f"/studio/money/statement?month={month}")

    assert page.status == 200
    assert "<script>alert" not in page.html


async def test_a_statement_is_for_the_shop_only(street: Street) -> None:
    ann = await street.signed_in(ANN)

    assert (await ann.see("/studio/money/statement")).status != 200
    assert (await ann.see("/studio/money/statement.csv")).status != 200
