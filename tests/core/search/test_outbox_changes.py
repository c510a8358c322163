"""What changed while an index was built is in the outbox, waiting or given out."""

from datetime import timedelta

from attrs import evolve

from marketplace_core.bridges.outbox_for_search import OutboxChanges
from marketplace_core.catalog import ProductUnpublished
from marketplace_core.identity import SellerClosed
from marketplace_core.inmemory.machinery import InMemoryOutbox
from marketplace_core.inmemory.store import Store, StoredEvent
from marketplace_core.kernel.ids import EventId, ProductId, SellerId
from marketplace_core.kernel.messages import Envelope, Event
from marketplace_core.testing.clock import CountingIds, FrozenClock


def stored(number: int, event: Event, age_seconds: float, *, is_given_out: bool) -> StoredEvent:
    moment = FrozenClock().now()
    envelope = Envelope(
        event_id=EventId(f"evt_{number}"),
        event=event,
        aggregate_type="product",
        aggregate_id=str(number),
        sequence=1,
        occurred_at=moment - timedelta(seconds=age_seconds),
        actor="system",
    )
    return StoredEvent(envelope=envelope, published_at=moment if is_given_out else None)


async def test_products_are_those_of_events_since_then_that_were_given_out_and_of_all_that_wait() -> None:
    clock = FrozenClock()
    store = Store(clock, CountingIds())
    early, late, waiting = (ProductUnpublished(product_id=ProductId(name)) for name in ("early", "late", "waiting"))
    rows = [
        stored(1, early, 3_600, is_given_out=True),
        stored(2, late, 10, is_given_out=True),
        stored(3, SellerClosed(seller_id=SellerId("sel_1")), 5, is_given_out=True),
        stored(4, waiting, 7_200, is_given_out=False),
        *(stored(number, evolve(late), 1, is_given_out=True) for number in range(5, 1_500)),
        stored(1_500, ProductUnpublished(product_id=ProductId("last")), 0, is_given_out=True),
    ]
    for row in rows:
        store.table("outbox").put(row.envelope.event_id, row)
    changes = OutboxChanges(outbox=InMemoryOutbox(store), clock=clock)

    assert await changes(clock.now() - timedelta(minutes=1)) == {"late", "waiting", "last"}
    assert await changes(clock.now() - timedelta(days=1)) == {"early", "late", "waiting", "last"}
