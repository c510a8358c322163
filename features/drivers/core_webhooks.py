"""Webhooks, in the core: the sender in memory keeps what programs would have heard."""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from features.drivers.core_door import OPERATOR, CoreDoor
from features.drivers.message import Message
from features.drivers.names import slug
from features.drivers.seen import DeliverySeen
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import EndpointId
from marketplace_core.webhooks import (
    ListDeliveries,
    MakeEndpoint,
    ReplayDelivery,
    RotateSecret,
    ViewEndpointSecret,
)
from marketplace_core.webhooks.ports import Answer

TAKEN: Final = 204
FOR_LONG: Final = 100
"""How many attempts a program answers badly before it answers well again, unless it is told to sooner."""


class CoreWebhooks(CoreDoor):
    """Made, told, tried and sent again."""

    _webhooks: dict[str | None, EndpointId] | None = None

    def add_webhook(self, shop: str | None, *, event_type: str) -> str:
        seller_id = None if shop is None else self._seller(shop)
        made = MakeEndpoint(seller_id=seller_id, url=_address(shop), event_types=(event_type,))
        self._webhooks = {**(self._webhooks or {}), shop: self._do(made, self._owner(shop))}
        return self._shown(shop, self._owner(shop))

    def add_webhook_at(self, shop: str, url: str) -> None:
        if not ip_address(urlsplit(url).hostname or "").is_global:
            self._opened.webhook_sender.forbidden.add(url)
        self._do(MakeEndpoint(seller_id=self._seller(shop), url=url), self._of(shop))

    def new_secret(self, shop: str | None, *, by: str | None = None) -> str:
        who = self._owner(by or shop)
        self._do(RotateSecret(endpoint_id=self._webhook(shop)), who)
        return self._shown(shop, who)

    def answer_webhook(self, shop: str | None, status: int) -> None:
        answers = [] if status == TAKEN else [Answer(status=status, text="")] * FOR_LONG
        self._opened.webhook_sender.outcomes[_address(shop)] = [*answers]

    def told(self, shop: str | None) -> Sequence[Message]:
        posted = self._opened.webhook_sender.posted
        return [Message(headers=one.headers, body=one.body) for one in posted if one.url == _address(shop)]

    def webhook_log(self, shop: str | None, *, seen_by: str | None = None) -> Sequence[DeliverySeen]:
        found = self._ask(ListDeliveries(endpoint_id=self._webhook(shop)), self._owner(seen_by or shop))
        return [
            DeliverySeen(
                event_id=one.event_id,
                event_type=one.event_type,
                state=one.state.value,
                attempts=one.attempts,
                status=one.status,
            )
            for one in found.items
        ]

    def send_again(self, shop: str | None, *, by: str | None = None) -> None:
        newest = self._ask(ListDeliveries(endpoint_id=self._webhook(shop)), self._owner(shop)).items[0]
        self._do(ReplayDelivery(delivery_id=newest.delivery_id), self._owner(by or shop))

    def _shown(self, shop: str | None, by: Actor) -> str:
        return self._ask(ViewEndpointSecret(endpoint_id=self._webhook(shop)), by)

    def _owner(self, shop: str | None) -> Actor:
        return OPERATOR if shop is None else self._of(shop)

    def _webhook(self, shop: str | None) -> EndpointId:
        return (self._webhooks or {})[shop]


def _address(shop: str | None) -> str:
    return f"https://{slug(shop or 'operators')}.example/in"
