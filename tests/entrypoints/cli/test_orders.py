"""``marketplace order`` on a real data folder: answers for people and programs, refusals with their exit codes."""

import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
import structlog
from attrs import define

from features.drivers.terminal import Ended, type_in
from marketplace_core import Marketplace
from marketplace_core.cart import AddToCart
from marketplace_core.catalog import AttachVideo, CreateCategory, CreateProduct, NewVariant, PublishProduct
from marketplace_core.identity import ApproveSeller, IdentifyUser, OpenShop, RegisterUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, VideoId
from marketplace_core.orders import ConfirmOrder
from marketplace_entrypoints.cli.orders import order
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings

ANN, ADA = "ann@example.com", "ada@example.com"
HOME = ["--name", "Ann", "--line1", "1 Lane", "--city", "Aarhus", "--postal-code", "8000", "--country", "DK"]


def in_market(work: Callable[[Marketplace], Awaitable[Any]]) -> Any:
    async def main() -> Any:
        async with open_marketplace(Settings()) as opened:
            return await work(opened.market)

    return anyio.run(main)


async def stocked(market: Marketplace) -> None:
    """Ada sells a guitar for 10.00, Ann has two of them in her cart."""
    for email in (ANN, ADA):
        await market.execute(RegisterUser(email=email, password="correct horse battery", name=email[:3]), by=SYSTEM)
    ada = await market.ask(IdentifyUser(user=ADA), by=SYSTEM)
    shop = await market.execute(OpenShop(name="Ada's", slug="adas", country="FR"), by=ada)
    await market.execute(ApproveSeller(seller_id=shop.seller_id), by=SYSTEM)
    await market.execute(CreateCategory(slug="music", name="Music"), by=SYSTEM)
    variant = NewVariant(price_minor=1_000, currency="EUR", stock=5)
    create = CreateProduct(
        seller_id=shop.seller_id, title="Guitar [/b] with brackets", category="music", variants=(variant,)
    )
    product = await market.execute(create, by=SYSTEM)
    video = AttachVideo(
        product_id=product.product_id,
        seller_id=shop.seller_id,
        video_id=VideoId("vid_1"),
        poster_url="/poster.jpg",
        hls_url="/master.m3u8",
        duration_ms=1_000,
        width=320,
        height=180,
    )
    await market.execute(video, by=SYSTEM)
    await market.execute(PublishProduct(product_id=product.product_id), by=SYSTEM)
    ann = await market.ask(IdentifyUser(user=ANN), by=SYSTEM)
    await market.execute(AddToCart(offer_id=product.variants[0].offer_id, quantity=2), by=ann)


@define
class Shell:
    """A shell of somebody on the machine with the data folder."""

    def order(self, *arguments: str, who: str = ANN) -> Ended:
        return type_in(order, *arguments, "--as", who)

    def json(self, *arguments: str, who: str = ANN) -> Any:
        result = self.order(*arguments, "--json", who=who)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def placed(self) -> Any:
        return self.json("place", "--quote-hash", self.json("quote")["quote_hash"], *HOME)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    # As ``main`` does: standard output is the answer's alone.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path))
    in_market(stocked)
    return Shell()


def test_refusals_say_why_with_their_exit_code(shell: Shell) -> None:
    empty = shell.order("quote", who=ADA)
    missing = shell.order("view", "ord_9999", "--json")
    malformed = shell.order("place", "--quote-hash", "x", *HOME)
    nowhere = shell.order("place", "--quote-hash", "x", *HOME[:-1], "Denmark")

    assert (empty.exit_code, empty.stdout) == (6, "")
    assert "orders.cart_empty" in empty.stderr
    assert (missing.exit_code, json.loads(missing.stderr)["code"]) == (4, "orders.not_found")
    assert malformed.exit_code == 3
    assert "orders.malformed_quote_hash" in malformed.stderr
    assert nowhere.exit_code == 3
    assert "orders.invalid_address" in nowhere.stderr


def test_a_cart_is_quoted_placed_once_listed_and_called_off(shell: Shell) -> None:
    quote = shell.json("quote")
    shown = shell.order("quote").stdout
    place = ["place", "--quote-hash", quote["quote_hash"], *HOME]

    placed = shell.json(*place, "--key", "key-0001")
    again = shell.json(*place, "--key", "key-0001")
    other = shell.order(*place, "--key", "key-0002", "--json")
    listed = shell.json("list")
    everybodys = json.loads(type_in(order, "all", "--state", "pending_payment", "--json").stdout)
    table = type_in(order, "all").stdout
    forbidden = shell.order("all", "--json")
    cancelled = shell.json("cancel", placed["order_id"])

    assert quote["total"] == placed["total"] == {"amount_minor": 2_490, "currency": "EUR"}
    assert "24.90 EUR" in shown
    assert "Guitar [/b] with brackets" in shown
    assert placed["payment"]["client_secret"]
    assert again["order_id"] == placed["order_id"]
    assert (other.exit_code, json.loads(other.stderr)["order_id"]) == (7, placed["order_id"])
    assert [item["order_id"] for item in listed["items"]] == [placed["order_id"]]
    assert [item["order_id"] for item in everybodys["items"]] == [placed["order_id"]]
    assert "24.90 EUR" in table
    assert (forbidden.exit_code, json.loads(forbidden.stderr)["code"]) == (5, "kernel.not_allowed")
    assert cancelled["state"] == "cancelled"
    assert shell.json("view", placed["order_id"])["state"] == "cancelled"


def test_a_seller_ships_and_the_buyer_receives(shell: Shell) -> None:
    placed = shell.placed()
    in_market(lambda market: market.execute(ConfirmOrder(order_id=OrderId(placed["order_id"])), by=SYSTEM))
    part = shell.json("list", "--seller", "own", "--state", "accepted", who=ADA)["items"][0]["seller_order_id"]

    early = shell.order("receive", part)
    shipped = shell.order("ship", part, "--carrier", "Post", "--tracking", "[T1]", who=ADA)
    delivered = shell.json("deliver", part, who=ADA)
    received = shell.order("receive", part)
    seen = shell.order("view", part, who=ADA).stdout
    whole = shell.order("view", placed["order_id"]).stdout

    assert early.exit_code == 6
    assert "Post [T1]" in shipped.stdout
    assert delivered["proof"] == "seller"
    assert "on the buyer's word" in received.stdout
    assert "delivered (buyer)" in seen
    assert "confirmed" in whole
    assert "Post [T1]" in whole


def test_a_seller_sends_a_part_and_calls_off_the_rest_in_words_for_people(shell: Shell) -> None:
    placed = shell.placed()
    in_market(lambda market: market.execute(ConfirmOrder(order_id=OrderId(placed["order_id"])), by=SYSTEM))
    (part,) = [one["seller_order_id"] for one in shell.json("view", placed["order_id"])["seller_orders"]]
    (offer_id,) = [line["offer_id"] for line in shell.json("view", part, who=ADA)["lines"]]
    parcel = ("ship", part, "--carrier", "Post", "--tracking", "T1", "--line")

    accepted = shell.json("accept", part, who=ADA)
    nonsense = shell.order(*parcel, "a guitar", who=ADA)
    sent = shell.json(*parcel, f"{offer_id}=1", who=ADA)
    declined = shell.order("decline", part, "--reason", "No.", who=ADA)
    seen = shell.order("view", part, who=ADA).stdout

    assert accepted == {"seller_order_id": part, "state": "accepted"}
    assert (nonsense.exit_code, "OFFER=QUANTITY" in nonsense.output) == (2, True)
    assert sent["state"] == "part_shipped"
    assert "orders.illegal_transition" in declined.stderr
    assert "Post T1: 1 × Guitar [/b] with brackets" in seen


def test_an_operator_says_why_a_payment_is_kept(shell: Shell) -> None:
    placed = shell.placed()

    silent = type_in(order, "accept-payment", placed["order_id"], "--json")
    unfit = type_in(order, "accept-payment", placed["order_id"], "--reason", "It is enough.", "--json")

    assert json.loads(silent.stderr)["code"] == "cli.reason_required"
    assert json.loads(unfit.stderr)["code"] == "orders.illegal_transition"
