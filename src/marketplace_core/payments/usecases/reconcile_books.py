"""Reconcile the books: compare ours with the payment provider's, keep the result, tell what is new of it."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.comparison import Comparison
from marketplace_core.payments.domain.last_comparison import LastComparison
from marketplace_core.payments.ports import PaymentsWork


@frozen(kw_only=True)
class ReconcileBooks(Command[Comparison]):
    """Compare our books with the payment provider's own, and keep what was found."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True


@frozen(kw_only=True)
class ReconcileBooksHandler:
    """Compare the books and keep what was found.

    - A worker does so once a day, operators whenever they like.
    - Operators get one mail about what differs that did not differ the time before.
    - Nothing is mended: what differs is for a person to look into.
    - A comparison that fails leaves what was kept.
    """

    begin: Begin[PaymentsWork]
    compare: Callable[[Actor], Awaitable[Comparison]]
    clock: Clock

    async def __call__(self, command: ReconcileBooks, by: Actor) -> Comparison:
        """Carry it out. Raises ``BooksNotReadable``, ``ProviderUnavailable``."""
        began_at = self.clock.now()
        found = await self.compare(by)
        async with self.begin() as work:
            before = await work.comparisons.last(found.provider)
            last = LastComparison.after(before, found, began_at=began_at, by=by.principal)
            await work.comparisons.save(last)
        return found
