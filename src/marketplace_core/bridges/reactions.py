"""How the marketplace behaves: after which event, which commands.

Each command is executed exactly once per event, in the order written, as the system. What needs memory or a deadline is
not here but in an aggregate's state.
"""

from functools import partial
from typing import Any, Final

from marketplace_core import payments
from marketplace_core.bridges.catalog_for_video import product_of
from marketplace_core.bridges.outbox_for_search import INDEXED
from marketplace_core.catalog import AttachVideo, FollowSeller
from marketplace_core.catalog import VideoState as ShownVideo
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
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command, Reaction, when
from marketplace_core.notifications import (
    AccountExists,
    CalledOff,
    ClaimAnswered,
    ClaimClosed,
    ClaimOver,
    ClaimRaised,
    DebtArose,
    DisputeDecided,
    DisputeOnShop,
    EvidenceIsDue,
    MoneyStandsStill,
    NewOrder,
    NothingToSend,
    Notify,
    OrderConfirmation,
    PaidOut,
    PayoutReturned,
    PayoutWaits,
    RefundAsked,
    RefundIsOwed,
    RefundRejected,
    RefundReturned,
    RefundSent,
    SellingStopped,
    SessionEnded,
    Shipped,
    Welcome,
)
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
from marketplace_core.payments.books import BrakeCause
from marketplace_core.search import IndexProduct
from marketplace_core.video import VideoBecameReady, VideoDeleted, VideoFailed, VideoUploaded


def _shown(event: VideoUploaded | VideoBecameReady | VideoFailed | VideoDeleted) -> tuple[Command[Any], ...]:
    """Tell the product that a video presents how its video is."""
    product_id = product_of(event.subject)
    if product_id is None:
        return ()
    show = partial(AttachVideo, product_id=product_id, seller_id=event.seller_id, video_id=event.video_id)
    match event:
        case VideoUploaded():
            return (show(state=ShownVideo.PROCESSING),)
        case VideoFailed() | VideoDeleted():
            return (show(state=ShownVideo.FAILED),)
        case VideoBecameReady():
            return (
                show(
                    state=ShownVideo.READY,
                    poster_url=event.poster_url,
                    hls_url=event.hls_url,
                    duration_ms=event.duration_ms,
                    width=event.width,
                    height=event.height,
                ),
            )


def _asked(event: RefundRequested) -> tuple[Command[Any], ...]:
    """Tell the shop that decides what a buyer wants back of it.

    What a shop or an operator gives needs no deciding, and about a wish that concerns several shops operators decide.
    """
    return tuple(
        Notify(
            about=RefundAsked(
                refund_id=event.refund_id,
                seller_order_id=share.seller_order_id,
                seller_id=share.seller_id,
                amount=share.amount,
                reason=event.reason,
            )
        )
        for share in event.shares
        if event.by_buyer and len(event.shares) == 1
    )


def _closed(event: claims.ClaimClosed) -> tuple[Command[Any], ...]:
    """Tell both sides what became of a claim; whoever withdrew it, or went to their bank, knows."""
    over = ClaimOver(
        claim_id=event.claim_id,
        seller_order_id=event.seller_order_id,
        seller_id=event.seller_id,
        refunded=event.refunded,
        text=event.text,
    )
    closed = ClaimClosed(claim_id=event.claim_id, order_id=event.order_id, refunded=event.refunded, text=event.text)
    if event.outcome in {claims.ClaimState.WITHDRAWN.value, claims.ClaimState.SUPERSEDED.value}:
        return (Notify(about=over),)
    return (Notify(about=closed), Notify(about=over))


def _called_off(event: SellerOrderCalledOff) -> tuple[Command[Any], ...]:
    """See whether the order falls with it; tell the buyer, and the shop unless it said so itself or never knew."""
    gone = CalledOff(
        order_id=event.order_id,
        seller_order_id=event.seller_order_id,
        cause=event.cause,
        note=event.note,
        amount=event.amount,
    )
    shop = NothingToSend(
        seller_order_id=event.seller_order_id, seller_id=event.seller_id, cause=event.cause, note=event.note
    )
    told = () if event.who in {Who.SELLER, Who.SYSTEM} else (Notify(about=shop),)
    return (SettleOrder(order_id=event.order_id), Notify(about=gone), *told)


def _decided(event: DisputeWon | DisputeLost, *, won: bool) -> tuple[Command[Any], ...]:
    """Tell every shop concerned how a dispute was decided."""
    return tuple(
        Notify(
            about=DisputeDecided(
                dispute_id=event.dispute_id,
                seller_order_id=share.seller_order_id,
                seller_id=share.seller_id,
                amount=share.amount,
                won=won,
            )
        )
        for share in event.shares
    )


def _stands_still(event: BrakeSet) -> tuple[Command[Any], ...]:
    """Tell operators that money to sellers stands still."""
    for_want = event.cause == BrakeCause.LIQUIDITY.value
    about = MoneyStandsStill(brake_id=event.brake_id, for_want=for_want, findings=event.findings, set_at=event.set_at)
    return (Notify(about=about),)


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
    when(SellerClosed, lambda e: (FollowSeller(seller_id=e.seller_id),)),
    # What can be found
    *(when(event, lambda e: (IndexProduct(product_id=e.product_id),)) for event in INDEXED),
    # Videos of products
    when(VideoUploaded, _shown),
    when(VideoBecameReady, _shown),
    when(VideoFailed, _shown),
    when(VideoDeleted, _shown),
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
    when(SellerOrderCalledOff, _called_off),
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
    when(DisputeWon, partial(_decided, won=True)),
    when(DisputeLost, partial(_decided, won=False)),
    # What waits for operators
    when(
        EvidenceDue,
        lambda e: (Notify(about=EvidenceIsDue(dispute_id=e.dispute_id, order_id=e.order_id, due_at=e.due_at)),),
    ),
    when(BrakeSet, _stands_still),
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
    when(RefundRequested, _asked),
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
    when(claims.ClaimClosed, _closed),
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
