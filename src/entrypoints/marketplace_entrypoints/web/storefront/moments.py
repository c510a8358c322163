"""One entry of a story that is told on a page."""

from datetime import datetime
from typing import Literal

from attrs import frozen

Look = Literal["", "held", "ahead"]


@frozen(kw_only=True)
class Moment:
    """An entry: what happened when; ``look`` tells what is past, what is held, and what is still ahead."""

    words: str
    at: datetime | None = None
    look: Look = ""
