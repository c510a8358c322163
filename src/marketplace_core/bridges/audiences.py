"""Who may hear of which event, and what of it.

Operators hear of everything that is listed here. A shop hears of what is about itself: of an event about several shops
it gets its own part, as if there were no other. A buyer hears of their own orders and refunds. What is not listed is
nobody's business but ours.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import attrs
from attrs import frozen

from marketplace_core import catalog, identity, landing, operations, orders, payments, video, webhooks
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import Money
from marketplace_core.payments import claims, comparing, debts

EventT = TypeVar("EventT", bound=Event)


@frozen(kw_only=True)
class Audience:
    """``shops`` returns what a shop gets of an event, ``buyers`` whether the event is its buyer's to know."""

    shops: Callable[[Any, SellerId], Event | None] | None = None
    buyers: bool = False


def _whole(event: Any, seller_id: SellerId) -> Event | None:
    """Give a shop an event that is about one shop, if it is about this one."""
    found: Event | None = event if event.seller_id == seller_id else None
    return found


def _sum(parts: Sequence[Any], amount: Callable[[Any], Money], currency: str) -> Money:
    return Money(sum(amount(part).amount_minor for part in parts), currency)


def _confirmed(event: orders.OrderConfirmed, seller_id: SellerId) -> Event | None:
    own = tuple(part for part in event.seller_orders if part.seller_id == seller_id)
    if not own:
        return None
    return attrs.evolve(event, seller_orders=own, total=_sum(own, lambda part: part.total, event.total.currency))


def _shared(event: Any, seller_id: SellerId) -> Event | None:
    """Give a shop its own shares of an amount."""
    own = tuple(share for share in event.shares if share.seller_id == seller_id)
    if not own:
        return None
    amount = _sum(own, lambda share: share.amount, event.amount.currency)
    found: Event = attrs.evolve(event, shares=own, amount=amount)
    return found


_OPERATORS: Final = Audience()
_SHOPS: Final = Audience(shops=_whole)
_BOTH: Final = Audience(shops=_whole, buyers=True)
_BUYERS: Final = Audience(buyers=True)

PUBLIC: Final[Mapping[type[Event], Audience]] = {
    # Shops
    identity.SellerApplied: _SHOPS,
    identity.SellerApproved: _SHOPS,
    identity.SellerSuspended: _SHOPS,
    identity.SellerReinstated: _SHOPS,
    identity.SellerClosing: _SHOPS,
    identity.SellerStayed: _SHOPS,
    identity.SellerClosed: _SHOPS,
    # Products, pages and videos
    catalog.ProductPublished: _SHOPS,
    catalog.ProductChanged: _OPERATORS,
    catalog.ProductUnpublished: _OPERATORS,
    catalog.OfferPriceChanged: _OPERATORS,
    catalog.StockChanged: _OPERATORS,
    catalog.ProductVideoChanged: _OPERATORS,
    landing.PagePublished: _SHOPS,
    landing.PageUnpublished: _SHOPS,
    video.VideoUploaded: _SHOPS,
    video.VideoBecameReady: _SHOPS,
    video.VideoFailed: _SHOPS,
    video.VideoDeleted: _SHOPS,
    # Orders
    orders.OrderPlaced: _BUYERS,
    orders.OrderConfirmed: Audience(shops=_confirmed, buyers=True),
    orders.OrderExpired: _BUYERS,
    orders.OrderCancelled: _BUYERS,
    orders.OrderNeedsReview: _BUYERS,
    orders.OrderClosed: _BUYERS,
    orders.OrderReopened: _OPERATORS,
    orders.SellerOrderShipped: _BOTH,
    orders.SellerOrderDelivered: _BOTH,
    orders.SellerOrderCalledOff: _BOTH,
    orders.SellerOrderReturned: _BOTH,
    orders.SellerOrderCompleted: _SHOPS,
    orders.SellerOrderReopened: _SHOPS,
    # Money
    payments.PaymentCaptured: _OPERATORS,
    payments.PaymentDeclined: _OPERATORS,
    payments.PaymentCancelled: _OPERATORS,
    payments.EscrowReleased: _SHOPS,
    payments.EscrowReopened: _SHOPS,
    payments.PayoutPaid: _SHOPS,
    payments.PayoutFailed: _SHOPS,
    payments.PayoutReturned: _SHOPS,
    payments.RefundRequested: Audience(shops=_shared, buyers=True),
    payments.RefundApproved: _BUYERS,
    payments.RefundRejected: _BUYERS,
    payments.RefundSucceeded: _BUYERS,
    payments.RefundFailed: _OPERATORS,
    payments.RefundBounced: _OPERATORS,
    payments.DisputeOpened: Audience(shops=_shared),
    payments.DisputeWon: Audience(shops=_shared),
    payments.DisputeLost: Audience(shops=_shared),
    claims.ClaimOpened: _SHOPS,
    claims.ClaimAnswered: _SHOPS,
    claims.ClaimClosed: _SHOPS,
    debts.DebtArose: _SHOPS,
    debts.DebtSettled: _SHOPS,
    debts.SellingStopped: _SHOPS,
}
"""Event → who may hear of it, besides operators."""

PRIVATE: Final[Mapping[type[Event], str]] = {
    identity.UserRegistered: "who has an account is theirs to tell",
    identity.RegistrationRepeated: "only the owner of the address is told, by mail",
    identity.RefreshReuseDetected: "only the owner of the account is told, by mail",
    payments.PaymentNeedsReview: "work for operators, not news",
    payments.EscrowOverdue: "work for operators, not news",
    payments.RefundStillOwed: "work for operators, not news",
    payments.PayoutStuck: "work for operators, not news",
    payments.BrakeSet: "what was found in the books stays inside",
    comparing.BooksDiffered: "what was found in the books stays inside",
    operations.EventsStuck: "work for operators, not news",
    payments.DisputeWarned: "nothing is taken yet, and it may come to nothing",
    payments.DisputePrevented: "the refund that settled it is told",
    payments.EvidenceDue: "work for operators, not news",
    webhooks.EndpointDisabled: "its owner is told by mail: there may be no other endpoint to tell",
}
"""Event → why nobody outside hears of it."""


def for_shop(event: Event, seller_id: SellerId) -> Event | None:
    """Return what a shop gets of an event; None if it is not about this shop, or not for shops."""
    audience = PUBLIC.get(type(event))
    return None if audience is None or audience.shops is None else audience.shops(event, seller_id)


def for_buyer(event: Any, user_id: UserId) -> Event | None:
    """Return the event if it is about something this person bought, and buyers may know."""
    audience = PUBLIC.get(type(event))
    found: Event | None = event if audience is not None and audience.buyers and event.buyer_id == user_id else None
    return found


def for_actor(event: Event, by: Actor) -> Event | None:
    """Return the most of an event that somebody may know, as an operator, a buyer or a shop."""
    if type(event) not in PUBLIC:
        return None
    if by.roles & {Role.OPERATOR, Role.SYSTEM}:
        return event
    bought = None if by.user_id is None else for_buyer(event, by.user_id)
    if bought is not None or by.seller_id is None:
        return bought
    return for_shop(event, by.seller_id)
