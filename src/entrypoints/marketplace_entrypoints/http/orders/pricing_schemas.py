"""How a price comes about, in answers about quotes and orders."""

from marketplace_core.orders import RemittedBy
from marketplace_entrypoints.http.dependencies import MoneyOut, Outgoing


class TaxOut(Outgoing):
    """The tax on one seller's part: on top of it if the platform remits it, in its prices already if the seller does.

    ``rate_bps`` is in basis points.
    """

    jurisdiction: str
    rate_bps: int
    amount_minor: int
    remitted_by: RemittedBy


class PricingOut(Outgoing):
    """What lies between a seller's part and its price, in minor units; ``voucher`` is the code that was used.

    ``discount_minor`` is off the goods already, at the seller's expense; ``subsidy_minor`` is what the platform pays.
    """

    discount_minor: int
    subsidy_minor: int
    tax: TaxOut | None
    fee_minor: int
    voucher: str


class TotalsOut(Outgoing):
    """What the buyer pays, line by line: goods - discount + delivery + tax + fee = total."""

    goods: MoneyOut
    discount: MoneyOut
    delivery: MoneyOut
    tax: MoneyOut
    fee: MoneyOut
    total: MoneyOut
