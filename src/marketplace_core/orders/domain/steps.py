"""What happened to an order, for everybody to read."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.machines import Who


@frozen(kw_only=True)
class Step:
    """One entry of a timeline: when, which state was reached, and which kind of actor did it (never who exactly)."""

    at: datetime
    what: str
    who: Who
