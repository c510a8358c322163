"""The books: the trial balance, what the audit finds, and every journal."""

from starlette.responses import Response

from marketplace_core.payments import AuditBooks, BrakeView, ListBrakes, ListJournals, TrialBalance
from marketplace_core.payments.books import BrakeCause, BrakeNotFound, ReleaseBrake
from marketplace_entrypoints.web.console.desk import carry_out, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit


async def books(visit: Visit) -> Response:
    """Show them; ``source`` narrows the journals to those of one payment, release or payout."""
    return await _books(visit, Form(language=visit.language), 200)


async def resume(visit: Visit) -> Response:
    """Let money go on that stands still, for a reason."""
    cause, form = picked_cause(visit), await visit.form()
    note = form.text("reason", required=True)
    if not form.fits:
        return await _books(visit, form, 422)
    command = ReleaseBrake(cause=cause, note=note)
    return await carry_out(visit, command, again=_books, after="/console/books", notice="money-resumed", reason=note)


def picked_cause(visit: Visit) -> BrakeCause:
    """Return what money is said to stand still for. Raises ``BrakeNotFound`` for anything else."""
    name = visit.named("cause")
    if name not in {one.value for one in BrakeCause}:
        raise BrakeNotFound("There is no such brake.")
    return BrakeCause(name)


async def _books(visit: Visit, form: Form, status: int) -> Response:
    source = visit.asked("source", 100).strip()
    return visit.page(
        "console/books.html",
        status=status,
        form=form,
        brakes=await brakes_on(visit),
        said=said(visit.language),
        source=source,
        trial=await visit.ask(TrialBalance()),
        violations=await visit.ask(AuditBooks()),
        journals=await visit.ask(ListJournals(source_id=source or None, page=turned(visit))),
    )


async def brakes_on(visit: Visit) -> list[BrakeView]:
    """Return what makes money stand still now."""
    return [one for one in await visit.ask(ListBrakes()) if one.released_at is None]
