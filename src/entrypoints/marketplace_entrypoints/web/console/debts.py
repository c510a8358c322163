"""Debts: who owes something, each shop's standing, and how a debt is settled."""

from starlette.responses import Response

from marketplace_core.identity import SellerView, ViewSeller
from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_core.kernel.ids import PayoutId, SettlementId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import ListPayouts, PayoutState, SellerAccountNotFound
from marketplace_core.payments.debts import (
    DecideWriteOff,
    ListDebtors,
    ListSettlements,
    Means,
    SellerStandingView,
    SettleDebt,
    SettlementState,
    ViewSellerStanding,
)
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.console.desk import move_money, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.standing import capabilities
from marketplace_entrypoints.web.visit import Visit

PAYOUTS = 20
AT = "/console/debts"


async def debts(visit: Visit) -> Response:
    """List who owes something, and the settlements, the newest first."""
    return await _debts(visit, Form(language=visit.language), 200)


async def approve(visit: Visit) -> Response:
    """Approve a large write-off that another operator asked for, for a reason."""
    return await _decided(visit, "write-off-approved", approve=True)


async def reject(visit: Visit) -> Response:
    """Reject it, for a reason."""
    return await _decided(visit, "write-off-rejected", approve=False)


async def standing(visit: Visit) -> Response:
    """Show what a shop may do, what it owes, and how that was and can be settled."""
    return await _standing(visit, Form(language=visit.language), 200)


async def write_off(visit: Visit) -> Response:
    """Give up what a shop will never pay, for a reason."""
    return await _settled(visit, Means.WRITE_OFF)


async def top_up(visit: Visit) -> Response:
    """Book money of a shop that has arrived at the provider, under its reference."""
    return await _settled(visit, Means.TOP_UP)


async def take_back(visit: Visit) -> Response:
    """Have the provider take back of a payout what the shop's own balance there has."""
    return await _settled(visit, Means.REVERSAL)


async def _decided(visit: Visit, notice: str, *, approve: bool) -> Response:
    command = DecideWriteOff(settlement_id=SettlementId(visit.named("settlement_id")), approve=approve)
    return await move_money(visit, command, again=_debts, after=AT, notice=notice)


async def _settled(visit: Visit, means: Means) -> Response:
    seller, form = await _named(visit), await visit.form()
    amount, note = form.money("amount", seller.currency), form.text("note", required=True)
    payout = form.text("payout", required=means is Means.REVERSAL)
    if not form.fits:
        return await _standing(visit, form, 422)
    command = SettleDebt(
        seller_id=seller.seller_id,
        currency=seller.currency,
        means=means,
        amount_minor=amount.amount_minor,
        note=note,
        payout_id=PayoutId(payout) if means is Means.REVERSAL else None,
    )
    try:
        if form.text("what") == "rehearse":
            seen = await visit.market.rehearse(command, by=visit.by)
            form.steps = [*seen.steps]
            return await _standing(visit, form, 200)
        done = await visit.execute_once(command, form, reason=note)
    except MarketplaceError as refusal:
        if refusal.kind not in {ErrorKind.INVALID, ErrorKind.RULE_BROKEN, ErrorKind.CONFLICT}:
            raise
        form.refusal = visit.sentence(refusal)
        return await _standing(visit, form, status_of(refusal))
    waits = done.state is SettlementState.REQUESTED
    notice = "debt-asked" if waits and means is Means.REVERSAL else "debt-waits" if waits else "debt-settled"
    return visit.go(f"/console/shops/{seller.seller_id}/standing", notice)


async def _debts(visit: Visit, form: Form, status: int) -> Response:
    state = picked(visit, "state", SettlementState)
    states = frozenset({state}) if state else frozenset[SettlementState]()
    return visit.page(
        "console/debts.html",
        status=status,
        said=said(visit.language),
        form=form,
        debtors=await visit.ask(ListDebtors(page=PageRequest(limit=100))),
        settlements=await visit.ask(ListSettlements(states=states, page=turned(visit))),
        chosen_state=state,
        states=list(SettlementState),
    )


async def _standing(visit: Visit, form: Form, status: int) -> Response:
    seller = await _named(visit)
    found = await _found(visit, seller)
    paid = ListPayouts(
        seller_id=seller.seller_id, states=frozenset({PayoutState.PAID}), page=PageRequest(limit=PAYOUTS)
    )
    return visit.page(
        "console/standing.html",
        status=status,
        said=said(visit.language),
        form=form,
        shop=seller,
        standing=found,
        capabilities=capabilities(visit.language, found) if found else (),
        payouts=(await visit.ask(paid)).items,
        settlements=(await visit.ask(ListSettlements(seller_id=seller.seller_id))).items,
    )


async def _found(visit: Visit, seller: SellerView) -> SellerStandingView | None:
    try:
        return await visit.ask(ViewSellerStanding(seller_id=seller.seller_id))
    except SellerAccountNotFound:
        return None


async def _named(visit: Visit) -> SellerView:
    return await visit.ask(ViewSeller(seller=visit.named("seller_id")))
