"""The books: the trial balance, what the audit finds, and every journal."""

from starlette.responses import Response

from marketplace_core.payments import AuditBooks, BrakeView, ListBrakes, ListJournals, TrialBalance
from marketplace_core.payments.books import BrakeCause, BrakeNotFound
from marketplace_entrypoints.web.console.desk import turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.visit import Visit


async def books(visit: Visit) -> Response:
    """Show them; ``source`` narrows the journals to those of one payment, release or payout."""
    source = visit.asked("source", 100).strip()
    return visit.page(
        "console/books.html",
        brakes=await brakes_on(visit),
        said=said(visit.language),
        source=source,
        trial=await visit.ask(TrialBalance()),
        violations=await visit.ask(AuditBooks()),
        journals=await visit.ask(ListJournals(source_id=source or None, page=turned(visit))),
    )


def picked_cause(visit: Visit) -> BrakeCause:
    """Return what money is said to stand still for. Raises ``BrakeNotFound`` for anything else."""
    name = visit.named("cause")
    if name not in {one.value for one in BrakeCause}:
        raise BrakeNotFound("There is no such brake.")
    return BrakeCause(name)


async def brakes_on(visit: Visit) -> list[BrakeView]:
    """Return what makes money stand still now."""
    return [one for one in await visit.ask(ListBrakes()) if one.released_at is None]
