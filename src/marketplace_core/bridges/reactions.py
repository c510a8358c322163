"""How the marketplace behaves: after which event, which commands.

Each command is executed exactly once per event, in the order written, as the system. What needs memory or a deadline is
not here but in an aggregate's state.
"""

from functools import partial
from typing import Final

from marketplace_core import payments
from marketplace_core.bridges import after
from marketplace_core.bridges.outbox_for_search import INDEXED
from marketplace_core.catalog import FollowSeller
from marketplace_core.identity import (
    RefreshReuseDetected,
    RegistrationRepeated,
    SellerApproved,
    SellerClosed,
    SellerClosing,
    SellerReinstated,
    SellerStayed,
    SellerSuspended,
    UserRegistered,
)
from marketplace_core.kernel.messages import Reaction, when
from marketplace_core.notifications import (
    AccountExists,
    BooksDiffer,
    ClaimAnswered,
    ClaimRaised,
    DebtArose,
    DisputeOnShop,
    EventsAreStuck,
    EvidenceIsDue,
    HoldIsOverdue,
    NewOrder,
    Notify,
    OrderConfirmation,
    PaidOut,
    PayoutReturned,
    PayoutWaits,
    RefundIsOwed,
    RefundRejected,
    RefundReturned,
    RefundSent,
    SellingStopped,
    SessionEnded,
    Shipped,
    ShopClosed,
    Welcome,
)
from marketplace_core.operations import EventsStuck
from marketplace_core.orders import (
    CancelUnpaidOrder,
    ConfirmOrder,
    HoldOrderForReview,
    OrderCancelled,
    OrderClosed,
    OrderConfirmed,
    OrderExpired,
    ReopenOrder,
    ReturnVoucher,
    SellerOrderCalledOff,
    SellerOrderCompleted,
    SellerOrderDelivered,
    SellerOrderShipped,
    SettleOrder,
)
from marketplace_core.payments import (
    BrakeSet,
    DisputeLost,
    DisputeOpened,
    DisputeWon,
    EarnFee,
    EscrowOverdue,
    EscrowReopened,
    EvidenceDue,
    OpenPayoutAccount,
    PaymentCancelled,
    PaymentCaptured,
    PaymentNeedsReview,
    PayoutPaid,
    PayoutStuck,
    Proof,
    RefundBounced,
    RefundFailed,
    RefundRequested,
    RefundStillOwed,
    RefundSucceeded,
    ScheduleRelease,
    claims,
    debts,
)
from marketplace_core.payments.comparing import BooksDiffered
from marketplace_core.search import IndexProduct
from marketplace_core.video import VideoBecameReady, VideoDeleted, VideoFailed, VideoUploaded

REACTIONS: Final[tuple[Reaction, ...]] = (
    # People and shops
    when(UserRegistered, lambda e: (Notify(about=Welcome(user_id=e.user_id)),)),
    when(
        RegistrationRepeated, lambda e: (Notify(about=AccountExists(user_id=e.user_id, attempted_at=e.attempted_at)),)
    ),
    when(RefreshReuseDetected, lambda e: (Notify(about=SessionEnded(user_id=e.user_id, session_id=e.family_id)),)),
    when(
        SellerApproved,
        lambda e: (OpenPayoutAccount(seller_id=e.seller_id, currency=e.currency), FollowSeller(seller_id=e.seller_id)),
    ),
    when(
        SellerSuspended,
        lambda e: (FollowSeller(seller_id=e.seller_id), debts.FollowShop(seller_id=e.seller_id, suspended=True)),
    ),
    when(
        SellerReinstated,
        lambda e: (
            FollowSeller(seller_id=e.seller_id),
            debts.FollowShop(seller_id=e.seller_id),
        ),
    ),
    when(
        SellerClosing,
        lambda e: (FollowSeller(seller_id=e.seller_id), debts.FollowShop(seller_id=e.seller_id, closing=True)),
    ),
    when(
        SellerStayed,
        lambda e: (FollowSeller(seller_id=e.seller_id), debts.FollowShop(seller_id=e.seller_id)),
    ),
    when(
        SellerClosed,
        lambda e: (FollowSeller(seller_id=e.seller_id), Notify(about=ShopClosed(seller_id=e.seller_id))),
    ),
    # What can be found
    *(when(event, lambda e: (IndexProduct(product_id=e.product_id),)) for event in INDEXED),
    # Videos of products
    when(VideoUploaded, after.shown),
    when(VideoBecameReady, after.shown),
    when(VideoFailed, after.shown),
    when(VideoDeleted, after.shown),
    # From payment to delivery to payout
    when(PaymentCaptured, lambda e: (ConfirmOrder(order_id=e.order_id, captured=e.amount),)),
    when(PaymentCancelled, lambda e: (CancelUnpaidOrder(order_id=e.order_id),)),
    when(PaymentNeedsReview, lambda e: (HoldOrderForReview(order_id=e.order_id, reason=e.reason),)),
    when(
        OrderConfirmed,
        lambda e: (
            Notify(about=OrderConfirmation(order_id=e.order_id)),
            *(
                Notify(about=NewOrder(seller_order_id=share.seller_order_id, seller_id=share.seller_id))
                for share in e.seller_orders
            ),
        ),
    ),
    when(
        SellerOrderShipped,
        lambda e: (
            Notify(
                about=Shipped(seller_order_id=e.seller_order_id, carrier=e.carrier, tracking=e.tracking, whole=e.whole)
            ),
        ),
    ),
    when(
        SellerOrderDelivered,
        lambda e: (
            ScheduleRelease(seller_order_id=e.seller_order_id, proof=Proof(e.proof.value), delivered_at=e.delivered_at),
        ),
    ),
    when(SellerOrderCalledOff, after.called_off),
    when(SellerOrderCompleted, lambda e: (SettleOrder(order_id=e.order_id),)),
    when(OrderClosed, lambda e: (EarnFee(order_id=e.order_id),)),
    # What comes up about the money of orders that were closed
    when(
        EscrowReopened,
        lambda e: (ReopenOrder(order_id=e.order_id, reason="held_again", seller_order_id=e.seller_order_id),),
    ),
    when(
        DisputeOpened,
        lambda e: (
            ReopenOrder(order_id=e.order_id, reason="card_dispute"),
            *(
                Notify(
                    about=DisputeOnShop(
                        dispute_id=e.dispute_id,
                        seller_order_id=share.seller_order_id,
                        seller_id=share.seller_id,
                        amount=share.amount,
                    )
                )
                for share in e.shares
            ),
        ),
    ),
    when(DisputeWon, partial(after.decided, won=True)),
    when(DisputeLost, partial(after.decided, won=False)),
    # What waits for operators
    when(
        EvidenceDue,
        lambda e: (Notify(about=EvidenceIsDue(dispute_id=e.dispute_id, order_id=e.order_id, due_at=e.due_at)),),
    ),
    when(BrakeSet, after.stands_still),
    when(EventsStuck, lambda e: (Notify(about=EventsAreStuck(troubles=e.troubles, found_at=e.found_at)),)),
    when(
        BooksDiffered,
        lambda e: (
            Notify(
                about=BooksDiffer(provider=e.provider, findings=e.findings, found=e.found, compared_at=e.compared_at)
            ),
        ),
    ),
    when(
        EscrowOverdue,
        lambda e: (Notify(about=HoldIsOverdue(seller_order_id=e.seller_order_id, order_id=e.order_id)),),
    ),
    when(
        PayoutStuck,
        lambda e: (Notify(about=PayoutWaits(payout_id=e.payout_id, amount=e.amount, reason_code=e.reason_code)),),
    ),
    when(
        RefundStillOwed,
        lambda e: (Notify(about=RefundIsOwed(refund_id=e.refund_id, order_id=e.order_id, amount=e.amount)),),
    ),
    when(RefundFailed, lambda e: (ReopenOrder(order_id=e.order_id, reason="refund_failed"),)),
    when(
        PayoutPaid,
        lambda e: (
            Notify(
                about=PaidOut(payout_id=e.payout_id, seller_id=e.seller_id, amount=e.amount, attempt=e.attempt),
            ),
        ),
    ),
    when(
        payments.PayoutReturned,
        lambda e: (
            Notify(
                about=PayoutReturned(payout_id=e.payout_id, seller_id=e.seller_id, amount=e.amount, attempt=e.attempt)
            ),
        ),
    ),
    # Orders that come to nothing
    when(OrderCancelled, lambda e: (ReturnVoucher(order_id=e.order_id),)),
    when(OrderExpired, lambda e: (ReturnVoucher(order_id=e.order_id),)),
    # Money back to the buyer
    when(RefundRequested, after.asked),
    when(
        payments.RefundRejected,
        lambda e: (Notify(about=RefundRejected(refund_id=e.refund_id, order_id=e.order_id, note=e.note)),),
    ),
    when(
        RefundSucceeded,
        lambda e: (Notify(about=RefundSent(refund_id=e.refund_id, order_id=e.order_id, amount=e.amount)),),
    ),
    when(
        RefundBounced,
        lambda e: (
            ReopenOrder(order_id=e.order_id, reason="refund_bounced"),
            Notify(about=RefundReturned(refund_id=e.refund_id, order_id=e.order_id, amount=e.amount)),
        ),
    ),
    # Claims
    when(
        claims.ClaimOpened,
        lambda e: (
            Notify(
                about=ClaimRaised(
                    claim_id=e.claim_id,
                    seller_order_id=e.seller_order_id,
                    seller_id=e.seller_id,
                    amount=e.wanted,
                    text=e.text,
                    until=e.answer_by,
                )
            ),
        ),
    ),
    when(
        claims.ClaimAnswered,
        lambda e: (
            Notify(
                about=ClaimAnswered(
                    claim_id=e.claim_id, order_id=e.order_id, offered=e.offered, text=e.text, until=e.decided_by
                )
            ),
        ),
    ),
    when(claims.ClaimClosed, after.closed),
    # Debts of sellers
    when(
        debts.DebtArose,
        lambda e: (Notify(about=DebtArose(seller_id=e.seller_id, debt=e.debt, due_at=e.due_at)),),
    ),
    when(
        debts.SellingStopped,
        lambda e: (Notify(about=SellingStopped(seller_id=e.seller_id, debt=e.debt, noticed_at=e.noticed_at)),),
    ),
)
