"""Webhooks on the command line, with programs that listen on this machine."""

from collections.abc import Sequence

from features.drivers.cli_door import CliDoor
from features.drivers.documents import deliveries_in
from features.drivers.names import slug
from features.drivers.receivers import WithReceivers
from features.drivers.seen import DeliverySeen


class CliWebhooks(WithReceivers, CliDoor):
    """Made, told, tried and sent again."""

    _webhooks: dict[str | None, str] | None = None

    def add_webhook(self, shop: str | None, *, event_type: str) -> str:
        words = (self.receivers.listen(shop), "--event", event_type, *self._whose(shop))
        made = self._do("webhook", "add", *words, person=self._owner(shop))
        self._webhooks = {**(self._webhooks or {}), shop: made["endpoint_id"]}
        return str(made["secret"])

    def add_webhook_at(self, shop: str, url: str) -> None:
        self._do("webhook", "add", url, *self._whose(shop), person=self._owner(shop))

    def new_secret(self, shop: str | None, *, by: str | None = None) -> str:
        return str(self._do("webhook", "rotate", self._webhook(shop), person=self._owner(by or shop))["secret"])

    def webhook_log(self, shop: str | None, *, seen_by: str | None = None) -> Sequence[DeliverySeen]:
        return deliveries_in(self._ask("webhook", "log", self._webhook(shop), person=self._owner(seen_by or shop)))

    def send_again(self, shop: str | None, *, by: str | None = None) -> None:
        (newest, *_) = self._ask("webhook", "log", self._webhook(shop), person=self._owner(shop))["items"]
        self._do("webhook", "replay", newest["delivery_id"], person=self._owner(by or shop))

    def close(self) -> None:
        super().close()
        self.receivers.close()

    def _whose(self, shop: str | None) -> tuple[str, ...]:
        return () if shop is None else ("--seller", self._ask("seller", "view", slug(shop))["seller_id"])

    def _owner(self, shop: str | None) -> str | None:
        return None if shop is None else self._owners[shop]

    def _webhook(self, shop: str | None) -> str:
        return (self._webhooks or {})[shop]
