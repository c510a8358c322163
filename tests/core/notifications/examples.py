"""One occasion of every kind, and the letters they make."""

from datetime import UTC, datetime

import attrs

from marketplace_core.kernel.ids import (
    ClaimId,
    DisputeId,
    EndpointId,
    OrderId,
    PayoutId,
    RefundId,
    SellerId,
    SellerOrderId,
)
from marketplace_core.kernel.money import Money
from marketplace_core.notifications import (
    BooksDiffer,
    CalledOff,
    ClaimAnswered,
    ClaimClosed,
    ClaimOver,
    ClaimRaised,
    DebtArose,
    DisputeDecided,
    DisputeOnShop,
    EventsAreStuck,
    EvidenceIsDue,
    HoldIsOverdue,
    MoneyStandsStill,
    NothingToSend,
    OrderPage,
    PaidOut,
    PayoutReturned,
    PayoutWaits,
    RefundAsked,
    RefundIsOwed,
    RefundRejected,
    RefundReturned,
    RefundSent,
    SellingStopped,
    Shipped,
    WebhookStopped,
)
from marketplace_core.notifications.domain import alarms, letters
from marketplace_core.notifications.domain.letter import Letter
from marketplace_core.testing.conformance.notifications import ANN, TEAS, a_group, an_order

GROUP = a_group(1, "Ann's Teas", "Green tea")
SHIPPED = Shipped(seller_order_id=SellerOrderId("sor_0001"), carrier="DHL", tracking="JD0001")
PAGE = OrderPage(url="https://market.example/orders/ord_0001")
SHOPS_CLAIM = OrderPage(url="https://market.example/studio/claims/clm_0001")
STANDING = OrderPage(url="https://market.example/studio/money/standing")
KEYED = OrderPage(url="https://market.example/orders/ord_0001?key=1.a-b_c&x=%3C", days=90)
PAID = PaidOut(payout_id=PayoutId("pyt_0001"), seller_id=SellerId("sel_0001"), amount=Money(123_450, "EUR"), attempt=1)
BACK = PayoutReturned(
    payout_id=PayoutId("pyt_0001"), seller_id=SellerId("sel_0001"), amount=Money(123_450, "EUR"), attempt=1
)
ASKED = RefundAsked(
    refund_id=RefundId("rfd_0001"),
    seller_order_id=SellerOrderId("sor_0001"),
    seller_id=SellerId("sel_0001"),
    amount=Money(1_500, "EUR"),
    reason="It is chipped.",
)
SENT = RefundSent(refund_id=RefundId("rfd_0001"), order_id=OrderId("ord_0001"), amount=Money(1_500, "EUR"))
REJECTED = RefundRejected(refund_id=RefundId("rfd_0001"), order_id=OrderId("ord_0001"), note="It left whole.")
BOUNCED = RefundReturned(refund_id=RefundId("rfd_0001"), order_id=OrderId("ord_0001"), amount=Money(1_500, "EUR"))

RAISED = ClaimRaised(
    claim_id=ClaimId("clm_0001"),
    seller_order_id=SellerOrderId("sor_0001"),
    seller_id=SellerId("sel_0001"),
    amount=Money(1_500, "EUR"),
    text="It is chipped.",
    until=datetime(2026, 1, 4, 12, tzinfo=UTC),
)
OFFERED = ClaimAnswered(
    claim_id=ClaimId("clm_0001"),
    order_id=OrderId("ord_0001"),
    offered=Money(700, "EUR"),
    text="Half of it?",
    until=datetime(2026, 1, 8, 12, tzinfo=UTC),
)
CLOSED = ClaimClosed(
    claim_id=ClaimId("clm_0001"), order_id=OrderId("ord_0001"), refunded=Money(700, "EUR"), text="It is fair."
)
GONE = CalledOff(
    order_id=OrderId("ord_0001"),
    seller_order_id=SellerOrderId("sor_0001"),
    cause="declined",
    note="It broke.",
    amount=Money(1_500, "EUR"),
)
NOT_SENT = NothingToSend(
    seller_order_id=SellerOrderId("sor_0001"), seller_id=SellerId("sel_0001"), cause="called_off_by_buyer", note=""
)
OVER = ClaimOver(
    claim_id=ClaimId("clm_0001"),
    seller_order_id=SellerOrderId("sor_0001"),
    seller_id=SellerId("sel_0001"),
    refunded=Money(0, "EUR"),
    text="",
)
DISPUTED = DisputeOnShop(
    dispute_id=DisputeId("dsp_0001"),
    seller_order_id=SellerOrderId("sor_0001"),
    seller_id=SellerId("sel_0001"),
    amount=Money(2_000, "EUR"),
)
WON = DisputeDecided(
    dispute_id=DisputeId("dsp_0001"),
    seller_order_id=SellerOrderId("sor_0001"),
    seller_id=SellerId("sel_0001"),
    amount=Money(2_000, "EUR"),
    won=True,
)
DUE = EvidenceIsDue(
    dispute_id=DisputeId("dsp_0001"), order_id=OrderId("ord_0001"), due_at=datetime(2026, 1, 4, 12, tzinfo=UTC)
)
STUCK = PayoutWaits(payout_id=PayoutId("pyt_0001"), amount=Money(2_000, "EUR"), reason_code="account_closed")
UNSOUND = MoneyStandsStill(
    brake_id="brk_0001",
    for_want=False,
    findings=("balance_drift wallet:sel_0001:EUR", "fee_is_booked pay_0001"),
    set_at=datetime(2026, 1, 4, 12, tzinfo=UTC),
)
SHORT = attrs.evolve(UNSOUND, for_want=True, findings=("liquidity EUR",))
OWED = RefundIsOwed(refund_id=RefundId("rfd_0001"), order_id=OrderId("ord_0001"), amount=Money(2_000, "EUR"))
UNHEARD = WebhookStopped(
    endpoint_id=EndpointId("whe_0001"),
    seller_id=SellerId("sel_0001"),
    url="https://teas.example/hooks",
    gone=False,
    since=datetime(2026, 1, 4, 12, tzinfo=UTC),
)

EVENTS = EventsAreStuck(
    troubles=("OrderConfirmed given up (relay): RuntimeError: no",), found_at=datetime(2026, 1, 4, 12, tzinfo=UTC)
)
DIFFER = BooksDiffer(
    provider="fakepay",
    findings=("payment_unknown pay_0001",),
    found=3,
    compared_at=datetime(2026, 1, 4, 12, tzinfo=UTC),
)
OVERDUE = HoldIsOverdue(seller_order_id=SellerOrderId("sor_0001"), order_id=OrderId("ord_0001"))
OWES = DebtArose(seller_id=SellerId("sel_0001"), debt=Money(4_400, "EUR"), due_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
STOPPED = SellingStopped(
    seller_id=SellerId("sel_0001"), debt=Money(4_400, "EUR"), noticed_at=datetime(2026, 3, 2, 12, tzinfo=UTC)
)


def every_letter(locale: str) -> list[Letter]:
    """Write every letter in a language."""
    person = attrs.evolve(ANN, locale=locale)
    shop = attrs.evolve(TEAS, locale=locale)
    return [
        letters.welcome(person),
        letters.registration_repeated(person),
        letters.session_ended(person),
        letters.order_confirmation(person, an_order(GROUP), PAGE),
        letters.new_order(shop, GROUP),
        letters.shipped(person, GROUP, SHIPPED),
        letters.paid_out(shop, PAID),
        letters.payout_returned(shop, BACK),
        letters.refund_asked(shop, ASKED),
        letters.refund_sent(person, SENT, PAGE),
        letters.refund_rejected(person, REJECTED, PAGE),
        letters.refund_returned(person, BOUNCED),
        letters.claim_raised(shop, RAISED, SHOPS_CLAIM),
        letters.claim_answered(person, OFFERED, PAGE),
        letters.claim_closed(person, CLOSED, PAGE),
        letters.claim_over(shop, OVER, SHOPS_CLAIM),
        letters.debt_arose(shop, OWES, STANDING),
        letters.selling_stopped(shop, STOPPED, STANDING),
        letters.called_off(person, GONE, PAGE),
        letters.nothing_to_send(shop, NOT_SENT),
        letters.dispute_opened(shop, DISPUTED),
        letters.dispute_decided(shop, WON),
        letters.evidence_due(person, DUE),
        letters.money_stands_still(person, UNSOUND),
        letters.payout_stuck(person, STUCK),
        letters.refund_owed(person, OWED),
        letters.webhook_stopped(shop, UNHEARD),
        alarms.events_stuck(person, EVENTS),
        alarms.books_differ(person, DIFFER),
        alarms.hold_overdue(person, OVERDUE),
        letters.shop_closed(shop),
    ]
