"""A seller's statement as a table that spreadsheets read, and that does nothing in them."""

import csv
import io
from typing import Final

from marketplace_core.kernel.money import Money
from marketplace_core.payments.books import SellerStatement

HEADINGS: Final = ("section", "posted", "fact", "counterpart", "about", "amount", "balance", "currency")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would carry out."""


def as_csv(statement: SellerStatement) -> str:
    """Return the statement with one line per movement and the sums around them; amounts are plain decimals."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(HEADINGS)
    lines.writerow(("all", statement.since.isoformat(), "opening", "", "", "", *_sum(statement.opening)))
    for section in statement.sections:
        name = section.heading.value
        lines.writerow((name, statement.since.isoformat(), "opening", "", "", "", *_sum(section.opening)))
        for line in section.lines:
            about = line.seller_order_id or line.payout_id or ""
            words = (name, line.posted_at.isoformat(), line.kind.value, line.counterpart.value, about)
            lines.writerow((*(harmless(word) for word in words), _plain(line.amount), *_sum(line.balance)))
        lines.writerow((name, statement.until.isoformat(), "closing", "", "", "", *_sum(section.closing)))
    lines.writerow(
        ("all", statement.until.isoformat(), "closing", "", "", _plain(statement.movements), *_sum(statement.closing))
    )
    return written.getvalue()


def harmless(word: str) -> str:
    """Return a word that no spreadsheet takes for a formula."""
    return f"'{word}" if word.startswith(_FORMULA) else word


def _sum(amount: Money) -> tuple[str, str]:
    return _plain(amount), amount.currency


def _plain(amount: Money) -> str:
    return str(amount).partition(" ")[0]
