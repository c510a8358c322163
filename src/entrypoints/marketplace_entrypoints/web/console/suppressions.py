"""Addresses that nothing is sent to."""

from starlette.responses import Response

from marketplace_core.notifications import LiftSuppression, ListSuppressions, SuppressAddress
from marketplace_entrypoints.web.console.desk import carry_out, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit

HERE = "/console/suppressions"


async def suppressions(visit: Visit) -> Response:
    """List them."""
    return await _shown(visit, Form(language=visit.language), 200)


async def suppress(visit: Visit) -> Response:
    """Send nothing to an address any more."""
    form = await visit.form()
    address, detail = form.text("address", required=True), form.text("detail", required=True)
    if not form.fits:
        return await _shown(visit, form, 422)
    command = SuppressAddress(address=address, detail=detail[:500])
    return await carry_out(visit, command, again=_shown, after=HERE, notice="address-suppressed", reason=detail[:500])


async def lift(visit: Visit) -> Response:
    """Send mails there again."""
    command = LiftSuppression(address=visit.named("address"))
    return await carry_out(visit, command, again=_shown, after=HERE, notice="address-lifted")


async def _shown(visit: Visit, form: Form, status: int) -> Response:
    found = await visit.ask(ListSuppressions(page=turned(visit)))
    return visit.page(
        "console/suppressions.html", status=status, said=said(visit.language), form=form, suppressions=found
    )
