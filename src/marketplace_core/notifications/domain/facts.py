"""What letters tell about orders and people, in this context's own words."""

from datetime import datetime

from attrs import field, frozen

from marketplace_core.kernel.ids import OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class Contact:
    """Whom a letter is for. ``shop_name`` is set when they are written to as a seller; a guest has no account."""

    user_id: UserId
    email: str
    name: str
    locale: str
    shop_name: str | None = None
    guest: bool = False


@frozen(kw_only=True)
class LineFacts:
    """Something that was bought; ``total`` is for the whole quantity."""

    title: str
    variant_title: str
    quantity: int
    total: Money


@frozen(kw_only=True)
class GroupFacts:
    """One seller's part of an order: ``total`` is the seller's, ``price`` what the buyer pays, in minor units apart.

    ``discount_minor`` is off the goods at the seller's expense, ``subsidy_minor`` off the price at the platform's.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    seller_name: str
    lines: tuple[LineFacts, ...]
    delivery: Money
    total: Money
    discount_minor: int = 0
    subsidy_minor: int = 0
    tax_minor: int = 0
    fee_minor: int = 0

    @property
    def price(self) -> Money:
        """What the buyer pays."""
        return self.total + self._amount(self.tax_minor + self.fee_minor - self.subsidy_minor)

    @property
    def sellers_discount(self) -> Money:
        """What the seller took off."""
        return self._amount(self.discount_minor)

    @property
    def buyers_discount(self) -> Money:
        """What the buyer was let off, whoever bears it."""
        return self._amount(self.discount_minor + self.subsidy_minor)

    @property
    def tax(self) -> Money:
        """The tax on top."""
        return self._amount(self.tax_minor)

    @property
    def fee(self) -> Money:
        """The service fee."""
        return self._amount(self.fee_minor)

    def _amount(self, amount_minor: int) -> Money:
        return Money(amount_minor, self.total.currency)


@frozen(kw_only=True)
class OrderFacts:
    """An order, or the part of it that the reader of the letter may know: only these ``groups``, and their total."""

    order_id: OrderId
    buyer_id: UserId
    placed_at: datetime
    groups: tuple[GroupFacts, ...]
    total: Money


@frozen(kw_only=True)
class OrderPage:
    """Where an order is read. An address that opens it without signing in works for ``days``; others have none."""

    url: str = field(repr=False)
    days: int | None = None
