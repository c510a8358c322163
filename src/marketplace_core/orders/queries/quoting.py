"""What the cart costs."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Query
from marketplace_core.orders.domain.lines import OpenBasket
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.quote import Quote, quote
from marketplace_core.orders.domain.voucher import Voucher
from marketplace_core.orders.ports import Basket, Quotes, TaxCalculator, taxed
from marketplace_core.orders.queries import OrdersReader


@frozen(kw_only=True)
class QuoteCheckout(Query[Quote]):
    """Ask what the cart costs, delivery included; ``country`` is where the goods go, as far as that is known."""

    permission: ClassVar[Permission] = Permission.BUYER
    country: str = ""


@frozen(kw_only=True)
class QuoteCheckoutHandler:
    """Say what the buyer's cart costs now, seller by seller.

    - Every seller's parcel has its own delivery fee: the shop's own, or the marketplace's, free from a minimum on.
    - A voucher that was entered for the cart takes something off; one that cannot be used any more is refused, until it
      is taken out. Tax that the marketplace remits and its service fee come on top.
    - The quote may be accepted for 15 minutes, with its hash, as long as nothing in it changes.
    - A cart in which something cannot be bought gets no quote: the lines are named, each with its reason.
    """

    reader: OrdersReader
    basket: Basket
    quotes: Quotes
    taxes: TaxCalculator
    clock: Clock
    policy: CheckoutPolicy

    async def __call__(self, query: QuoteCheckout, by: Actor) -> Quote:
        """Quote."""
        basket = await self.basket.open(by.own_user)
        voucher = await self._voucher(basket, by.own_user)
        offers = await self.quotes.offers([line.offer_id for line in basket.lines])
        delivery = await self.reader.delivery_terms({offer.seller_id for offer in offers.values()})
        return quote(
            basket,
            offers,
            self.policy,
            self.clock.now(),
            delivery=delivery,
            voucher=voucher,
            tax_of=taxed(self.taxes, query.country),
        )

    async def _voucher(self, basket: OpenBasket, buyer_id: UserId) -> Voucher | None:
        if basket.voucher_code is None:
            return None
        voucher, uses = await self.reader.voucher_for(basket.voucher_code, buyer_id)
        voucher.check_buyer(uses)
        return voucher
