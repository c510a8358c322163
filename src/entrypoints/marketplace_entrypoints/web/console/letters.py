"""What nobody took: events and provider messages that were given up; and what was done by hand, and why."""

from starlette.responses import Response

from marketplace_core.operations import DiscardDeadLetter, ListActs, ListDeadLetters, ReplayDeadLetter
from marketplace_entrypoints.web.console.desk import carry_out, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit


async def letters(visit: Visit) -> Response:
    """List them."""
    return await _letters(visit, Form(language=visit.language), 200)


async def decide(visit: Visit) -> Response:
    """Have one tried again, or give it up for good; either for a reason."""
    form = await visit.form()
    name, reason = form.text("letter"), form.text("reason", required=True)
    if not form.fits:
        return await _letters(visit, form, 422)
    is_replayed = form.text("what") == "replay"
    command = ReplayDeadLetter(name) if is_replayed else DiscardDeadLetter(name)
    notice = "letter-replayed" if is_replayed else "letter-discarded"
    return await carry_out(visit, command, again=_letters, after="/console/letters", notice=notice, reason=reason)


async def acts(visit: Visit) -> Response:
    """List what was done by hand, the newest first."""
    return visit.page(
        "console/acts.html", said=said(visit.language), acts=await visit.ask(ListActs(page=turned(visit)))
    )


async def _letters(visit: Visit, form: Form, status: int) -> Response:
    return visit.page(
        "console/letters.html",
        status=status,
        said=said(visit.language),
        form=form,
        letters=await visit.ask(ListDeadLetters(page=turned(visit))),
    )
