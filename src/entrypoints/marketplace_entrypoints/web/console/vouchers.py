"""The marketplace's own vouchers."""

import re
from typing import Final

from starlette.responses import Response

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import VoucherId
from marketplace_core.orders import ListVouchers, StopVoucher
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.console.desk import turned
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit
from marketplace_entrypoints.web.vouchers import FIELDS, asked_for, shown

_CURRENCY: Final = re.compile("[A-Z]{3}")


async def vouchers(visit: Visit) -> Response:
    """List them, the newest first."""
    return await _page(visit, Form(language=visit.language))


async def make(visit: Visit) -> Response:
    """Make another one."""
    form = await visit.form()
    currency = form.text("currency").upper()
    if not _CURRENCY.fullmatch(currency):
        form.errors["currency"] = visit.language.say("A currency is three capital letters, such as EUR.")
        return await _page(visit, form, 422)
    command = asked_for(form, seller_id=None, currency=currency)
    if command is None:
        return await _page(visit, form, 422)
    try:
        await visit.execute(command)
    except MarketplaceError as refusal:
        visit.blame(form, refusal, *FIELDS)
        return await _page(visit, form, status_of(refusal))
    return visit.go("/console/vouchers", "voucher-made")


async def stop(visit: Visit) -> Response:
    """Let nobody use one any more."""
    await visit.execute(StopVoucher(voucher_id=VoucherId(visit.named("voucher_id"))))
    return visit.go("/console/vouchers", "voucher-stopped")


async def _page(visit: Visit, form: Form, status: int = 200) -> Response:
    found = await visit.ask(ListVouchers(seller_id=None, page=turned(visit)))
    return visit.page(
        "console/vouchers.html",
        status=status,
        form=form,
        vouchers=shown(visit.language, found),
        next_cursor=found.next_cursor,
    )
