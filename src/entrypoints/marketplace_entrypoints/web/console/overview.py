"""What waits for an operator, and whether the books are sound."""

from typing import Final

from starlette.responses import Response

from marketplace_core.identity import ListSellers, SellerStatus
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.notifications import ListMails, MailState
from marketplace_core.orders import ListAllOrders, OrderState
from marketplace_core.payments import (
    AuditBooks,
    DisputeState,
    HoldState,
    ListDisputes,
    ListEscrows,
    ListPayouts,
    ListRefunds,
    PayoutState,
    RefundState,
    TrialBalance,
)
from marketplace_core.payments.claims import ClaimState, ListClaims
from marketplace_entrypoints.web.console.books import brakes_on
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.visit import Visit

SHOWN: Final = 5
STUCK_PAYOUTS: Final = frozenset(
    {PayoutState.FAILED, PayoutState.RETURNED, PayoutState.TRANSFER_FAILED, PayoutState.HELD}
)
OPEN_REFUNDS: Final = frozenset({RefundState.REQUESTED, RefundState.DUE, RefundState.BOUNCED})


async def overview(visit: Visit) -> Response:
    """Show it. Each list shows its newest; the room it belongs to has the rest."""
    page = PageRequest(limit=SHOWN)
    return visit.page(
        "console/overview.html",
        said=said(visit.language),
        applied=await visit.ask(ListSellers(status=SellerStatus.APPLIED, page=page)),
        frozen=await visit.ask(ListEscrows(states=frozenset({HoldState.FROZEN}), page=page)),
        stuck=await visit.ask(ListPayouts(states=STUCK_PAYOUTS, page=page)),
        refunds=await visit.ask(ListRefunds(states=OPEN_REFUNDS, page=page)),
        claims=await visit.ask(ListClaims(states=frozenset({ClaimState.AWAITING_OPERATOR}), page=page)),
        disputes=await visit.ask(ListDisputes(states=frozenset({DisputeState.NEEDS_RESPONSE}), page=page)),
        reviewed=await visit.ask(ListAllOrders(state=OrderState.PAYMENT_REVIEW, page=page)),
        unsent=await visit.ask(ListMails(state=MailState.FAILED, page=page)),
        brakes=await brakes_on(visit),
        violations=await visit.ask(AuditBooks()),
        trial=await visit.ask(TrialBalance()),
    )
