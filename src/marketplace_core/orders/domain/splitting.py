"""One basket, many sellers: who sells what, and who delivers for how much."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import Money, total
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.lines import BasketLine, OfferOnSale, OrderLine
from marketplace_core.orders.domain.pricing import PLAIN, Pricing, price_of


@frozen(kw_only=True)
class SellerGroup:
    """One seller's part of a basket: the lines, what they sum to, and the delivery that is this seller's alone.

    ``items`` are the goods less what the seller takes off them; ``pricing`` is what else makes the buyer's price.
    """

    seller_id: SellerId
    seller_name: str
    lines: tuple[OrderLine, ...]
    items: Money
    delivery: Money
    pricing: Pricing = PLAIN

    @property
    def total(self) -> Money:
        """Items and delivery: the seller's share."""
        return self.items + self.delivery

    @property
    def discount(self) -> Money:
        """What the seller takes off its goods."""
        return Money(self.pricing.discount_minor, self.items.currency)

    @property
    def price(self) -> Money:
        """What the buyer pays."""
        return price_of(self)


def split(
    lines: Sequence[tuple[BasketLine, OfferOnSale]], own: Mapping[SellerId, DeliveryTerms], standard: DeliveryTerms
) -> tuple[SellerGroup, ...]:
    """Group lines by seller, sellers and lines in the order of the basket; each delivers on its own terms, if any.

    Nothing is divided, so no cent can be lost: every line and every delivery fee belongs to exactly one group, and the
    groups sum to the whole.
    """
    sellers: dict[SellerId, tuple[str, list[OrderLine]]] = {}
    for wanted, offer in lines:
        _, taken = sellers.setdefault(offer.seller_id, (offer.seller_name, []))
        taken.append(_agreed(wanted, offer))
    return tuple(
        _group(seller_id, name, tuple(taken), own.get(seller_id, standard))
        for seller_id, (name, taken) in sellers.items()
    )


def _agreed(wanted: BasketLine, offer: OfferOnSale) -> OrderLine:
    return OrderLine(
        offer_id=offer.offer_id,
        product_id=offer.product_id,
        title=offer.title,
        variant_title=offer.variant_title,
        sku=offer.sku,
        quantity=wanted.quantity,
        unit_price=offer.unit_price,
        image_url=offer.image_url,
    )


def _group(seller_id: SellerId, name: str, lines: tuple[OrderLine, ...], terms: DeliveryTerms) -> SellerGroup:
    items = total([line.total for line in lines], lines[0].unit_price.currency)
    return SellerGroup(
        seller_id=seller_id, seller_name=name, lines=lines, items=items, delivery=terms.delivery_of(items)
    )
