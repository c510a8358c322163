"""How our books and the payment provider's differ."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.payments.domain.accounts import AccountKind
from marketplace_core.payments.domain.comparison import (
    LISTED,
    BookRow,
    Books,
    Comparison,
    Entry,
    ProviderBalances,
    compare,
)
from marketplace_core.payments.domain.errors import BooksNotReadable, NeverCompared
from marketplace_core.payments.domain.last_comparison import KeptComparison
from marketplace_core.payments.ports import ProviderBooks
from marketplace_core.payments.queries.readers import BooksReader


@frozen(kw_only=True)
class CompareBooks(Query[Comparison]):
    """Compare our books with the payment provider's own, row by row and sum by sum."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class CompareBooksHandler:
    """Reads both books and compares them.

    Ours are read first, so that what is found while money moves is news that is still on its way to us: it is gone the
    next time, whereas what is wrong stays. Sums cover one provider: that of these books.
    """

    books: BooksReader
    provider_books: ProviderBooks | None
    clock: Clock

    async def __call__(self, query: CompareBooks, by: Actor) -> Comparison:
        """Answer with the differences. Raises ``BooksNotReadable``, ``ProviderUnavailable``."""
        source = self.provider_books
        if source is None:
            raise BooksNotReadable("The books of this payment provider cannot be read.")
        ours = await self._ours(source.provider)
        theirs = Books(
            rows=tuple([row for entry in (*LISTED, Entry.MOVEMENT) for row in await source.rows(entry)]),
            balances=await source.balances(),
        )
        return Comparison(
            provider=source.provider,
            compared_at=self.clock.now(),
            our_rows=len(ours.rows),
            their_rows=len(theirs.rows),
            discrepancies=compare(ours, theirs),
        )

    async def _ours(self, provider: str) -> Books:
        sums = (await self.books.trial_balance()).rows

        def of(kind: AccountKind) -> tuple[Money, ...]:
            return tuple(row.balance for row in sums if row.kind is kind)

        return Books(
            rows=tuple([row for entry in LISTED for row in await self._all(entry, provider)]),
            balances=ProviderBalances(platform=of(AccountKind.PSP), sellers=of(AccountKind.WALLET)),
        )

    async def _all(self, entry: Entry, provider: str) -> list[BookRow]:
        page = await self.books.at_provider(entry, provider, PageRequest(limit=PAGE_SIZE_MAX))
        rows = list(page.items)
        while page.next_cursor is not None:
            page = await self.books.at_provider(
                entry, provider, PageRequest(limit=PAGE_SIZE_MAX, cursor=page.next_cursor)
            )
            rows += page.items
        return rows


@frozen(kw_only=True)
class ViewLastComparison(Query[KeptComparison]):
    """Look at how the books were compared the last time, without comparing them."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class LastComparisonAnswers:
    """Answers with what was kept."""

    books: BooksReader
    provider_books: ProviderBooks | None

    async def __call__(self, query: ViewLastComparison, by: Actor) -> KeptComparison:
        """Answer with it. Raises ``BooksNotReadable``, ``NeverCompared``."""
        if self.provider_books is None:
            raise BooksNotReadable("The books of this payment provider cannot be read.")
        found = await self.books.last_comparison(self.provider_books.provider)
        if found is None:
            raise NeverCompared("Our books were not compared with this provider's yet.")
        return found
