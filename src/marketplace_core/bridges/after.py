"""What follows from events where it takes more than a line to say; each is a pure function of its event."""

from functools import partial
from typing import Any

from marketplace_core.bridges.catalog_for_video import product_of
from marketplace_core.catalog import AttachVideo
from marketplace_core.catalog import VideoState as ShownVideo
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.notifications import (
    CalledOff,
    ClaimClosed,
    ClaimOver,
    DisputeDecided,
    MoneyStandsStill,
    NothingToSend,
    Notify,
    RefundAsked,
)
from marketplace_core.orders import SellerOrderCalledOff, SettleOrder
from marketplace_core.payments import BrakeSet, DisputeLost, DisputeWon, RefundRequested, claims
from marketplace_core.payments.books import BrakeCause
from marketplace_core.video import VideoBecameReady, VideoDeleted, VideoFailed, VideoUploaded


def shown(event: VideoUploaded | VideoBecameReady | VideoFailed | VideoDeleted) -> tuple[Command[Any], ...]:
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


def asked(event: RefundRequested) -> tuple[Command[Any], ...]:
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


def closed(event: claims.ClaimClosed) -> tuple[Command[Any], ...]:
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


def called_off(event: SellerOrderCalledOff) -> tuple[Command[Any], ...]:
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


def decided(event: DisputeWon | DisputeLost, *, won: bool) -> tuple[Command[Any], ...]:
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


def stands_still(event: BrakeSet) -> tuple[Command[Any], ...]:
    """Tell operators that money to sellers stands still."""
    for_want = event.cause == BrakeCause.LIQUIDITY.value
    about = MoneyStandsStill(brake_id=event.brake_id, for_want=for_want, findings=event.findings, set_at=event.set_at)
    return (Notify(about=about),)
