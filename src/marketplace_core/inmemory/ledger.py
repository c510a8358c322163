"""The books in memory, with the refusals of a database: append-only, no overdraft, each fact once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias, final

from attrs import evolve, frozen

from marketplace_core.inmemory.booked_rows import booked_rows
from marketplace_core.inmemory.lookouts import comparison_table
from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.kernel.work import note_step, present_circumstances
from marketplace_core.payments import (
    CHART,
    Account,
    AccountKind,
    AlreadyPosted,
    BalanceRule,
    BooksReader,
    BrakeView,
    InsufficientFunds,
    Journal,
    JournalView,
    PostedTransfer,
    TrialBalanceRow,
    TrialBalanceView,
    booked_as,
)
from marketplace_core.payments.books import Brake
from marketplace_core.payments.comparing import (
    BookRow,
    Entry,
    KeptComparison,
)
from marketplace_core.payments.ports import Ledger

CURSOR_PREFIX = "jrn_"
JournalName: TypeAlias = tuple[str, str, str, str]


@frozen(kw_only=True)
class AccountRow:
    """An account and what went through it, in minor units."""

    account: Account
    debits_minor: int = 0
    credits_minor: int = 0

    @property
    def balance_minor(self) -> int:
        """Debits − credits."""
        return self.debits_minor - self.credits_minor

    @property
    def is_overdrawn(self) -> bool:
        """Tell whether the account breaks its balance rule."""
        match self.account.heading.rule:
            case BalanceRule.CREDIT_NONNEG:
                return self.balance_minor > 0
            case BalanceRule.DEBIT_NONNEG:
                return self.balance_minor < 0
            case BalanceRule.FREE:
                return False


@frozen(kw_only=True)
class PostedJournal:
    """A journal in the books. ``number`` counts from 1."""

    number: int
    journal: Journal
    posted_at: datetime
    actor: str


@final
@frozen
class InMemoryLedger(Ledger):
    """Accounts and journals in tables."""

    store: Store

    async def post(self, journal: Journal, at: datetime) -> None:
        """Check everything, then write everything."""
        if not journal.transfers:
            return
        journals, rows = journal_table(self.store), account_table(self.store)
        name = _name(journal)
        if name in journals:
            raise AlreadyPosted(f"{journal.kind.value} of {journal.source_id} is in the books already.")
        changed: dict[str, AccountRow] = {}
        for transfer in journal.transfers:
            amount = transfer.amount.amount_minor
            for account, debit, credit in ((transfer.debit, amount, 0), (transfer.credit, 0, amount)):
                row = changed.get(account.code) or rows.get(account.code) or AccountRow(account=account)
                row = evolve(row, debits_minor=row.debits_minor + debit, credits_minor=row.credits_minor + credit)
                if row.is_overdrawn:
                    raise InsufficientFunds(f"{account.code} does not hold {transfer.amount}.", account=account.code)
                changed[account.code] = row
        for code, row in changed.items():
            rows.put(code, row)
        note_step(booked_as(journal))
        actor = present_circumstances().actor
        journals.put(name, PostedJournal(number=len(journals) + 1, journal=journal, posted_at=at, actor=actor))

    async def journals_of(self, source_id: str) -> Sequence[Journal]:
        """Filter; the table is in order."""
        return [posted.journal for posted in journal_table(self.store) if posted.journal.source_id == source_id]

    async def balance(self, account: Account) -> Money:
        """Read it off the row."""
        row = account_table(self.store).get(account.code)
        minor = row.balance_minor if row else 0
        return Money(minor if account.heading.type.grows_by_debit else -minor, account.currency)


@final
@frozen
class InMemoryBooksReader(BooksReader):
    """Sums and lists the same tables."""

    store: Store

    async def brakes(self, limit: int) -> Sequence[BrakeView]:
        """Sort and cut."""
        brakes: Table[Brake] = self.store.table("payments_brakes")
        return [BrakeView.of(one) for one in sorted(brakes, key=lambda one: one.brake_id, reverse=True)[:limit]]

    async def last_comparison(self, provider: str) -> KeptComparison | None:
        """Look it up."""
        found = comparison_table(self.store).get(provider)
        return None if found is None else found.kept

    async def trial_balance(self) -> TrialBalanceView:
        """Sum by kind and currency."""
        sums: defaultdict[tuple[AccountKind, str], list[int]] = defaultdict(lambda: [0, 0])
        for row in account_table(self.store):
            pair = sums[row.account.kind, row.account.currency]
            pair[0] += row.debits_minor
            pair[1] += row.credits_minor
        order = list(CHART)
        rows = tuple(
            TrialBalanceRow(
                kind=kind,
                currency=currency,
                debits=Money(debit, currency),
                credits=Money(credit, currency),
                balance=Money(debit - credit, currency),
            )
            for (kind, currency), (debit, credit) in sorted(
                sums.items(), key=lambda item: (item[0][1], order.index(item[0][0]))
            )
        )
        totals: defaultdict[str, int] = defaultdict(int)
        for one in rows:
            totals[one.currency] += one.balance.amount_minor
        return TrialBalanceView(
            rows=rows, sums=tuple(Money(minor, currency) for currency, minor in sorted(totals.items()))
        )

    async def journals(self, page: PageRequest, *, source_id: str | None) -> Page[JournalView]:
        """Filter, sort, cut."""
        before = _number(page.cursor)
        wanted = sorted(
            (
                posted
                for posted in journal_table(self.store)
                if source_id in {None, posted.journal.source_id} and (before is None or posted.number < before)
            ),
            key=lambda posted: -posted.number,
        )
        items = tuple(_viewed(posted) for posted in wanted[: page.limit])
        return Page(items=items, next_cursor=items[-1].journal_id if len(wanted) > page.limit else None)

    async def at_provider(self, entry: Entry, provider: str, page: PageRequest) -> Page[BookRow]:
        """Sort by key and cut."""
        wanted = sorted(
            (
                (key, row)
                for key, row in booked_rows(self.store, entry, provider)
                if page.cursor is None or key > page.cursor
            ),
            key=lambda keyed: keyed[0],
        )
        cut = wanted[: page.limit]
        return Page(items=tuple(row for _, row in cut), next_cursor=cut[-1][0] if len(wanted) > page.limit else None)


def account_table(store: Store) -> Table[AccountRow]:
    """Return the accounts by code."""
    return store.table("ledger_accounts")


def journal_table(store: Store) -> Table[PostedJournal]:
    """Return the journals by what they are about."""
    return store.table("ledger_journals")


def entries(store: Store) -> Iterator[tuple[Account, int, int]]:
    """Yield every side of every transfer: account, debit, credit, in minor units."""
    for posted in journal_table(store):
        for transfer in posted.journal.transfers:
            yield transfer.debit, transfer.amount.amount_minor, 0
            yield transfer.credit, 0, transfer.amount.amount_minor


def _name(journal: Journal) -> JournalName:
    return journal.kind.value, journal.source_type, journal.source_id, journal.leg


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    digits = cursor.removeprefix(CURSOR_PREFIX)
    if digits == cursor or not digits.isdecimal() or not digits.isascii():
        raise InvalidCursor("This cursor was not made by the list of journals.")
    return int(digits)


def _viewed(posted: PostedJournal) -> JournalView:
    return JournalView(
        journal_id=f"{CURSOR_PREFIX}{posted.number}",
        kind=posted.journal.kind,
        source_type=posted.journal.source_type,
        source_id=posted.journal.source_id,
        leg=posted.journal.leg,
        posted_at=posted.posted_at,
        actor=posted.actor,
        transfers=tuple(
            PostedTransfer(debit=transfer.debit.code, credit=transfer.credit.code, amount=transfer.amount)
            for transfer in posted.journal.transfers
        ),
    )
