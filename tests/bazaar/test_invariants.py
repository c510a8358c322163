"""Every invariant that the machine relies on can fail: what it is to find is put there by hand, and found and named."""

from collections.abc import AsyncIterator, Callable
from typing import Any, Final

import pytest

from marketplace_core.kernel.deadlines import Deadline
from marketplace_core.payments import HoldState, PaymentState, RefundState, RefundWish, RequestRefund
from tests.bazaar.bazaar import Bazaar, open_bazaar
from tests.bazaar.ground import GOOD
from tests.bazaar.invariants import always, at_rest

Tampering = Callable[[Bazaar], None]


@pytest.fixture
async def bazaar() -> AsyncIterator[Bazaar]:
    """Return a bazaar with one paid order of two parts, something of which went back."""
    async with open_bazaar() as opened:
        await opened.people_arrive()
        await opened.give(1_000)
        order_id = await opened.order("Ann", {opened.offers[0]: 1, opened.offers[2]: 1})
        assert order_id is not None
        await opened.show_card(order_id, GOOD)
        await opened.settle()
        part = opened.rows("orders_seller_orders")[0].seller_order_id
        wish = RefundWish(seller_order_id=part, items_minor=100)
        await opened.do(RequestRefund(order_id=order_id, reason="Chipped.", wishes=(wish,)), opened.people["Olga"])
        await opened.settle()
        yield opened


def change(table: str, **changes: Any) -> Tampering:
    """Return what changes the first row of a table behind everybody's back."""

    def tamper(bazaar: Bazaar) -> None:
        row = bazaar.rows(table)[0]
        for name, value in changes.items():
            setattr(row, name, value)

    return tamper


def forget(table: str, wanted: Callable[[Any], bool]) -> Tampering:
    """Return what removes rows."""

    def tamper(bazaar: Bazaar) -> None:
        rows = bazaar.store.table(table)
        for key in [key for key, row in rows._rows.items() if wanted(row)]:
            rows.delete(key)

    return tamper


def repeat(table: str) -> Tampering:
    """Return what stores the first row of a table a second time."""

    def tamper(bazaar: Bazaar) -> None:
        rows = bazaar.store.table(table)
        rows.put("again", rows.find()[0])

    return tamper


def _captured_more(bazaar: Bazaar) -> None:
    payment = bazaar.rows("payments_payments")[0]
    payment.captured = payment.captured + payment.captured


def _ship_unpaid(bazaar: Bazaar) -> None:
    payment = bazaar.rows("payments_payments")[0]
    payment.state = PaymentState.CREATED
    timer = Deadline(kind="payments.poll_payment", subject=payment.payment_id, due_at=bazaar.clock.now())
    bazaar.store.table("deadlines").put("any", timer)


SEEDED: Final[dict[str, tuple[str, Tampering]]] = {
    "a journal twice": ("each_fact_is_booked_once", repeat("ledger_journals")),
    "a payment that captured more": ("what_was_captured_is_somewhere", _captured_more),
    "a refund nobody counted": ("no_share_gives_more_than_was_paid", repeat("payments_refunds")),
    "a reservation less": ("stock_adds_up", forget("catalog_reservations", lambda row: True)),
    "a voucher used behind everybody's back": ("vouchers_add_up", change("orders_vouchers", used=1)),
    "no deadline": (
        "everything_is_moved_on_by_somebody",
        forget("deadlines", lambda row: row.kind == "payments.hold_deadline"),
    ),
    "a state without its journal": (
        "states_are_what_the_books_say",
        change("payments_refunds", state=RefundState.PENDING),
    ),
    "goods sold unpaid": ("nobody_ships_unpaid_goods", _ship_unpaid),
    "a mail twice": ("no_mail_is_written_twice", repeat("notifications_mails")),
}


@pytest.mark.parametrize(("check", "tamper"), SEEDED.values(), ids=SEEDED)
async def test_what_must_never_be_is_found_and_named(
    bazaar: Bazaar, check: str, tamper: Tampering, monkeypatch: pytest.MonkeyPatch
) -> None:
    await always(bazaar)
    tamper(bazaar)
    monkeypatch.setattr("tests.bazaar.invariants.AUDITED", False)

    with pytest.raises(AssertionError, match=check):
        await always(bazaar)


async def test_the_audit_is_asked_too(bazaar: Bazaar) -> None:
    hold = bazaar.rows("payments_holds")[0]
    hold.state = HoldState.VOID

    with pytest.raises(AssertionError, match="share_is_whole"):
        await always(bazaar)


async def test_what_the_provider_has_more_is_found(bazaar: Bazaar) -> None:
    await at_rest_but_for_holds(bazaar)

    await bazaar.spend(1)

    with pytest.raises(AssertionError, match="the provider says"):
        await at_rest_but_for_holds(bazaar)


async def at_rest_but_for_holds(bazaar: Bazaar) -> None:
    """Let what is held go first."""
    for hold in bazaar.rows("payments_holds", lambda row: row.state is HoldState.HELD):
        hold.hold_deadline = bazaar.clock.now()
    await bazaar.pass_time(days=90)
    await at_rest(bazaar)


async def test_siblings_that_change_are_found(bazaar: Bazaar) -> None:
    first, second = bazaar.rows("orders_seller_orders")[:2]

    with pytest.raises(AssertionError, match="siblings"), bazaar.touching(first.order_id, first.seller_order_id):
        second.version += 1
