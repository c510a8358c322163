"""Queues: an attempt is counted before it is made, so that what ends its process is known for it.

What nobody came to the end of was *left*. It may have been that which ended the process, or anything that was under way
beside it. So what was left is done alone from then on, and what ends the process again is found.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final, Generic, TypeVar

from attrs import define, field, frozen

ItemT = TypeVar("ItemT")
KEPT_SECONDS: Final = 30.0
"""How long what somebody has begun is kept from others: longer than anybody needs for it."""


@frozen(kw_only=True)
class Begun(Generic[ItemT]):
    """What is due and was begun now. ``attempts`` were made before this one."""

    item: ItemT
    attempts: int


@define(eq=False)
class Floor:
    """Where one process works at its queues: many things side by side, or one alone."""

    _changed: asyncio.Condition = field(factory=asyncio.Condition, init=False)
    _side_by_side: int = field(default=0, init=False)
    _alone: bool = field(default=False, init=False)

    @asynccontextmanager
    async def beside_others(self) -> AsyncGenerator[None]:
        """Work while others do, once nobody works alone or is about to."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._alone)
            self._side_by_side += 1
        try:
            yield
        finally:
            async with self._changed:
                self._side_by_side -= 1
                self._changed.notify_all()

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        """Work while nobody else does: what is under way is waited for, and nothing is begun meanwhile."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._alone)
            self._alone = True
        try:
            async with self._changed:
                await self._changed.wait_for(lambda: not self._side_by_side)
            yield
        finally:
            async with self._changed:
                self._alone = False
                self._changed.notify_all()
