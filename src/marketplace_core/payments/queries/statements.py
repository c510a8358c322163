"""A seller's statement: what there was, what came and went, what there is; to the cent."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments.queries.entries import BalanceEntry, BalanceHeading
from marketplace_core.payments.queries.readers import PaymentsReader

LINES_MAX: Final = 5_000
"""So many lines a statement has at most; a longer one is asked for in shorter periods."""
_PAGE: Final = 100
SECTIONS: Final = (BalanceHeading.PAYABLE, BalanceHeading.RESERVE, BalanceHeading.IN_PAYOUT, BalanceHeading.DEBT)


class MalformedStatement(InvalidInput):
    """A period that ends before it begins, or one with more lines than a statement takes."""

    code = "payments.malformed_statement"


@frozen(kw_only=True)
class StatementSection:
    """One figure of the balance over a period: ``opening`` + the amounts of the lines = ``closing``; oldest first."""

    heading: BalanceHeading
    opening: Money
    lines: tuple[BalanceEntry, ...]
    closing: Money


@frozen(kw_only=True)
class SellerStatement:
    """What a seller had and has of ours: payable, in reserve and on its way to the bank, less what they owe.

    ``since`` belongs to the period, ``until`` does not.
    """

    seller_id: SellerId
    currency: str
    since: datetime
    until: datetime
    opening: Money
    movements: Money
    closing: Money
    sections: tuple[StatementSection, ...]


@frozen(kw_only=True)
class ViewStatement(Query[SellerStatement]):
    """Ask for the statement of a shop over a period, in one currency."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId
    currency: str
    since: datetime
    until: datetime


@frozen(kw_only=True)
class StatementAnswers:
    """Puts statements together from what the books say about each figure."""

    reader: PaymentsReader

    async def statement(self, query: ViewStatement, by: Actor) -> SellerStatement:
        """Answer with a statement. Raises ``NotFound`` for a foreign shop, ``MalformedStatement``."""
        by.require_seller(query.seller_id)
        currency = Money.zero(query.currency).currency
        if query.since >= query.until:
            raise MalformedStatement("A period ends after it begins.")
        sections = [await self._section(query, currency, heading) for heading in SECTIONS]
        opening, closing = Money.zero(currency), Money.zero(currency)
        for section in sections:
            is_debt = section.heading is BalanceHeading.DEBT
            opening = opening - section.opening if is_debt else opening + section.opening
            closing = closing - section.closing if is_debt else closing + section.closing
        return SellerStatement(
            seller_id=query.seller_id,
            currency=currency,
            since=query.since,
            until=query.until,
            opening=opening,
            movements=closing - opening,
            closing=closing,
            sections=tuple(sections),
        )

    async def _section(self, query: ViewStatement, currency: str, heading: BalanceHeading) -> StatementSection:
        lines: list[BalanceEntry] = []
        closing: Money | None = None
        cursor: str | None = None
        while True:
            page = await self.reader.balance_entries(
                PageRequest(limit=_PAGE, cursor=cursor),
                seller_id=query.seller_id,
                currency=currency,
                heading=heading,
            )
            for entry in page.items:
                if entry.posted_at >= query.until:
                    continue
                closing = entry.balance if closing is None else closing
                if entry.posted_at < query.since:
                    return _section(heading, entry.balance, lines, closing)
                lines.append(entry)
            if len(lines) > LINES_MAX:
                raise MalformedStatement(f"More than {LINES_MAX} lines: ask for a shorter period.")
            if page.next_cursor is None:
                zero = Money.zero(currency)
                return _section(heading, zero, lines, zero if closing is None else closing)
            cursor = page.next_cursor


def _section(heading: BalanceHeading, opening: Money, lines: list[BalanceEntry], closing: Money) -> StatementSection:
    return StatementSection(heading=heading, opening=opening, lines=tuple(reversed(lines)), closing=closing)
