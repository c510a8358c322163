"""Whether the books are sound and agree with the provider's, what would mend them, and what makes money stand still."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from starlette.responses import Response

from marketplace_core.catalog import AuditStock
from marketplace_core.kernel.errors import MarketplaceError, Unavailable
from marketplace_core.payments import ListBrakes
from marketplace_core.payments.books import (
    CheckLiquidity,
    CorrectBooks,
    Cover,
    DiagnoseBooks,
    InspectBooks,
    ReleaseBrake,
)
from marketplace_core.payments.comparing import (
    BooksNotReadable,
    KeptComparison,
    NeverCompared,
    ReconcileBooks,
    ViewLastComparison,
)
from marketplace_entrypoints.web.console.books import picked_cause
from marketplace_entrypoints.web.console.desk import carry_out, move_money
from marketplace_entrypoints.web.console.findings import advice, check
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit


async def brakes(visit: Visit) -> Response:
    """Show what makes money stand still, and what did."""
    return await _brakes(visit, Form(language=visit.language), 200)


async def inspect(visit: Visit) -> Response:
    """Look at the books and at the balance at the provider now; set the brakes, or let go what is covered again."""
    form = await visit.form()
    await visit.execute(InspectBooks())
    try:
        found = await visit.execute(CheckLiquidity())
    except Unavailable as silence:
        form.refusal = visit.sentence(silence)
        return await _brakes(visit, form, 503)
    return await _brakes(visit, form, 200, covers=found.covers)


async def resume(visit: Visit) -> Response:
    """Let money go on that stands still, for a reason."""
    cause, form = picked_cause(visit), await visit.form()
    note = form.text("reason", required=True)
    if not form.fits:
        return await _brakes(visit, form, 422)
    command = ReleaseBrake(cause=cause, note=note)
    return await carry_out(visit, command, again=_brakes, after="/console/brakes", notice="money-resumed", reason=note)


async def doctor(visit: Visit) -> Response:
    """Show everything that is wrong, with the journals that would mend some of it."""
    return await _doctor(visit, Form(language=visit.language), 200)


async def correct(visit: Visit) -> Response:
    """Post the journals that were ticked, for a reason; or show what would be booked."""
    form = await visit.form()
    names = tuple(form.lists.get("names", ()))
    if not names:
        form.refusal = visit.language.say("Tick what is to be booked.")
        return await _doctor(visit, form, 422)
    command = CorrectBooks(names)
    return await move_money(visit, command, again=_doctor, after="/console/doctor", notice="books-corrected")


async def comparison(visit: Visit) -> Response:
    """Show what was found the last time, and how a comparison is begun."""
    try:
        last = await visit.ask(ViewLastComparison())
    except (BooksNotReadable, NeverCompared):
        last = None
    return _compared(visit, Form(language=visit.language), 200, last)


async def compare(visit: Visit) -> Response:
    """Compare our books with the provider's own, now."""
    form = await visit.form()
    try:
        await visit.execute(ReconcileBooks())
    except (BooksNotReadable, Unavailable) as refusal:
        return await _unread(visit, form, refusal)
    return _compared(visit, form, 200, await visit.ask(ViewLastComparison()))


async def _unread(visit: Visit, form: Form, refusal: MarketplaceError) -> Response:
    form.refusal = visit.sentence(refusal)
    return _compared(visit, form, 503, None)


def _compared(visit: Visit, form: Form, status: int, found: KeptComparison | None) -> Response:
    return visit.page(
        "console/comparison.html",
        status=status,
        said=said(visit.language),
        form=form,
        found=found,
        total=sum(count for _, count in found.counts) if found else 0,
        took=(found.compared_at - found.began_at).total_seconds() if found else 0,
        fresh=frozenset(found.fresh) if found else frozenset(),
        advice=partial(advice, visit.language),
    )


async def _brakes(visit: Visit, form: Form, status: int, *, covers: Sequence[Cover] | None = None) -> Response:
    found = await visit.ask(ListBrakes())
    return visit.page(
        "console/brakes.html",
        status=status,
        said=said(visit.language),
        form=form,
        on=[one for one in found if one.released_at is None],
        over=[one for one in found if one.released_at is not None],
        covers=covers,
        check=partial(check, visit.language),
    )


async def _doctor(visit: Visit, form: Form, status: int) -> Response:
    found = await visit.execute(DiagnoseBooks())
    return visit.page(
        "console/doctor.html",
        status=status,
        said=said(visit.language),
        form=form,
        violations=found.violations,
        proposals=found.proposals,
        stock=await visit.ask(AuditStock()),
        check=partial(check, visit.language),
        ticked=frozenset[Any](form.lists.get("names", ())),
    )
