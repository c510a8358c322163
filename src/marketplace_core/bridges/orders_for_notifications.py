"""Notifications ask orders what was bought, and where it is read."""

from typing import final

from attrs import frozen

from marketplace_core.kernel.ids import ClaimId, OrderId, SellerOrderId
from marketplace_core.notifications import GroupFacts, LineFacts, OrderFacts, OrderPage
from marketplace_core.notifications.ports import OrderFactsSource, OrderPages
from marketplace_core.orders import LINK_LASTS, OrdersReader
from marketplace_core.orders import OrderFacts as OrderedFacts
from marketplace_core.orders.ports import OrderLinks


@final
@frozen
class OrdersFactsSource(OrderFactsSource):
    """Facts from the orders themselves."""

    reader: OrdersReader

    async def order(self, order_id: OrderId) -> OrderFacts:
        """Ask for the whole order."""
        return _facts(await self.reader.order_facts(order_id))

    async def seller_order(self, seller_order_id: SellerOrderId) -> OrderFacts:
        """Ask for one seller's part, which is all that is passed on."""
        return _facts(await self.reader.seller_order_facts(seller_order_id))


@final
@frozen(kw_only=True)
class OrdersPages(OrderPages):
    """Pages at ``base_url``, which has no slash at its end; a guest's address carries the key of the order's link."""

    links: OrderLinks
    base_url: str

    def of(self, order: OrderFacts, *, guest: bool) -> OrderPage:
        """Put the address together."""
        url = f"{self.base_url}/orders/{order.order_id}"
        return OrderPage(url=f"{url}?key={self._key(order)}", days=LINK_LASTS.days) if guest else OrderPage(url=url)

    def claim(self, claim_id: ClaimId, order: OrderFacts, *, guest: bool) -> OrderPage:
        """Put the address together; a guest's leads on to the order."""
        url = f"{self.base_url}/claims/{claim_id}"
        if not guest:
            return OrderPage(url=url)
        return OrderPage(url=f"{url}?order={order.order_id}&key={self._key(order)}", days=LINK_LASTS.days)

    def shops_claim(self, claim_id: ClaimId) -> OrderPage:
        """Put the address together."""
        return OrderPage(url=f"{self.base_url}/studio/claims/{claim_id}")

    def standing(self) -> OrderPage:
        """Put the address together."""
        return OrderPage(url=f"{self.base_url}/studio/money/standing")

    def _key(self, order: OrderFacts) -> str:
        return self.links.key(order.order_id, order.placed_at + LINK_LASTS)


def _facts(facts: OrderedFacts) -> OrderFacts:
    return OrderFacts(
        order_id=facts.order_id,
        buyer_id=facts.buyer_id,
        placed_at=facts.placed_at,
        groups=tuple(
            GroupFacts(
                seller_order_id=group.seller_order_id,
                seller_id=group.seller_id,
                seller_name=group.seller_name,
                lines=tuple(
                    LineFacts(
                        title=line.title, variant_title=line.variant_title, quantity=line.quantity, total=line.total
                    )
                    for line in group.lines
                ),
                delivery=group.delivery,
                total=group.total,
                discount_minor=group.pricing.discount_minor,
                subsidy_minor=group.pricing.subsidy_minor,
                tax_minor=group.pricing.tax_minor,
                fee_minor=group.pricing.fee_minor,
            )
            for group in facts.groups
        ),
        total=facts.total,
    )
