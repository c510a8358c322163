"""Owners are written to when a program of theirs is told nothing any more."""

from typing import Final

from marketplace_core.kernel.messages import Reaction, when
from marketplace_core.notifications import Notify, WebhookStopped
from marketplace_core.webhooks import DisabledBecause, EndpointDisabled


def _stopped(event: EndpointDisabled) -> tuple[Notify, ...]:
    about = WebhookStopped(
        endpoint_id=event.endpoint_id,
        seller_id=event.seller_id,
        url=event.url,
        gone=event.reason == DisabledBecause.GONE.value,
        since=event.since,
    )
    return (Notify(about=about),)


WEBHOOK_REACTIONS: Final[tuple[Reaction, ...]] = (when(EndpointDisabled, _stopped),)
