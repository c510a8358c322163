"""The outbox as search needs it: which products something happened to."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, TypeAlias, get_args

from attrs import frozen

from marketplace_core.catalog import (
    OfferPriceChanged,
    ProductChanged,
    ProductPublished,
    ProductUnpublished,
    ProductVideoChanged,
    StockChanged,
)
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import EventId, ProductId
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.outbox import Outbox

FoundOtherwise: TypeAlias = (
    ProductPublished | ProductChanged | ProductUnpublished | OfferPriceChanged | StockChanged | ProductVideoChanged
)
INDEXED: Final[tuple[type[FoundOtherwise], ...]] = get_args(FoundOtherwise)
"""The events after which a product is found otherwise than before."""
AT_ONCE: Final = 500


@frozen(kw_only=True)
class OutboxChanges:
    """Products by the events that were given out, and by those that somebody may be reacting to just now."""

    outbox: Outbox
    clock: Clock

    async def __call__(self, moment: datetime) -> Collection[ProductId]:
        """Go through what is waiting first: what leaves it meanwhile is found among what was given out."""
        waiting = await self.outbox.waiting(self.clock.now(), AT_ONCE)
        found = {*_products([envelope for envelope, _ in waiting])}
        after: EventId | None = None
        while events := await self.outbox.given_out(moment, after, AT_ONCE):
            found |= _products(events)
            after = EventId(events[-1].event_id)
        return found


def _products(envelopes: Collection[Envelope]) -> set[ProductId]:
    return {envelope.event.product_id for envelope in envelopes if isinstance(envelope.event, INDEXED)}
