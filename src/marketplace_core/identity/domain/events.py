"""What happened to accounts, sessions and shops."""

from datetime import datetime

from attrs import frozen

from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.messages import Event


@frozen(kw_only=True)
class UserRegistered(Event):
    """Somebody opened an account."""

    user_id: UserId
    name: str
    locale: str


@frozen(kw_only=True)
class RegistrationRepeated(Event):
    """Somebody tried to register with the address of an account that exists; only its owner is told."""

    user_id: UserId
    attempted_at: datetime


@frozen(kw_only=True)
class RefreshReuseDetected(Event):
    """A spent refresh token came back: it was stolen, or its thief spent ours. The session is over."""

    user_id: UserId
    family_id: FamilyId


@frozen(kw_only=True)
class SellerApplied(Event):
    """A shop was opened and waits for the operator."""

    seller_id: SellerId
    user_id: UserId
    name: str
    slug: str


@frozen(kw_only=True)
class SellerApproved(Event):
    """A shop may sell from now on."""

    seller_id: SellerId
    user_id: UserId
    name: str
    slug: str
    currency: str


@frozen(kw_only=True)
class SellerSuspended(Event):
    """A shop may sell nothing new; what was ordered must still be shipped."""

    seller_id: SellerId


@frozen(kw_only=True)
class SellerReinstated(Event):
    """A suspended shop may sell again."""

    seller_id: SellerId


@frozen(kw_only=True)
class SellerClosing(Event):
    """A shop shows and sells nothing any more; what is still owed either way is settled, then it is closed."""

    seller_id: SellerId


@frozen(kw_only=True)
class SellerStayed(Event):
    """A shop that was being closed sells on."""

    seller_id: SellerId


@frozen(kw_only=True)
class SellerClosed(Event):
    """A shop is closed for good: everything is settled. What was is kept."""

    seller_id: SellerId
