"""The numbers of checkout: delivery fee and deadlines. Pinned by version on every order."""

from datetime import timedelta
from typing import Final

from attrs import asdict, evolve, field, fields, frozen
from attrs.validators import and_, ge, gt, le

from marketplace_core.kernel.documents import UNWRITTEN
from marketplace_core.kernel.money import Money, portion
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.pricing import WHOLE_BPS

LINK_LASTS: Final = timedelta(days=90)
"""How long after it was placed an order can be read by its link."""


@frozen(kw_only=True)
class CheckoutRules:
    """What was agreed with an order about what comes after: as ``CheckoutPolicy`` had it on its day."""

    processing_wait: timedelta
    accepts_by_hand: bool
    accept_within: timedelta
    ship_within: timedelta
    return_window: timedelta
    late_money_grace: timedelta


@frozen(kw_only=True)
class CheckoutPolicy:
    """What checkout charges and how long it waits.

    The parcel of a shop that has no terms of its own costs ``delivery_fee_minor``, nothing from
    ``delivery_free_from_minor`` of that shop's items on (minor units of the order's currency). A changed policy gets a
    new ``version``: quotes under the old one are void, orders keep theirs.

    A quote may be accepted for ``quote_lasts``; the order then waits ``pay_within`` for its money, and
    ``processing_wait`` before it asks again about a payment that the provider is working on. ``number`` is the stored
    version of these terms, 0 where none is stored.

    With ``accepts_by_hand`` sellers accept or decline every paid order within ``accept_within``; without it an order is
    accepted as it is paid. What is not shipped within ``ship_within`` is called off. Money that comes up to
    ``late_money_grace`` after an order's time revives it if the goods are still there. Buyers have ``return_window``
    from the delivery on.

    The buyer pays a service fee of ``service_fee_minor`` and ``service_fee_bps`` (basis points) of the goods. A voucher
    leaves ``least_payment_minor`` to be paid, which is what payment providers ask for at least.
    """

    version: str = "2026-1"
    delivery_fee_minor: int = field(default=490, validator=ge(0))
    delivery_free_from_minor: int = field(default=5_000, validator=ge(0))
    quote_lasts: timedelta = field(default=timedelta(minutes=15), validator=gt(timedelta(0)))
    pay_within: timedelta = field(default=timedelta(minutes=15), validator=gt(timedelta(0)))
    processing_wait: timedelta = field(default=timedelta(minutes=5), validator=gt(timedelta(0)))
    accepts_by_hand: bool = False
    accept_within: timedelta = field(default=timedelta(hours=72), validator=gt(timedelta(0)))
    ship_within: timedelta = field(default=timedelta(days=14), validator=gt(timedelta(0)))
    return_window: timedelta = field(default=timedelta(days=14), validator=ge(timedelta(0)))
    late_money_grace: timedelta = field(default=timedelta(minutes=30), validator=ge(timedelta(0)))
    service_fee_minor: int = field(default=0, validator=ge(0))
    service_fee_bps: int = field(default=0, validator=and_(ge(0), le(WHOLE_BPS)))
    least_payment_minor: int = field(default=50, validator=gt(0))
    number: int = field(default=0, validator=ge(0), metadata=UNWRITTEN)

    @property
    def rules(self) -> CheckoutRules:
        """Return what an order that is placed now keeps."""
        return CheckoutRules(**{one.name: getattr(self, one.name) for one in fields(CheckoutRules)})

    def agreed(self, rules: CheckoutRules | None) -> "CheckoutPolicy":
        """Return this policy as far as it may change, and what was agreed with an order where it may not.

        Of an order from before rules were kept nothing is known.
        """
        return self if rules is None else evolve(self, **asdict(rules))

    def service_fee_of(self, goods: Money) -> Money:
        """Return what the buyer pays the marketplace for an order of so much."""
        share = portion(goods.amount_minor, self.service_fee_bps) if self.service_fee_bps else 0
        return Money(self.service_fee_minor + share, goods.currency)

    @property
    def delivery(self) -> DeliveryTerms:
        """What the parcel of a shop costs that has said nothing else."""
        return DeliveryTerms(fee_minor=self.delivery_fee_minor, free_from_minor=self.delivery_free_from_minor)
