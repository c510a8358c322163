"""The numbers of checkout: delivery fee and deadlines. Pinned by version on every order."""

from datetime import timedelta
from typing import Final

from attrs import field, frozen
from attrs.validators import ge, gt

from marketplace_core.kernel.money import Money

LINK_LASTS: Final = timedelta(days=90)
"""How long after it was placed an order can be read by its link."""


@frozen(kw_only=True)
class CheckoutPolicy:
    """What checkout charges and how long it waits.

    Every seller's parcel costs ``delivery_fee_minor``, nothing from ``delivery_free_from_minor`` of that seller's items
    on (minor units of the order's currency). A changed policy gets a new ``version``: quotes under the old one are
    void, orders keep theirs.
    """

    version: str = "checkout-1"
    delivery_fee_minor: int = field(default=490, validator=ge(0))
    delivery_free_from_minor: int = field(default=5_000, validator=ge(0))
    quote_seconds: int = field(default=900, validator=gt(0))
    pay_seconds: int = field(default=900, validator=gt(0))
    processing_wait_seconds: int = field(default=300, validator=gt(0))

    def delivery_of(self, items: Money) -> Money:
        """Return what one seller's parcel costs to deliver."""
        free = items.amount_minor >= self.delivery_free_from_minor
        return Money(0 if free else self.delivery_fee_minor, items.currency)

    @property
    def quote_lasts(self) -> timedelta:
        """How long a quote may be accepted."""
        return timedelta(seconds=self.quote_seconds)

    @property
    def pay_within(self) -> timedelta:
        """How long a placed order waits for its money."""
        return timedelta(seconds=self.pay_seconds)

    @property
    def processing_wait(self) -> timedelta:
        """How long to wait before asking again about a payment the provider is working on."""
        return timedelta(seconds=self.processing_wait_seconds)
