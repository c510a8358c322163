"""What tax a sale bears, and flat rates for whoever needs no more than that."""

from collections.abc import Mapping
from typing import Final, Protocol

from attrs import field, frozen
from attrs.validators import and_, ge, le

from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import Money, fraction
from marketplace_core.orders.domain.discounting import TaxOf
from marketplace_core.orders.domain.pricing import WHOLE_BPS, RemittedBy, Tax
from marketplace_core.orders.domain.splitting import SellerGroup


@frozen(kw_only=True)
class TaxableSale:
    """One seller's part of an order on its way to a country (ISO 3166-1 alpha-2; empty while nobody knows)."""

    seller_id: SellerId
    items: Money
    delivery: Money
    country: str


class TaxCalculator(Protocol):
    """What tax a sale bears.

    It answers from what it knows, without a network: it is asked inside the transaction that places an order. The same
    sale bears the same tax, until the rates change.
    """

    def tax(self, sale: TaxableSale) -> Tax | None:
        """Return the tax on a sale: added to the price if the platform remits it, part of it if the seller does."""
        ...


ANYWHERE: Final = "*"
"""The rate of every country that has none of its own, and of a country that is not known yet."""


@frozen(kw_only=True)
class FlatRate:
    """So much of every sale to a country, in basis points, and who passes it on to the tax office."""

    rate_bps: int = field(validator=and_(ge(0), le(WHOLE_BPS)))
    remitted_by: RemittedBy = RemittedBy.PLATFORM


@frozen
class FlatTaxes(TaxCalculator):
    """One rate on goods and delivery by the country they go to; no rate is no tax."""

    rates: Mapping[str, FlatRate] = field(factory=dict)

    def tax(self, sale: TaxableSale) -> Tax | None:
        """Take the rate of the whole, rounded half to even: on top of it, or out of it."""
        known = sale.country if sale.country in self.rates else ANYWHERE
        rate = self.rates.get(known)
        if rate is None or not rate.rate_bps:
            return None
        price = (sale.items + sale.delivery).amount_minor
        whole = WHOLE_BPS if rate.remitted_by is RemittedBy.PLATFORM else WHOLE_BPS + rate.rate_bps
        return Tax(
            jurisdiction=sale.country or known,
            rate_bps=rate.rate_bps,
            amount_minor=fraction(price, rate.rate_bps, whole),
            remitted_by=rate.remitted_by,
        )


NO_TAXES: Final = FlatTaxes()


def taxed(taxes: TaxCalculator, country: str) -> TaxOf:
    """Return what says which tax a seller's part bears on its way to a country."""

    def tax_of(group: SellerGroup) -> Tax | None:
        sale = TaxableSale(seller_id=group.seller_id, items=group.items, delivery=group.delivery, country=country)
        return taxes.tax(sale)

    return tax_of
