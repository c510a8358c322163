"""How the core is reached: an open marketplace in memory, its clock, and who is who."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from features.drivers.driver import Refused
from features.drivers.names import email, slug
from marketplace_core import MarketplaceError
from marketplace_core.catalog import (
    ProductView,
    ViewProduct,
)
from marketplace_core.identity import (
    IdentifyUser,
    Session,
    ViewSeller,
)
from marketplace_core.inmemory import open_marketplace
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.ids import OrderId, ProductId, SellerId
from marketplace_core.kernel.messages import Command, Query
from marketplace_core.orders import (
    OrderView,
    SellerOrderView,
    ViewOrder,
)
from marketplace_core.testing.clock import CountingIds, FrozenClock

ResultT = TypeVar("ResultT")
OPERATOR = Actor(principal="operator", roles=frozenset({Role.OPERATOR}))


class CoreDoor:
    """Knows people, shops, products and orders by the names the features give them."""

    def __init__(self, folder: Path) -> None:
        self._clock = FrozenClock()
        self._runner = asyncio.Runner()
        self._opened = open_marketplace(clock=self._clock, ids=CountingIds())
        self._products: dict[str, ProductId] = {}
        self._orders: dict[str, OrderId] = {}
        self._quotes: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._guests: dict[str, Session] = {}
        self._has_category = False
        self._booked = 0

    def pass_time(self, *, minutes: int) -> None:
        self._clock.advance(timedelta(minutes=minutes))
        self._settle()

    def close(self) -> None:
        self._runner.close()

    def _person(self, person: str) -> Actor:
        guest = self._guests.get(person)
        return self._ask(IdentifyUser(user=guest.user_id if guest else email(person)), SYSTEM)

    def _of(self, shop: str) -> Actor:
        return self._person(self._owners[shop])

    def _seller(self, shop: str) -> SellerId:
        return self._ask(ViewSeller(seller=slug(shop)), SYSTEM).seller_id

    def _product(self, title: str) -> ProductView:
        return self._ask(ViewProduct(product_id=self._products[title]), SYSTEM)

    def _order(self, buyer: str) -> OrderView:
        return self._ask(ViewOrder(order_id=self._orders[buyer]), self._person(buyer))

    def _part(self, buyer: str, shop: str) -> SellerOrderView:
        (part,) = [part for part in self._order(buyer).seller_orders if part.seller_name == shop]
        return part

    def _do(self, command: Command[ResultT], by: Actor) -> ResultT:
        result = self._run(self._opened.market.execute(command, by=by))
        self._settle()
        return result

    def _ask(self, query: Query[ResultT], by: Actor) -> ResultT:
        return self._run(self._opened.market.ask(query, by=by))

    def _settle(self) -> None:
        self._run(self._opened.settle())

    def _run(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        return self._refusable(lambda: self._runner.run(work))

    @staticmethod
    def _refusable(action: Callable[[], ResultT]) -> ResultT:
        try:
            return action()
        except MarketplaceError as refusal:
            raise Refused(refusal.code, f"{refusal.message} {dict(refusal.facts)}") from refusal
