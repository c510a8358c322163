"""An event bus carries events to other processes, ours and other people's. The marketplace does not need one.

The outbox is the truth and a bus is fast: what it delivers twice is recognised, what it loses is made up for.
"""

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError, Unavailable
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.outbox import EventPublisher


class BusUnavailable(Unavailable):
    """The bus cannot be reached, or did not answer in time. Nothing is lost: what waits goes on waiting."""

    code = "kernel.bus_unavailable"


class BusTooOld(MarketplaceError):
    """The server of the bus is of a version that is known to lose messages."""

    code = "kernel.bus_too_old"
    kind = ErrorKind.INVALID


@frozen(kw_only=True)
class Delivery:
    """One message that was taken off the bus. ``receipt`` is the bus's own.

    A message that cannot be read has no ``envelope`` and a ``complaint``; a message of strangers has no ``event_id``.
    """

    receipt: object
    event_id: EventId | None
    envelope: Envelope | None
    complaint: str = ""


class EventBus(EventPublisher, Protocol):
    """Publishes events, and offers what was published to one worker at a time, in the order of publishing."""

    async def publish(self, envelope: Envelope, *, anew: str = "") -> None:
        """Hand an event over; when it returns, the bus has stored it.

        Raises ``BusUnavailable``; the bus may have stored it all the same. The bus drops what was published a moment
        ago already, unless it is published ``anew``: under another name.
        """
        ...

    async def take(self, limit: int) -> Sequence[Delivery]:
        """Wait a moment for messages and take at most ``limit``. Raises ``BusUnavailable``.

        What is not ``done`` after some time is offered again, so often; then it is among the ``given_up``.
        """
        ...

    async def done(self, delivery: Delivery) -> None:
        """Have a message not offered again. Never fails: at worst it is offered again."""
        ...

    async def given_up(self) -> Sequence[EventId]:
        """Return the events that were offered in vain so often that the bus stopped; each is told at least once."""
        ...

    async def ready(self) -> None:
        """Make sure that the server is one we trust. Raises ``BusTooOld``, and ``BusUnavailable`` if it is away."""
        ...

    async def state(self) -> str:
        """Tell how the bus is, at once: ``up``, ``degraded`` (it comes and goes, or was not asked yet) or ``down``."""
        ...
