"""Payouts: what is on its way to sellers, and what did not get there."""

from typing import Final

from starlette.responses import Response

from marketplace_core.kernel.ids import PayoutId
from marketplace_core.payments import (
    CancelPayout,
    HoldPayout,
    ListJournals,
    ListPayouts,
    PayoutState,
    PayoutView,
    RetryPayout,
    ViewPayout,
)
from marketplace_entrypoints.web.console.desk import move_money, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit

RETRIABLE: Final = frozenset({PayoutState.HELD, PayoutState.FAILED, PayoutState.RETURNED, PayoutState.TRANSFER_FAILED})
CANCELLABLE: Final = frozenset(
    {
        PayoutState.ASSEMBLED,
        PayoutState.HELD,
        PayoutState.READY,
        PayoutState.TRANSFER_FAILED,
        PayoutState.FAILED,
        PayoutState.RETURNED,
    }
)
"""In which states the console offers what; whether it can be done is the core's to say."""


async def payouts(visit: Visit) -> Response:
    """List them, the newest first."""
    state = picked(visit, "state", PayoutState)
    states = frozenset({state}) if state else frozenset[PayoutState]()
    found = await visit.ask(ListPayouts(states=states, page=turned(visit)))
    return visit.page(
        "console/payouts.html", said=said(visit.language), payouts=found, chosen_state=state, states=list(PayoutState)
    )


async def payout(visit: Visit) -> Response:
    """Show one, what it pays, and what was booked for it."""
    return await _payout(visit, Form(language=visit.language), 200)


async def retry(visit: Visit) -> Response:
    """Give it another attempt, or let it go."""
    view = await _named(visit)
    return await move_money(
        visit, RetryPayout(payout_id=view.payout_id), again=_payout, after=_at(view), notice="payout-retried"
    )


async def hold(visit: Visit) -> Response:
    """Hold it back before it is sent, for a reason."""
    view = await _named(visit)
    command = HoldPayout(payout_id=view.payout_id)
    return await move_money(visit, command, again=_payout, after=_at(view), notice="payout-held")


async def cancel(visit: Visit) -> Response:
    """Call it back while no money is out; what is in the seller's account at the provider is taken back first."""
    view = await _named(visit)
    return await move_money(
        visit, CancelPayout(payout_id=view.payout_id), again=_payout, after=_at(view), notice="payout-cancelled"
    )


async def _payout(visit: Visit, form: Form, status: int) -> Response:
    view = await _named(visit)
    return visit.page(
        "console/payout.html",
        status=status,
        said=said(visit.language),
        form=form,
        payout=view,
        retriable=view.state in RETRIABLE,
        cancellable=view.state in CANCELLABLE,
        holdable=view.state in {PayoutState.ASSEMBLED, PayoutState.READY},
        journals=(await visit.ask(ListJournals(source_id=view.payout_id))).items,
    )


async def _named(visit: Visit) -> PayoutView:
    return await visit.ask(ViewPayout(payout_id=PayoutId(visit.named("payout_id"))))


def _at(view: PayoutView) -> str:
    return f"/console/payouts/{view.payout_id}"
