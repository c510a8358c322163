"""Webhooks over HTTP, with programs that listen on this machine."""

from collections.abc import Sequence
from typing import Any

from features.drivers.documents import deliveries_in
from features.drivers.http_door import OPERATOR, HttpDoor
from features.drivers.receivers import WithReceivers
from features.drivers.seen import DeliverySeen


class HttpWebhooks(WithReceivers, HttpDoor):
    """Made, told, tried and sent again."""

    _webhooks: dict[str | None, str] | None = None

    def add_webhook(self, shop: str | None, *, event_type: str) -> str:
        made = self._make_webhook(shop, url=self.receivers.listen(shop), event_types=[event_type])
        self._webhooks = {**(self._webhooks or {}), shop: made["endpoint_id"]}
        return str(made["secret"])

    def add_webhook_at(self, shop: str, url: str) -> None:
        self._make_webhook(shop, url=url)

    def new_secret(self, shop: str | None, *, by: str | None = None) -> str:
        return str(self._send("POST", f"{self._webhook(shop)}/rotate", self._owner(by or shop))["secret"])

    def webhook_log(self, shop: str | None, *, seen_by: str | None = None) -> Sequence[DeliverySeen]:
        return deliveries_in(self._get(f"{self._webhook(shop)}/deliveries", self._owner(seen_by or shop)))

    def send_again(self, shop: str | None, *, by: str | None = None) -> None:
        (newest, *_) = self._get(f"{self._webhook(shop)}/deliveries", self._owner(shop))["items"]
        self._send("POST", f"/v1/webhook-deliveries/{newest['delivery_id']}/replay", self._owner(by or shop))

    def close(self) -> None:
        super().close()
        self.receivers.close()

    def _make_webhook(self, shop: str | None, **asked: Any) -> Any:
        whose = {} if shop is None else {"seller_id": self._seller(shop)}
        return self._send("POST", "/v1/webhook-endpoints", self._owner(shop), json={**asked, **whose})

    def _owner(self, shop: str | None) -> str:
        return OPERATOR if shop is None else self._owners[shop]

    def _webhook(self, shop: str | None) -> str:
        return f"/v1/webhook-endpoints/{(self._webhooks or {})[shop]}"
