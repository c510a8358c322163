"""What follows when goods are called off: they are for sale again, their money goes back, in the open transaction."""

from attrs import frozen

from marketplace_core.orders.domain.calling_off import CalledOff
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.domain.timers import ACCEPT_BY, SHIP_BY
from marketplace_core.orders.ports import Checkout, OrdersWork, Quotes
from marketplace_core.orders.usecases.complete_seller_order import wait_for_the_end


@frozen(kw_only=True)
class CallingOff:
    """Puts goods back and gives money back, with the seller order that will not send them and no other."""

    quotes: Quotes
    checkout: Checkout
    policy: CheckoutPolicy

    async def settle(self, work: OrdersWork, seller_order: SellerOrder, gone: CalledOff, *, sold: bool = True) -> None:
        """Store the seller order, stop its timers, restock what was ``sold`` to it, and owe its money to the buyer.

        Raises ``MoneyDisputed``.
        """
        await work.seller_orders.save(seller_order)
        await work.deadlines.cancel(ACCEPT_BY, seller_order.seller_order_id)
        await work.deadlines.cancel(SHIP_BY, seller_order.seller_order_id)
        await wait_for_the_end(work, seller_order, self.policy)
        await self.checkout.return_share(seller_order.seller_order_id, gone)
        if sold:
            await self.quotes.restock(seller_order.order_id, gone.lines)
