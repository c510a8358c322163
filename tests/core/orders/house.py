"""A marketplace that is only orders, with stand-ins for its neighbours."""

from collections.abc import Callable, Sequence
from typing import Any

from attrs import define

from marketplace_core.app import Marketplace
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.inmemory.machinery import (
    InMemoryConsumedMessages,
    InMemoryDueDeadlines,
    InMemoryIdempotencyKeys,
    InMemoryInbox,
    InMemoryOutbox,
)
from marketplace_core.inmemory.orders import InMemoryOrdersReader, InMemoryOrdersWork
from marketplace_core.inmemory.store import Store, StoredEvent, Table
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.ids import SellerId, SellerOrderId, UserId
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import Money
from marketplace_core.orders import (
    ConfirmOrder,
    OrderView,
    PlacedOrder,
    PlaceOrder,
    Quote,
    QuoteCheckout,
    SellerOrderView,
    ShipSellerOrder,
    ViewOrder,
)
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.handlers import TIMERS, answers, handlers
from marketplace_core.orders.ports import NO_TAXES, SignedOrderLinks, TaxCalculator
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.orders import ADA, ANN, BEN, BOB, HOME, an_offer
from tests.core.orders.neighbours import KnownBuyers, Provider, TableBasket, TableCheckout, TableQuotes

EUR = "EUR"
GUITAR = an_offer(1, ADA, 1_000, available=5)
STRINGS = an_offer(2, ADA, 250, available=5)
LAMP = an_offer(3, BOB, 6_000, available=5)


def a_buyer(user_id: UserId) -> Actor:
    return Actor(principal=user_id, user_id=user_id, roles=frozenset({Role.BUYER}))


def a_seller(seller_id: SellerId) -> Actor:
    owner = UserId(f"usr_of_{seller_id}")
    return Actor(principal=owner, user_id=owner, seller_id=seller_id, roles=frozenset({Role.BUYER, Role.SELLER}))


ANN_HERSELF, BEN_HIMSELF = a_buyer(ANN), a_buyer(BEN)
ADAS_SHOP, BOBS_SHOP = a_seller(ADA), a_seller(BOB)
OPERATOR = Actor(principal="usr_op", user_id=UserId("usr_op"), roles=frozenset({Role.OPERATOR}))


@define(kw_only=True)
class House:
    """Ann's cart holds two guitars and one lamp: 2 x 10.00 + 4.90 delivery, 60.00 with free delivery."""

    store: Store
    clock: FrozenClock
    buyers: KnownBuyers
    basket: TableBasket
    quotes: TableQuotes
    checkout: TableCheckout
    links: SignedOrderLinks
    market: Marketplace
    dispatcher: Dispatcher
    made: Callable[[CheckoutPolicy], tuple[Marketplace, Dispatcher]]

    def use(self, policy: CheckoutPolicy) -> None:
        """Go on under other terms, as a marketplace does that finds them stored."""
        self.market, self.dispatcher = self.made(policy)

    @property
    def provider(self) -> Provider:
        return self.checkout.provider

    async def execute(self, command: Any, by: Actor = ANN_HERSELF) -> Any:
        return await self.market.execute(command, by=by)

    async def ask(self, query: Any, by: Actor = ANN_HERSELF) -> Any:
        return await self.market.ask(query, by=by)

    async def quote(self, by: Actor = ANN_HERSELF) -> Quote:
        return await self.market.ask(QuoteCheckout(), by=by)

    async def place(self, by: Actor = ANN_HERSELF, key: str | None = None) -> PlacedOrder:
        quote = await self.quote(by)
        return await self.market.execute(self.order_of(quote, key), by=by)

    def order_of(self, quote: Quote, key: str | None = None) -> PlaceOrder:
        return PlaceOrder(quote_hash=quote.quote_hash, address=HOME, request_key=key)

    async def view(self, placed: PlacedOrder, by: Actor = ANN_HERSELF) -> OrderView:
        return await self.market.ask(ViewOrder(order_id=placed.order_id), by=by)

    async def part(self, placed: PlacedOrder, seller_id: SellerId = ADA) -> SellerOrderView:
        view = await self.view(placed)
        return next(one for one in view.seller_orders if one.seller_id == seller_id)

    async def quote_of_lamp_only(self) -> Quote:
        self.basket.fill("crt_0001", ANN, (LAMP, 1), version=2)
        return await self.quote()

    async def pay(self, placed: PlacedOrder) -> None:
        await self.checkout.pay(placed.payment.payment_id)
        await self.execute(ConfirmOrder(order_id=placed.order_id, captured=placed.total), SYSTEM)

    async def paid(self) -> PlacedOrder:
        placed = await self.place()
        await self.pay(placed)
        return placed

    async def shipped(self) -> tuple[PlacedOrder, SellerOrderId]:
        placed = await self.paid()
        part = await self.part(placed)
        await self.execute(
            ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="T1"), ADAS_SHOP
        )
        return placed, part.seller_order_id

    def events(self) -> list[Event]:
        rows: Table[StoredEvent] = self.store.table("outbox")
        return [row.envelope.event for row in rows]

    def deadlines(self) -> list[tuple[str, str]]:
        return [(row.kind, row.subject) for row in self.store.table("deadlines")]

    def stock(self) -> list[int]:
        return [self.quotes.available(one.offer_id) for one in (GUITAR, LAMP)]

    def versions(self) -> list[int]:
        tables: list[Table[Any]] = [self.store.table("orders_orders"), self.store.table("orders_seller_orders")]
        return [row.version for table in tables for row in table]

    def count(self, table: str) -> int:
        return len(self.store.table(table))


def open_house(
    policy: CheckoutPolicy | None = None, reactions: Sequence[Any] = (), taxes: TaxCalculator = NO_TAXES
) -> House:
    clock, ids = FrozenClock(), CountingIds()
    store = Store(clock, ids)
    basket, quotes, checkout = TableBasket(store), TableQuotes(store), TableCheckout(store, Provider())
    buyers, links = KnownBuyers(), SignedOrderLinks(b"a secret of the house")
    consumed = InMemoryConsumedMessages(store)

    def made(rules: CheckoutPolicy) -> tuple[Marketplace, Dispatcher]:
        market = Marketplace(
            handlers=[
                handlers(
                    begin=store.begin(InMemoryOrdersWork),
                    clock=clock,
                    ids=ids,
                    buyers=buyers,
                    basket=basket,
                    quotes=quotes,
                    checkout=checkout,
                    taxes=taxes,
                    policy=rules,
                )
            ],
            answers=[
                answers(
                    reader=InMemoryOrdersReader(store),
                    clock=clock,
                    basket=basket,
                    quotes=quotes,
                    checkout=checkout,
                    links=links,
                    taxes=taxes,
                    policy=rules,
                )
            ],
            reactions=reactions,
            timers=[TIMERS],
            reconciliations=[],
            pipeline=Pipeline(clock=clock, keys=InMemoryIdempotencyKeys(store), consumed=consumed),
        )
        dispatcher = Dispatcher(
            market=market,
            clock=clock,
            outbox=InMemoryOutbox(store),
            inbox=InMemoryInbox(store),
            deadlines=InMemoryDueDeadlines(store),
            publisher=ReactingPublisher(market),
        )
        return market, dispatcher

    market, dispatcher = made(policy or CheckoutPolicy())
    quotes.put(GUITAR, STRINGS, LAMP)
    basket.fill("crt_0001", ANN, (GUITAR, 2), (LAMP, 1))
    return House(
        store=store,
        clock=clock,
        buyers=buyers,
        links=links,
        basket=basket,
        quotes=quotes,
        checkout=checkout,
        market=market,
        dispatcher=dispatcher,
        made=made,
    )


def euros(amount_minor: int) -> Money:
    return Money(amount_minor, EUR)
