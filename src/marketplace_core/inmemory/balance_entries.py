"""The lines of the books behind a seller's balance, in memory."""

from collections.abc import Collection, Iterator
from itertools import count
from typing import Final, TypeAlias

from marketplace_core.inmemory.ledger import PostedJournal, journal_table
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor
from marketplace_core.payments import AT_THE_BANK, Account, BalanceEntry, BalanceHeading, Transfer

ENTRY_PREFIX: Final = "trf_"
Line: TypeAlias = tuple[Account, Account, int]
"""Whose account it is under the heading, the account on the other side, and what was added in minor units."""


def balance_entries(
    store: Store, heading: BalanceHeading, subjects: Collection[str], currency: str
) -> list[BalanceEntry]:
    """Return every entry on the accounts of such subjects, oldest first."""
    numbers, balance, found = count(1), Money.zero(currency), []
    for posted in sorted(journal_table(store), key=lambda one: one.number):
        for transfer in posted.journal.transfers:
            number = next(numbers)
            for own, other, added_minor in _lines(posted, transfer, heading):
                if own.subject not in subjects or own.currency != currency:
                    continue
                amount = Money(added_minor, currency)
                balance = balance + amount
                found.append(
                    BalanceEntry.of(
                        entry_id=f"{ENTRY_PREFIX}{number}",
                        posted_at=posted.posted_at,
                        kind=posted.journal.kind,
                        source_type=posted.journal.source_type,
                        source_id=posted.journal.source_id,
                        part=posted.journal.seller_order_id,
                        own=own.kind,
                        subject=own.subject,
                        counterpart=other.kind,
                        amount=amount,
                        balance=balance,
                    )
                )
    return found


def entry_number(name: str) -> int:
    """Return the number in an entry's name, or raise ``InvalidCursor``."""
    digits = name.removeprefix(ENTRY_PREFIX)
    if digits == name or not (digits.isascii() and digits.isdecimal()):
        raise InvalidCursor("This cursor was not made by the list of balance entries.")
    return int(digits)


def _lines(posted: PostedJournal, transfer: Transfer, heading: BalanceHeading) -> Iterator[Line]:
    minor = transfer.amount.amount_minor
    if heading is BalanceHeading.PAID and posted.journal.kind not in AT_THE_BANK:
        return
    if heading.grows_by_debit:
        minor = -minor
    if transfer.credit.kind is heading.account_kind:
        yield transfer.credit, transfer.debit, minor
    if transfer.debit.kind is heading.account_kind:
        yield transfer.debit, transfer.credit, -minor
