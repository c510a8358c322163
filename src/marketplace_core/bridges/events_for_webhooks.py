"""Webhooks hear of what everybody tells, as far as others may hear of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, final

from attrs import frozen

from marketplace_core.bridges.audiences import PUBLIC, for_shop
from marketplace_core.kernel.contracts import contract_of, in_json
from marketplace_core.kernel.ids import EventId, SellerId
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.outbox import Outbox
from marketplace_core.webhooks import Message
from marketplace_core.webhooks.ports import PublicEvents

FOR_OPERATORS: Final = tuple(sorted(map(contract_of, PUBLIC)))
FOR_SHOPS: Final = tuple(sorted(contract_of(kind) for kind, audience in PUBLIC.items() if audience.shops is not None))


@final
@frozen
class OutboxEvents(PublicEvents):
    """Public events out of the outbox."""

    outbox: Outbox

    def types(self, seller_id: SellerId | None) -> Sequence[str]:
        """Look them up."""
        return FOR_OPERATORS if seller_id is None else FOR_SHOPS

    def told(self, envelope: Envelope, seller_id: SellerId | None) -> Message | None:
        """Cut out what is theirs."""
        event = envelope.event if seller_id is None else for_shop(envelope.event, seller_id)
        if event is None or type(event) not in PUBLIC:
            return None
        return Message.of(envelope.event_id, contract_of(type(event)), envelope.occurred_at, in_json(event))

    async def waiting(self, limit: int) -> Sequence[Envelope]:
        """Ask the outbox."""
        return await self.outbox.unannounced(limit)

    async def announced(self, envelopes: Sequence[Envelope]) -> None:
        """Tell the outbox."""
        await self.outbox.announced([envelope.event_id for envelope in envelopes])

    async def happened(self, since: datetime, until: datetime, after: EventId | None, limit: int) -> Sequence[Envelope]:
        """Ask the outbox, and leave out what is later."""
        found = await self.outbox.given_out(since, after, limit)
        return [envelope for envelope in found if envelope.occurred_at < until]
