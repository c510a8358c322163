"""What providers tell us: verified, stored, answered; acted upon later.

A provider's message is only a hint that something changed. The command it leads to fetches the provider's object and
applies *that*, so order, repetition and loss do not matter.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from attrs import frozen

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.queues import Begun


class InvalidSignature(InvalidInput):
    """The message was not signed by the provider, or too long ago. Nothing was stored."""

    code = "kernel.invalid_signature"


@frozen(kw_only=True)
class ProviderMessage:
    """A provider's message in our words.

    ``subject`` says what it is about (``payment``, ``payout``, ``video``) and ``reference`` is *our* identifier of it,
    or the provider's for a subject that says so (``disputed_payment``);
    a message about nothing of ours has ``reference`` None and is stored as ignored.
    """

    provider: str
    message_id: str
    type: str
    subject: str | None
    reference: str | None
    raw: bytes


class ProviderMessages(Protocol):
    """Reads what a provider posts: verify first, then parse."""

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> ProviderMessage:
        """Return the message in our words.

        Header names are lower case. Raises ``InvalidSignature``; raises ``InvalidInput`` for a well-signed body that is
        not a message of this provider.
        """
        ...


class Inbox(Protocol):
    """Stored provider messages. Each method is a transaction of its own."""

    async def remember(self, message: ProviderMessage, now: datetime) -> bool:
        """Store a message once per (provider, message_id); tell whether it was new."""
        ...

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[ProviderMessage] | None:
        """Count an attempt at an unprocessed message that is due for one, for whoever makes it now; None: none is.

        Whichever has been due for longest comes first, so that what fails again and again holds up nobody.
        It is kept from everybody for ``KEPT_SECONDS``, or until it has failed. After that it was ``left``, and is for
        whoever asks for that; others do not get it. An attempt that ends the process is counted, too.
        """
        ...

    async def any_left(self, now: datetime) -> bool:
        """Tell whether there is anything that was left."""
        ...

    async def processed(self, message: ProviderMessage, now: datetime) -> None:
        """Mark a message as done."""
        ...

    async def failed(self, message: ProviderMessage, error: str, retry_at: datetime | None) -> None:
        """Note that the attempt that ``begin`` counted failed; ``retry_at`` None puts the message into quarantine."""
        ...
