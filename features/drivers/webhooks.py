"""What steps about programs that are told ask of a door: webhooks."""

from collections.abc import Sequence
from typing import Protocol

from features.drivers.message import Message
from features.drivers.seen import DeliverySeen


class WebhookDriver(Protocol):
    """One webhook of a shop, or without a shop of the operators, and a program of theirs behind it."""

    def add_webhook(self, shop: str | None, *, event_type: str) -> str:
        """Have a program told of events of a type; return the secret that is shown for it."""
        ...

    def add_webhook_at(self, shop: str, url: str) -> None:
        """Ask, as the shop, to be told of everything at an address."""
        ...

    def new_secret(self, shop: str | None, *, by: str | None = None) -> str:
        """Have the webhook signed with a new secret, as its owner or as another shop; return what is shown."""
        ...

    def answer_webhook(self, shop: str | None, status: int) -> None:
        """Let the program answer so from now on."""
        ...

    def told(self, shop: str | None) -> Sequence[Message]:
        """Return what has arrived at the program, the oldest first."""
        ...

    def webhook_log(self, shop: str | None, *, seen_by: str | None = None) -> Sequence[DeliverySeen]:
        """Return the log of the webhook as its owner, or another shop, sees it, the newest first."""
        ...

    def send_again(self, shop: str | None, *, by: str | None = None) -> None:
        """Have the newest delivery sent again, as the webhook's owner or as another shop."""
        ...
