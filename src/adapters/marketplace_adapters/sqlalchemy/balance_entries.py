"""The lines of the books behind a seller's balance, in one statement."""

from typing import Any, Final

from sqlalchemy import CompoundSelect, Row, Select, func, select, union_all

from marketplace_adapters.sqlalchemy.tables.ledger import accounts, journals, transfers
from marketplace_adapters.sqlalchemy.tables.payments import holds
from marketplace_adapters.sqlalchemy.tables.payouts import payouts
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import AT_THE_BANK, AccountKind, BalanceEntry, BalanceHeading, JournalKind

ENTRY_PREFIX: Final = "trf_"


def entries_page(page: PageRequest, seller_id: SellerId, currency: str, heading: BalanceHeading) -> Select[Any]:
    """Return the statement of a page of entries and one more, newest first.

    The running figure needs every entry of the heading, read off the indexes of the seller's own accounts; what is
    shown of an entry is joined for the page alone.
    """
    lines = _lines(seller_id, currency, heading).subquery("lines")
    summed = select(lines, func.sum(lines.c.added_minor).over(order_by=lines.c.id).label("balance_minor")).subquery()
    chosen = select(summed).order_by(summed.c.id.desc()).limit(page.limit + 1)
    if page.cursor is not None:
        chosen = chosen.where(summed.c.id < _number(page.cursor))
    cut, other = chosen.subquery("cut"), accounts.alias("other")
    return (
        select(
            cut,
            other.c.kind.label("counterpart"),
            journals.c.kind,
            journals.c.source_type,
            journals.c.source_id,
            journals.c.seller_order_id,
            journals.c.posted_at,
        )
        .join(journals, journals.c.id == cut.c.journal_id)
        .join(other, other.c.id == cut.c.other_id)
        .order_by(cut.c.id.desc())
    )


def entry_of(row: Row[Any], currency: str, heading: BalanceHeading) -> BalanceEntry:
    """Return the entry of a row under its heading."""
    return BalanceEntry.of(
        entry_id=f"{ENTRY_PREFIX}{row.id}",
        posted_at=row.posted_at,
        kind=JournalKind(row.kind),
        source_type=row.source_type,
        source_id=row.source_id,
        part=row.seller_order_id,
        own=heading.account_kind,
        subject=row.subject,
        counterpart=AccountKind(row.counterpart),
        amount=Money(row.added_minor, currency),
        balance=Money(row.balance_minor, currency),
    )


def _lines(seller_id: SellerId, currency: str, heading: BalanceHeading) -> CompoundSelect[Any]:
    """Select the transfers of the seller's accounts under a heading: what each added, and the account opposite."""
    own = (
        select(accounts.c.id, accounts.c.subject)
        .where(
            accounts.c.kind == heading.account_kind.value,
            accounts.c.currency == currency,
            accounts.c.subject.in_(_subjects(seller_id, heading)),
        )
        .cte("own")
    )

    def moved(own_side: Any, other_side: Any, added_minor: Any) -> Select[Any]:
        return select(
            transfers.c.id,
            transfers.c.journal_id,
            own.c.subject,
            other_side.label("other_id"),
            added_minor.label("added_minor"),
        ).join(own, own.c.id == own_side)

    debit, credit, amount = transfers.c.debit_account_id, transfers.c.credit_account_id, transfers.c.amount_minor
    sign = -1 if heading.grows_by_debit else 1
    both = (moved(credit, debit, sign * amount), moved(debit, credit, -sign * amount))
    if heading is BalanceHeading.PAID:
        at_the_bank = journals.c.kind.in_(sorted(kind.value for kind in AT_THE_BANK))
        return union_all(
            *(lines.join(journals, journals.c.id == transfers.c.journal_id).where(at_the_bank) for lines in both)
        )
    return union_all(*both)


def _subjects(seller_id: SellerId, heading: BalanceHeading) -> Any:
    match heading:
        case BalanceHeading.HELD:
            return select(holds.c.seller_order_id).where(holds.c.seller_id == seller_id)
        case BalanceHeading.PAYABLE | BalanceHeading.RESERVE | BalanceHeading.DEBT:
            return [seller_id]
        case BalanceHeading.IN_PAYOUT | BalanceHeading.PAID:
            return select(payouts.c.payout_id).where(payouts.c.seller_id == seller_id)


def _number(cursor: str) -> int:
    digits = cursor.removeprefix(ENTRY_PREFIX)
    if digits == cursor or not (digits.isascii() and digits.isdecimal() and len(digits) < 19):
        raise InvalidCursor("This cursor was not made by the list of balance entries.")
    return int(digits)
