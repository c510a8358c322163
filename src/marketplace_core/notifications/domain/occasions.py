"""The occasions for a mail. Each names its fact: one fact makes one mail to one person, however often it is told."""

from datetime import datetime
from enum import Enum
from typing import ClassVar, Final, TypeAlias

from attrs import frozen

from marketplace_core.kernel.ids import OrderId, PayoutId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money


class Template(Enum):
    """Which letter is written."""

    WELCOME = "welcome"
    REGISTRATION_REPEATED = "registration_repeated"
    SESSION_ENDED = "session_ended"
    ORDER_CONFIRMATION = "order_confirmation"
    NEW_ORDER = "new_order"
    SHIPPED = "shipped"
    PAID_OUT = "paid_out"


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
    """A seller handed a parcel to a carrier."""

    template: ClassVar[Template] = Template.SHIPPED

    seller_order_id: SellerOrderId
    carrier: str
    tracking: str

    @property
    def fact(self) -> str:
        """The seller's part of the order, which is shipped once."""
        return f"shipped:{self.seller_order_id}"


@frozen(kw_only=True)
class PaidOut:
    """Money reached a seller's bank account."""

    template: ClassVar[Template] = Template.PAID_OUT

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money

    @property
    def fact(self) -> str:
        """The payout."""
        return f"paid:{self.payout_id}"


ABOUT_ACCOUNTS: Final = frozenset({Template.WELCOME, Template.REGISTRATION_REPEATED, Template.SESSION_ENDED})
"""What makes no sense to somebody who has no account."""

Occasion: TypeAlias = Welcome | AccountExists | SessionEnded | OrderConfirmation | NewOrder | Shipped | PaidOut
