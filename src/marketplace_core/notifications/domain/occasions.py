"""The occasions for a mail. Each names its fact: one fact makes one mail to one person, however often it is told."""

from datetime import datetime
from typing import ClassVar, Final, TypeAlias

from attrs import frozen

from marketplace_core.kernel.ids import ClaimId, OrderId, PayoutId, RefundId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.notifications.domain.templates import Template
from marketplace_core.notifications.domain.troubles import (
    BooksDiffer,
    DisputeDecided,
    DisputeOnShop,
    EventsAreStuck,
    EvidenceIsDue,
    HoldIsOverdue,
    MoneyStandsStill,
    PayoutWaits,
    RefundIsOwed,
    WebhookStopped,
)


@frozen(kw_only=True)
class Welcome:
    """Somebody opened an account."""

    template: ClassVar[Template] = Template.WELCOME

    user_id: UserId

    @property
    def fact(self) -> str:
        """The registration."""
        return f"registered:{self.user_id}"


@frozen(kw_only=True)
class AccountExists:
    """Somebody tried to register with the address of an account that exists; its owner learns of it."""

    template: ClassVar[Template] = Template.REGISTRATION_REPEATED

    user_id: UserId
    attempted_at: datetime

    @property
    def fact(self) -> str:
        """The day: a stranger who keeps trying cannot flood the owner."""
        return f"registration_repeated:{self.user_id}:{self.attempted_at:%Y-%m-%d}"


@frozen(kw_only=True)
class SessionEnded:
    """A session was ended because one of its spent tokens came back."""

    template: ClassVar[Template] = Template.SESSION_ENDED

    user_id: UserId
    session_id: str

    @property
    def fact(self) -> str:
        """The session."""
        return f"session_ended:{self.session_id}"


@frozen(kw_only=True)
class OrderConfirmation:
    """A buyer's order is paid."""

    template: ClassVar[Template] = Template.ORDER_CONFIRMATION

    order_id: OrderId

    @property
    def fact(self) -> str:
        """The order."""
        return f"confirmed:{self.order_id}"


@frozen(kw_only=True)
class NewOrder:
    """A seller has something to ship."""

    template: ClassVar[Template] = Template.NEW_ORDER

    seller_order_id: SellerOrderId
    seller_id: SellerId

    @property
    def fact(self) -> str:
        """The seller's part of the order."""
        return f"confirmed:{self.seller_order_id}"


@frozen(kw_only=True)
class Shipped:
    """A seller handed a parcel to a carrier; ``whole`` says that all of their part of the order is in it."""

    template: ClassVar[Template] = Template.SHIPPED

    seller_order_id: SellerOrderId
    carrier: str
    tracking: str
    whole: bool = True

    @property
    def fact(self) -> str:
        """The seller's part of the order; of several parcels, which one."""
        part = f"shipped:{self.seller_order_id}"
        return part if self.whole else f"{part}:{self.carrier}:{self.tracking}"


@frozen(kw_only=True)
class CalledOff:
    """A buyer does not get something they paid ``amount`` for; ``cause`` is the code of why, ``note`` in words."""

    template: ClassVar[Template] = Template.CALLED_OFF

    order_id: OrderId
    seller_order_id: SellerOrderId
    cause: str
    note: str
    amount: Money

    @property
    def fact(self) -> str:
        """The seller's part of the order, of which things are called off once."""
        return f"called_off:{self.seller_order_id}"


@frozen(kw_only=True)
class NothingToSend:
    """A seller does not have to send any more what was called off; by whom is in ``cause``."""

    template: ClassVar[Template] = Template.NOTHING_TO_SEND

    seller_order_id: SellerOrderId
    seller_id: SellerId
    cause: str
    note: str

    @property
    def fact(self) -> str:
        """The seller's part of the order, of which things are called off once."""
        return f"called_off:{self.seller_order_id}"


@frozen(kw_only=True)
class PaidOut:
    """Money reached a seller's bank account."""

    template: ClassVar[Template] = Template.PAID_OUT

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money
    attempt: int

    @property
    def fact(self) -> str:
        """The payout and its attempt: one that came back is paid again."""
        return f"paid:{self.payout_id}:{self.attempt}"


@frozen(kw_only=True)
class PayoutReturned:
    """A seller's bank sent a payout back."""

    template: ClassVar[Template] = Template.PAYOUT_RETURNED

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money
    attempt: int

    @property
    def fact(self) -> str:
        """The payout and its attempt."""
        return f"returned:{self.payout_id}:{self.attempt}"


@frozen(kw_only=True)
class RefundAsked:
    """A buyer wants money back of a seller's part of an order, who decides about it."""

    template: ClassVar[Template] = Template.REFUND_ASKED

    refund_id: RefundId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    amount: Money
    reason: str

    @property
    def fact(self) -> str:
        """The refund."""
        return f"refund_asked:{self.refund_id}"


@frozen(kw_only=True)
class RefundSent:
    """Money is on its way back to a buyer."""

    template: ClassVar[Template] = Template.REFUND_SENT

    refund_id: RefundId
    order_id: OrderId
    amount: Money

    @property
    def fact(self) -> str:
        """The refund."""
        return f"refund_sent:{self.refund_id}"


@frozen(kw_only=True)
class RefundRejected:
    """A buyer does not get the money back that they asked for."""

    template: ClassVar[Template] = Template.REFUND_REJECTED

    refund_id: RefundId
    order_id: OrderId
    note: str

    @property
    def fact(self) -> str:
        """The refund."""
        return f"refund_rejected:{self.refund_id}"


@frozen(kw_only=True)
class RefundReturned:
    """Money that was on its way back to a buyer did not reach their account."""

    template: ClassVar[Template] = Template.REFUND_RETURNED

    refund_id: RefundId
    order_id: OrderId
    amount: Money

    @property
    def fact(self) -> str:
        """The refund."""
        return f"refund_returned:{self.refund_id}"


@frozen(kw_only=True)
class ClaimRaised:
    """A buyer says that something is wrong with a seller's part of an order, who answers until then."""

    template: ClassVar[Template] = Template.CLAIM_RAISED

    claim_id: ClaimId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    amount: Money
    text: str
    until: datetime

    @property
    def fact(self) -> str:
        """The claim."""
        return f"claim_raised:{self.claim_id}"


@frozen(kw_only=True)
class ClaimAnswered:
    """A seller has answered a buyer's claim, with an offer if ``offered`` is anything."""

    template: ClassVar[Template] = Template.CLAIM_ANSWERED

    claim_id: ClaimId
    order_id: OrderId
    offered: Money
    text: str
    until: datetime

    @property
    def fact(self) -> str:
        """The claim and by when it is decided: every answer sets another date."""
        return f"claim_answered:{self.claim_id}:{self.until.isoformat()}"


@frozen(kw_only=True)
class ClaimClosed:
    """A buyer is told what became of their claim."""

    template: ClassVar[Template] = Template.CLAIM_CLOSED

    claim_id: ClaimId
    order_id: OrderId
    refunded: Money
    text: str

    @property
    def fact(self) -> str:
        """The claim."""
        return f"claim_closed:{self.claim_id}"


@frozen(kw_only=True)
class ClaimOver:
    """A shop is told what became of a claim about its part of an order."""

    template: ClassVar[Template] = Template.CLAIM_OVER

    claim_id: ClaimId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    refunded: Money
    text: str

    @property
    def fact(self) -> str:
        """The claim."""
        return f"claim_over:{self.claim_id}"


@frozen(kw_only=True)
class DebtArose:
    """A shop owes us something, until then."""

    template: ClassVar[Template] = Template.DEBT_AROSE

    seller_id: SellerId
    debt: Money
    due_at: datetime

    @property
    def fact(self) -> str:
        """The shop, and when it is due: another debt is due at another time."""
        return f"debt_arose:{self.seller_id}:{self.due_at.isoformat()}"


@frozen(kw_only=True)
class SellingStopped:
    """A shop owes too much, or for too long, to go on selling."""

    template: ClassVar[Template] = Template.SELLING_STOPPED

    seller_id: SellerId
    debt: Money
    noticed_at: datetime

    @property
    def fact(self) -> str:
        """The shop, and when we noticed."""
        return f"selling_stopped:{self.seller_id}:{self.noticed_at.isoformat()}"


@frozen(kw_only=True)
class ShopClosed:
    """A shop is closed for good, as its owner wanted: everything is settled."""

    template: ClassVar[Template] = Template.SHOP_CLOSED

    seller_id: SellerId

    @property
    def fact(self) -> str:
        """The shop."""
        return f"shop_closed:{self.seller_id}"


ABOUT_ACCOUNTS: Final = frozenset({Template.WELCOME, Template.REGISTRATION_REPEATED, Template.SESSION_ENDED})
"""What makes no sense to somebody who has no account."""

OfShop: TypeAlias = (
    PaidOut
    | PayoutReturned
    | RefundAsked
    | ClaimRaised
    | ClaimOver
    | DebtArose
    | SellingStopped
    | NothingToSend
    | ShopClosed
)
"""What a shop is told about its money, and about what it need not send."""
OfRefund: TypeAlias = RefundSent | RefundRejected | RefundReturned | ClaimAnswered | ClaimClosed | CalledOff
"""What a buyer is told about a refund, a claim, and about what does not come."""
OfDispute: TypeAlias = DisputeOnShop | DisputeDecided
"""What a shop is told about a card dispute."""
OfOperators: TypeAlias = (
    EvidenceIsDue | MoneyStandsStill | PayoutWaits | RefundIsOwed | EventsAreStuck | BooksDiffer | HoldIsOverdue
)
"""What all operators are told: something about money waits for one of them."""
ToOne: TypeAlias = Welcome | AccountExists | SessionEnded | OrderConfirmation | NewOrder | Shipped | OfShop | OfRefund
"""What one person is told."""
Occasion: TypeAlias = ToOne | OfDispute | OfOperators | WebhookStopped
