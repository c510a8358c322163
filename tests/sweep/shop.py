"""The marketplace that is struck: one process that is server, worker and client at once, over a data folder."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import define

from marketplace_core.cart import AddToCart, ViewCart
from marketplace_core.catalog import AttachVideo, CreateCategory, CreateProduct, NewVariant, PublishProduct
from marketplace_core.identity import ApproveSeller, IdentifyUser, OpenShop, RegisterUser, ViewSeller
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command, Query
from marketplace_core.orders import (
    Address,
    ConfirmReceipt,
    OrderView,
    PlaceOrder,
    QuoteCheckout,
    SellerOrderView,
    ShipSellerOrder,
    ViewOrder,
)
from marketplace_core.payments import ProviderRefused
from marketplace_entrypoints.composition.adapters import open_adapters
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from marketplace_entrypoints.composition.container import assembled
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from marketplace_entrypoints.composition.terms import settings_terms
from tests.databases import books_of
from tests.sweep.points import Points, decorated
from tests.sweep.state import waiting

ResultT = TypeVar("ResultT")

BUYER: Final = "anna@example.org"
OPERATOR: Final = Actor(principal="operator", roles=frozenset({Role.OPERATOR}))
SHOPS: Final = {"clay-and-co": ("clay@example.org", 2_500), "tea-house": ("tea@example.org", 1_999)}
"""Slug → the owner's address, and the price of what is sold there."""
GOOD_CARD: Final = "4242424242424242"
DECLINED_CARD: Final = "4000000000000002"
ADDRESS: Final = Address(name="Anna Blum", line1="Lindenweg 1", city="Berlin", postal_code="10115", country="DE")
CAPITAL_MINOR: Final = 100_000
"""What vouchers and lost disputes cost is there: a payout run that the clock brings about stands still for nothing."""
STEP: Final = timedelta(seconds=61)
"""Longer than any claim or lease of somebody who died."""
STEPS_MAX: Final = 20


@define
class Shop:
    """An open marketplace and the people who use it. ``notes`` is what clients remember, whatever becomes of us."""

    opened: OpenMarketplace
    notes: Path

    async def do(self, command: Command[ResultT], by: Actor) -> ResultT:
        """Carry out a command."""
        return await self.opened.market.execute(command, by=by)

    async def once(self, command: Command[ResultT], by: Actor, key: str) -> ResultT:
        """Carry out a command under an idempotency key."""
        return (await self.opened.market.execute_once(command, by=by, key=key)).result

    async def ask(self, query: Query[ResultT], by: Actor = SYSTEM) -> ResultT:
        """Ask something."""
        return await self.opened.market.ask(query, by=by)

    async def person(self, address: str) -> Actor:
        """Return somebody."""
        return await self.ask(IdentifyUser(user=address))

    def noted(self, name: str) -> Any:
        """Return what a client has noted under this name."""
        return self._notes().get(name)

    def note(self, name: str, value: Any) -> None:
        """Have a client note something."""
        fresh = self.notes.with_suffix(".new")
        fresh.write_text(json.dumps({**self._notes(), name: value}))
        fresh.replace(self.notes)

    def _notes(self) -> dict[str, Any]:
        return dict(json.loads(self.notes.read_text())) if self.notes.exists() else {}

    def pass_time(self, much: timedelta) -> None:
        """Let time go by."""
        clock = self.opened.adapters.around.clock
        assert isinstance(clock, ShiftedClock)
        clock.advance(much.total_seconds())

    async def rest(self) -> None:
        """Let the workers work until nothing waits for them, with the pauses that they make between attempts."""
        for _ in range(STEPS_MAX):
            while await self.opened.provider_housekeeping() + await self.opened.dispatcher.settle():
                pass
            if not waiting(self.opened.settings.data):
                return
            self.pass_time(STEP)
        raise AssertionError(f"the workers do not come to rest: {waiting(self.opened.settings.data)}")

    def look(self, question: str, subject: object) -> str:
        """Return a name that the provider gave to something of ours: nobody but the provider needs it."""
        with books_of(self.opened.settings.data) as books:
            ((found,),) = books.execute(question, (subject,)).fetchall()
        return str(found)

    async def outside(self, what: str, path: str, body: Mapping[str, Any] | None = None) -> None:
        """Have something happen at the provider, a bank or the network, once: no point lies before it is noted."""
        script = self.opened.adapters.payments.script
        assert script is not None
        if self.noted(what) is None:
            await script.do(path, body)
            self.note(what, True)

    async def put_more_of(self, slug: str, quantity: int, buyer: Actor) -> None:
        """Put more of a shop's thing into the cart, once, before it is ordered."""
        if self.noted("order") is None and self.noted("quote") is None:
            seller_id = (await self.ask(ViewSeller(seller=slug))).seller_id
            cart = await self.ask(ViewCart(), buyer)
            (line,) = (line for group in cart.groups for line in group.lines if group.seller_id == seller_id)
            await self.once(AddToCart(offer_id=line.offer_id, quantity=quantity), buyer, f"key-of-more-{slug}")

    async def furnish(self) -> None:
        """Give the platform some money, open two shops with something to sell, and fill the cart of a buyer."""
        await self.outside("capital", "balance", {"currency": "EUR", "amount_minor": CAPITAL_MINOR})
        await self.do(RegisterUser(email=BUYER, password="anna-likes-warm-kettles", name="Anna"), SYSTEM)
        await self.do(CreateCategory(slug="things", name="Things"), SYSTEM)
        buyer = await self.person(BUYER)
        for slug, (owner, price_minor) in SHOPS.items():
            await self.do(RegisterUser(email=owner, password="somebody-likes-kettles", name=slug), SYSTEM)
            opened = await self.do(OpenShop(name=slug, slug=slug, country="FR"), await self.person(owner))
            await self.do(ApproveSeller(seller_id=opened.seller_id), SYSTEM)
            product = await self.do(
                CreateProduct(
                    seller_id=opened.seller_id,
                    title=f"A thing of {slug}",
                    category="things",
                    variants=(NewVariant(price_minor=price_minor, currency="EUR", stock=5),),
                ),
                SYSTEM,
            )
            shown = AttachVideo(
                product_id=product.product_id,
                seller_id=opened.seller_id,
                video_id=VideoId(f"vid_{slug}"),
                poster_url="/poster.jpg",
                hls_url="/master.m3u8",
                duration_ms=1_000,
                width=320,
                height=180,
            )
            await self.do(shown, SYSTEM)
            await self.do(PublishProduct(product_id=product.product_id), SYSTEM)
            await self.do(AddToCart(offer_id=product.variants[0].offer_id, quantity=1), buyer)
        await self.rest()

    async def order(self) -> OrderView:
        """Return the buyer's order; send it, again if need be, until the client has had an answer."""
        buyer = await self.person(BUYER)
        if self.noted("order") is None:
            if self.noted("quote") is None:
                self.note("quote", (await self.ask(QuoteCheckout(), buyer)).quote_hash)
            command = PlaceOrder(quote_hash=self.noted("quote"), address=ADDRESS, request_key="key-of-the-order")
            self.note("order", (await self.once(command, buyer, "key-of-the-order")).order_id)
        return await self.ask(ViewOrder(order_id=self.noted("order")), buyer)

    async def pay(self, card: str = GOOD_CARD) -> None:
        """Show a card on the provider's page, unless that was done."""
        order = await self.order()
        if order.payment is not None and order.payment.client_secret is not None:
            with suppress(ProviderRefused):
                await self.opened.adapters.payments.buyer.pay(
                    order.payment.provider_reference, order.payment.client_secret, card
                )

    async def part(self, slug: str) -> SellerOrderView:
        """Return a shop's part of the order."""
        seller_id = (await self.ask(ViewSeller(seller=slug))).seller_id
        return next(part for part in (await self.order()).seller_orders if part.seller_id == seller_id)

    async def deliver(self, slug: str) -> None:
        """Send a shop's part and have the buyer say that it arrived, whichever of it was not done yet."""
        part = await self.part(slug)
        owner = await self.person(SHOPS[slug][0])
        if part.shipment is None:
            command = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="DHL", tracking="00340434")
            await self.do(command, owner)
        if part.arrival is None:
            await self.do(ConfirmReceipt(seller_order_id=part.seller_order_id), await self.person(BUYER))


@asynccontextmanager
async def open_shop(data: Path, points: Points) -> AsyncGenerator[Shop]:
    """Open the marketplace of a folder, with points all over it."""
    settings = Settings(data=data, clock="shifted", base_url="http://127.0.0.1:1")
    async with open_adapters(settings) as adapters:
        around = decorated(adapters, points)
        whole = assembled(around, lambda kind, name, failure: None, settings_terms(settings))
        yield Shop(OpenMarketplace(settings=settings, adapters=around, assembled=whole), data / "client.json")
