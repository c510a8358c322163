"""``marketplace reconcile`` with Stripe: both books after a whole trade, and what somebody did at Stripe alone."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import anyio
import pytest

from features.drivers.terminal import Ended, type_in
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.payments import RefundWish, RequestRefund, SweepPayouts
from marketplace_entrypoints.cli.app import app
from tests.adapters.stripe.standin.basics import PLATFORM
from tests.adapters.stripe.standin.books import Books
from tests.entrypoints.web.test_paying_at_stripe import StreetAtStripe, stripes  # noqa: F401 - a fixture

ENVIRONMENT: Final = ("data", "base_url", "payment_provider")


@pytest.fixture
async def traded(stripes: StreetAtStripe, monkeypatch: pytest.MonkeyPatch) -> StreetAtStripe:  # noqa: F811
    """A street on which three orders were paid: one is with the seller's bank, one partly refunded, one disputed."""
    market = stripes.street.opened.market
    (account,) = stripes.books.accounts
    stripes.books.enable_account(account)
    await stripes.deliver()
    paid = [await stripes.bought(number) for number in range(3)]
    await stripes.deliver()
    parts = [order.seller_orders[0].seller_order_id for order in paid]
    await stripes.received(parts[0])
    await market.execute(SweepPayouts(), by=SYSTEM)
    await stripes.street.settle()
    (bank_payout,) = stripes.books.payouts
    stripes.books.arrive(bank_payout)
    wish = RefundWish(seller_order_id=parts[1], items_minor=500)
    await market.execute(RequestRefund(order_id=paid[1].order_id, reason="Chipped.", wishes=(wish,)), by=SYSTEM)
    assert paid[2].payment is not None
    stripes.books.open_dispute(str(paid[2].payment.provider_reference), 1_000, warning=False)
    await stripes.street.settle()
    await stripes.deliver()

    settings = stripes.street.opened.settings
    for name in ENVIRONMENT:
        monkeypatch.setenv(f"MARKETPLACE_{name.upper()}", str(getattr(settings, name)))
    for name, value in settings.adapters["stripe"].items():
        monkeypatch.setenv(f"MARKETPLACE_ADAPTERS__STRIPE__{name.upper()}", value)
    return stripes


async def typed(*arguments: str) -> Ended:
    """Type it; the stand-in answers meanwhile."""
    return await anyio.to_thread.run_sync(partial(type_in, app, "reconcile", *arguments))


async def test_after_a_whole_trade_both_books_say_the_same(traded: StreetAtStripe) -> None:
    told = await typed()
    found = json.loads((await typed("--json")).stdout)

    assert (told.exit_code, "Both books say the same" in told.stdout) == (0, True)
    assert (found["provider"], found["discrepancies"]) == ("stripe", [])
    assert found["our_rows"] == found["their_rows"] == 8


def refund_at_stripe(books: Books) -> None:
    books.create_refund({"payment_intent": max(books.intents), "amount": "100"})


def returned_payout(books: Books) -> None:
    (name,) = books.payouts
    books.return_payout(name, "account_closed")


def stray_transfer(books: Books) -> None:
    (account,) = books.accounts
    books.create_transfer({"destination": account, "amount": "50", "currency": "eur"})


def other_fee(books: Books) -> None:
    _, moved = next(iter(books.movements.values()))
    moved.update(fee=moved["fee"] + 7, net=moved["net"] - 7)


def top_up(books: Books) -> None:
    books.move(PLATFORM, "topup", 2_000, {"currency": "eur"})


def unheard_dispute(books: Books) -> None:
    books.open_dispute(min(books.intents), 300, warning=False)


def payment_that_is_gone(books: Books) -> None:
    books.intents.pop(max(books.intents))


SEEDED: Final[dict[Callable[[Books], None], list[str]]] = {
    refund_at_stripe: ["refund_unknown", "balance_differs"],
    returned_payout: ["payout_returned", "balance_differs"],
    stray_transfer: ["transfer_unknown", "balance_differs", "balance_differs"],
    other_fee: ["fee_differs", "balance_differs"],
    top_up: ["movement_unknown"],
    unheard_dispute: ["dispute_unknown", "balance_differs"],
    payment_that_is_gone: ["missing_there"],
}


@pytest.mark.parametrize("seed", SEEDED, ids=lambda seed: seed.__name__)
async def test_what_only_stripe_knows_is_found_and_named(traded: StreetAtStripe, seed: Callable[[Books], None]) -> None:
    seed(traded.books)

    told, as_json = await typed(), await typed("--json")
    found: list[dict[str, Any]] = json.loads(as_json.stdout)["discrepancies"]

    assert (told.exit_code, as_json.exit_code) == (1, 1)
    assert [one["kind"] for one in found] == SEEDED[seed]
    assert all(one["advice"] in told.stdout for one in found)
