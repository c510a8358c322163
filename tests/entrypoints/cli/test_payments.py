"""``marketplace payment``, ``escrow``, ``payout`` and ``ledger`` on a real data folder, from the card to the bank."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import define

from marketplace_core.cart import AddToCart
from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OfferId
from marketplace_core.orders import Address, PlaceOrder, QuoteCheckout
from marketplace_entrypoints.cli.app import app
from marketplace_entrypoints.cli.payments import CARDS
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from tests.entrypoints.cli.music_shop import ADA, ANN, FurnishedFolder, MusicShop, Shell, in_folder, quiet

HOME = Address(name="Ann", line1="1 Lane", line2=None, city="Aarhus", postal_code="8000", country="DK")


@define
class Counter:
    """The whole command line, an order that waits to be paid, and the worker that does what is due."""

    shell: Shell
    shop: MusicShop
    order_id: str

    def ann(self, *arguments: str) -> Any:
        return self.shell.json(*arguments)

    def operator(self, *arguments: str) -> Any:
        return self.shell.json(*arguments, who=None)

    def ada(self, *arguments: str) -> Any:
        return self.shell.json(*arguments, who=ADA)

    def worker(self) -> None:
        """Do what is due, the provider's messages included."""
        for _ in range(2):
            self.shell.json("worker", "--once", who=None)

    def part(self) -> str:
        """Return the seller order."""
        name: str = self.operator("escrow", "list", "--order", self.order_id)["items"][0]["seller_order_id"]
        return name


async def _ordered(opened: OpenMarketplace, shop: MusicShop) -> str:
    market = opened.market
    ann = await market.ask(IdentifyUser(user=ANN), by=SYSTEM)
    await market.execute(AddToCart(offer_id=OfferId(shop.offers[0]), quantity=2), by=ann)
    quote = await market.ask(QuoteCheckout(), by=ann)
    placed = await market.execute(PlaceOrder(quote_hash=quote.quote_hash, address=HOME), by=ann)
    return placed.order_id


@pytest.fixture
def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Counter]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path))
    with quiet():
        shop = furnished.copied_to(tmp_path)
        order_id = in_folder(partial(_ordered, shop=shop))
        yield Counter(Shell(app, shop), shop, order_id)


@pytest.mark.slow
def test_a_card_pays_an_order_and_the_money_is_followed_to_the_bank(counter: Counter) -> None:
    declined = counter.ann("payment", "pay", counter.order_id, "--card", "declined")
    nothing = counter.operator("ledger", "balance")
    paid = counter.ann("payment", "pay", counter.order_id, "--card", "good")
    counter.worker()
    held = counter.operator("escrow", "view", counter.part())
    before = counter.ann("payment", "holds", counter.order_id)
    shown = counter.shell.type("payment", "holds", counter.order_id).output
    counter.ada("order", "ship", counter.part(), "--carrier", "Post", "--tracking", "X1")
    counter.ann("order", "receive", counter.part())
    counter.worker()
    run = counter.operator("payout", "run", "--reason", "The hour has come.")
    counter.worker()
    balance = counter.ada("payout", "balance")
    entries = counter.ada("payout", "entries", "paid")["items"]
    listed = counter.shell.type("payout", "entries", "held", who=ADA).output
    books = counter.operator("ledger", "balance")

    assert (declined["state"], declined["failure_code"]) == ("created", "card_declined")
    assert nothing == {"rows": [], "sums": []}
    assert (paid["state"], paid["amount"]["amount_minor"]) == ("captured", 2_490)
    assert (held["state"], held["held"]["amount_minor"]) == ("held", 2_490)
    assert [(one["awaits"], one["held"]["amount_minor"]) for one in before["holds"]] == [("receipt", 2_490)]
    assert "receipt" in shown
    assert len(run["payouts"]) == 1
    assert [one["state"] for one in counter.ada("payout", "list")["items"]] == ["paid"]
    assert len(counter.operator("payout", "list", "--state", "paid")["items"]) == 1
    assert counter.operator("payout", "list", "--state", "failed")["items"] == []
    assert len(counter.operator("escrow", "list", "--state", "released")["items"]) == 1
    assert balance["balances"][0]["paid"] == {"amount_minor": 2_490 - 200 - 40, "currency": "EUR"}
    assert [(one["kind"], one["amount"]["amount_minor"]) for one in entries] == [("payout_paid", 2_250)]
    assert "escrow_relea" in listed
    assert books["sums"] == [{"amount_minor": 0, "currency": "EUR"}]
    assert counter.operator("ledger", "audit") == []
    kinds = [one["kind"] for one in counter.operator("ledger", "journals")["items"]]
    assert kinds == [
        "payout_paid",
        "transfer_succeeded",
        "payout_assembled",
        "escrow_released",
        "provider_fee",
        "payment_captured",
    ]


def test_a_bank_that_asks_is_answered(counter: Counter) -> None:
    asked = counter.ann("payment", "pay", counter.order_id, "--card", "bank-asks")
    refused = counter.ann("payment", "pay", counter.order_id, "--refuse")
    approved = counter.ann("payment", "pay", counter.order_id, "--card", CARDS["bank-asks"], "--approve")

    assert asked["state"] == "requires_action"
    assert (refused["state"], refused["failure_code"]) == ("created", "authentication_failed")
    assert approved["state"] == "captured"


def test_refusals_say_why_with_their_exit_code(counter: Counter) -> None:
    shell = counter.shell

    assert shell.refused("payment", "view", "pay_none") == (4, "payments.payment_not_found")
    assert shell.refused("payment", "view", counter.order_id, who=ADA) == (4, "payments.payment_not_found")
    assert shell.refused("payment", "pay", counter.order_id, "--card", "1234") == (6, "payments.provider_refused")
    assert shell.refused("escrow", "release", counter.part(), "--reason", "x", who=None) == (
        6,
        "payments.escrow_not_releasable",
    )
    assert shell.refused("escrow", "freeze", counter.part(), "--reason", "No!", who=None) == (
        3,
        "payments.malformed_reason",
    )
    assert shell.refused("ledger", "balance") == (5, "kernel.not_allowed")
    assert shell.refused("payout", "run", who=ADA) == (5, "kernel.not_allowed")
    assert shell.refused("payout", "view", "pyt_none", who=None) == (4, "payments.payout_not_found")


def test_what_is_said_to_people_names_amounts_and_states(counter: Counter) -> None:
    paid = counter.shell.type("payment", "pay", counter.order_id).stdout
    frozen = counter.shell.type("escrow", "freeze", counter.part(), "--reason", "risk", who=None).stdout
    thawed = counter.shell.type("escrow", "unfreeze", counter.part(), "--reason", "risk", who=None).stdout
    listed = counter.shell.type("escrow", "list", who=None).stdout
    books = counter.shell.type("ledger", "balance", who=None).stdout
    journals = counter.shell.type("ledger", "journals", who=None).stdout
    audit = counter.shell.type("ledger", "audit", who=None)
    account = counter.shell.type("payout", "account", counter.shop.seller_id, who=None).stdout
    onboarding = counter.shell.type("payout", "onboarding", counter.shop.seller_id, who=ADA).stdout
    told = counter.ada("payout", "onboarding", counter.shop.seller_id)
    foreign = counter.shell.refused("payout", "onboarding", counter.shop.seller_id)
    balance = counter.shell.type("payout", "balance", who=ADA).stdout
    nothing = counter.shell.type("payout", "run", "--reason", "Due.", who=None).stdout

    assert "captured" in paid
    assert "24.90 EUR" in paid
    assert "frozen risk" in frozen
    assert "held" in thawed
    assert counter.part()[-9:] in listed
    assert "sum: 0.00 EUR" in books
    assert "payment" in journals
    assert (audit.exit_code, "sound" in audit.stdout) == (0, True)
    assert "enabled" in account
    assert "/fakepay/onboarding/" in onboarding
    assert told["seller_id"] == counter.shop.seller_id
    assert told["url"] != onboarding.strip()
    assert foreign == (5, "kernel.not_allowed")
    assert "24.90 EUR" in balance
    assert "nothing to pay" in nothing
