"""A marketplace that is only a cart, with a shelf of offers."""

from typing import Any

from attrs import frozen

from marketplace_core.app import Marketplace
from marketplace_core.cart.handlers import answers, handlers
from marketplace_core.inmemory.cart import InMemoryCartReader, InMemoryCartsWork, InMemoryGuests, InMemoryOffers
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock


def a_buyer(name: str) -> Actor:
    return Actor(principal=f"usr_{name}", user_id=UserId(f"usr_{name}"), roles=frozenset({Role.BUYER}))


ANN = a_buyer("ann")
BEN = a_buyer("ben")
GUS = a_buyer("gus")
GUS_TOKEN = "the access token of Gus, who is a guest"


@frozen(kw_only=True)
class Stall:
    market: Marketplace
    shelf: InMemoryOffers
    reader: InMemoryCartReader
    ann: Actor = ANN
    ben: Actor = BEN

    async def execute(self, command: Any, by: Actor | None = None) -> Any:
        return await self.market.execute(command, by=by or self.ann)

    async def ask(self, query: Any, by: Actor | None = None) -> Any:
        return await self.market.ask(query, by=by or self.ann)


def open_stall() -> Stall:
    """Open an empty one."""
    clock, ids = FrozenClock(), CountingIds()
    store = Store(clock, ids)
    shelf, reader, guests = InMemoryOffers(), InMemoryCartReader(store), InMemoryGuests()
    guests.by_token[GUS_TOKEN] = GUS.own_user
    market = Marketplace(
        handlers=[handlers(begin=store.begin(InMemoryCartsWork), offers=shelf, guests=guests, clock=clock, ids=ids)],
        answers=[answers(reader=reader, offers=shelf)],
        reactions=[],
        timers=[],
        reconciliations=[],
        pipeline=Pipeline(clock=clock, keys=InMemoryIdempotencyKeys(store), consumed=InMemoryConsumedMessages(store)),
    )
    return Stall(market=market, shelf=shelf, reader=reader)
