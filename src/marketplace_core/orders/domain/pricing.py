"""What lies between the goods of a seller's part and what the buyer pays: discounts, tax, the service fee.

A seller's share is goods and delivery, less the discounts that the seller funds. What the platform funds comes off the
buyer's price, not off the share. Tax that the platform remits comes on top of the share; tax that the seller remits is
in the seller's prices already and only told. The service fee is the buyer's, for the marketplace.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Protocol

from attrs import field, frozen
from attrs.validators import and_, ge, le

from marketplace_core.kernel.money import Money, total

WHOLE_BPS: Final = 10_000


class RemittedBy(StrEnum):
    """Who passes a tax on to the tax office."""

    PLATFORM = "platform"
    SELLER = "seller"


@frozen(kw_only=True)
class Tax:
    """The tax on one seller's part: ``amount_minor`` at ``rate_bps`` (basis points), owed to ``jurisdiction``."""

    jurisdiction: str
    rate_bps: int = field(validator=and_(ge(0), le(WHOLE_BPS)))
    amount_minor: int = field(validator=ge(0))
    remitted_by: RemittedBy

    @property
    def added_minor(self) -> int:
        """What it adds to the buyer's price."""
        return self.amount_minor if self.remitted_by is RemittedBy.PLATFORM else 0


@frozen(kw_only=True)
class Pricing:
    """What a voucher takes off and what comes on top, in minor units; ``voucher`` is the code that was used.

    ``discount_minor`` is off the goods at the seller's expense, ``subsidy_minor`` off the price at the platform's.
    """

    discount_minor: int = field(default=0, validator=ge(0))
    subsidy_minor: int = field(default=0, validator=ge(0))
    tax: Tax | None = None
    fee_minor: int = field(default=0, validator=ge(0))
    voucher: str = ""

    @property
    def tax_minor(self) -> int:
        """The tax that is added."""
        return self.tax.added_minor if self.tax else 0

    @property
    def net_minor(self) -> int:
        """What the buyer pays beyond the seller's share; below zero if the platform pays more of it."""
        return self.tax_minor + self.fee_minor - self.subsidy_minor


PLAIN: Final = Pricing()


class Priced(Protocol):
    """One seller's part, with its price."""

    @property
    def items(self) -> Money:
        """The goods, less what the seller takes off."""
        ...

    @property
    def delivery(self) -> Money:
        """The delivery."""
        ...

    @property
    def pricing(self) -> Pricing:
        """The rest."""
        ...


@frozen(kw_only=True)
class Totals:
    """What the buyer pays, line by line: goods − discount + delivery + tax + fee = total."""

    goods: Money
    discount: Money
    delivery: Money
    tax: Money
    fee: Money
    total: Money


def price_of(part: Priced) -> Money:
    """Return what the buyer pays for a part."""
    return part.items + part.delivery + Money(part.pricing.net_minor, part.items.currency)


def totals_of(parts: Iterable[Priced], currency: str) -> Totals:
    """Sum parts up. To the buyer a discount is a discount, whoever funds it."""
    known = list(parts)

    def summed(amounts: Iterable[int]) -> Money:
        return Money(sum(amounts), currency)

    return Totals(
        goods=summed(part.items.amount_minor + part.pricing.discount_minor for part in known),
        discount=summed(part.pricing.discount_minor + part.pricing.subsidy_minor for part in known),
        delivery=summed(part.delivery.amount_minor for part in known),
        tax=summed(part.pricing.tax_minor for part in known),
        fee=summed(part.pricing.fee_minor for part in known),
        total=total([price_of(part) for part in known], currency),
    )
