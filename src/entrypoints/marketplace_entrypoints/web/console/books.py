"""The books: the trial balance, what the audit finds, and every journal."""

from starlette.responses import Response

from marketplace_core.payments import AuditBooks, ListJournals, TrialBalance
from marketplace_entrypoints.web.console.desk import turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.visit import Visit


async def books(visit: Visit) -> Response:
    """Show them; ``source`` narrows the journals to those of one payment, release or payout."""
    source = visit.asked("source", 100).strip()
    return visit.page(
        "console/books.html",
        said=said(visit.language),
        source=source,
        trial=await visit.ask(TrialBalance()),
        violations=await visit.ask(AuditBooks()),
        journals=await visit.ask(ListJournals(source_id=source or None, page=turned(visit))),
    )
