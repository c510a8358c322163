"""What operations tell."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.messages import Event


@frozen(kw_only=True)
class EventsStuck(Event):
    """Something is not delivered that was not known to be stuck; ``troubles`` say what, in words."""

    found_at: datetime
    troubles: tuple[str, ...]
