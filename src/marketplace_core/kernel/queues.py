"""Queues: an attempt is counted before it is made, so that what ends its process is known for it."""

from typing import Final, Generic, TypeVar

from attrs import frozen

ItemT = TypeVar("ItemT")
KEPT_SECONDS: Final = 30.0
"""How long what somebody has begun is kept from others: longer than anybody needs for it."""


@frozen(kw_only=True)
class Begun(Generic[ItemT]):
    """What is due and was begun now.

    ``attempts`` were made before this one. ``was_left`` tells that nobody came to the end of the last of them.
    """

    item: ItemT
    attempts: int
    was_left: bool
