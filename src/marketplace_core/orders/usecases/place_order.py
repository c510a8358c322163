"""Place an order: the cart becomes an agreement."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen
from attrs.converters import optional

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.idempotency import checked_key
from marketplace_core.kernel.ids import IdFactory, OrderId, SellerOrderId, UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.delivery import Address
from marketplace_core.orders.domain.errors import ContactNeeded, PaymentProviderUnavailable, VoucherNotApplicable
from marketplace_core.orders.domain.lines import OpenBasket
from marketplace_core.orders.domain.order import Order, Placement
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.quote import Quote, QuoteStamp, agreed
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.domain.timers import PAY_BY
from marketplace_core.orders.domain.voucher import Voucher
from marketplace_core.orders.ports import (
    Basket,
    Buyers,
    Checkout,
    OrdersWork,
    PaymentStep,
    Quotes,
    Share,
    TaxCalculator,
    taxed,
)


@frozen(kw_only=True)
class PlacedOrder:
    """The order stands; ``payment`` is what the buyer does next."""

    order_id: OrderId
    total: Money
    payment: PaymentStep


@frozen(kw_only=True)
class PlaceOrder(Command[PlacedOrder]):
    """Order what is in the cart, as quoted.

    ``request_key`` is the idempotency key the caller sends the command under, so that a repetition after a crash is
    told from another attempt on the same cart; without one, the same quote hash counts as the same request.
    """

    permission: ClassVar[Permission] = Permission.BUYER
    calls_outside: ClassVar[bool] = True
    secret_result: ClassVar[bool] = True
    quote_hash: str
    address: Address
    request_key: str | None = field(default=None, converter=optional(checked_key))


@frozen(kw_only=True)
class PlaceOrderHandler:
    """Turn the buyer's cart into an order.

    - The buyer gets exactly what they were quoted: any difference in offers, quantities, prices or delivery is refused
      with the old and the new prices, and nothing is reserved. So is a voucher that cannot be used any more.
    - The voucher counts as used with the order, within its limits whoever else uses it at the same time.
    - Whoever buys without an account has said where to write to; otherwise nothing is reserved.
    - Goods are held for every line or for none; with the order, the cart is closed and the payment written down.
    - A cart becomes one order at most. The same request sent again gets the same order; another one learns its id.
    - The order waits 15 minutes for its money, then it expires and the goods go back.
    - If the payment provider cannot be reached the order stands; sending the same request again asks it again.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    ids: IdFactory
    buyers: Buyers
    basket: Basket
    quotes: Quotes
    checkout: Checkout
    taxes: TaxCalculator
    policy: CheckoutPolicy

    async def __call__(self, command: PlaceOrder, by: Actor) -> PlacedOrder:
        """Place the order, then ask the provider for the payment."""
        buyer_id = by.own_user
        stamp = QuoteStamp.read(command.quote_hash)
        placement = Placement(quote_hash=command.quote_hash, request_key=command.request_key)
        async with self.begin() as work:
            order = await work.orders.of_cart(stamp.cart_id)
            if order is None or order.buyer_id != buyer_id:
                order = await self._placed(work, command, buyer_id)
            order.check_same_request(placement)
        return PlacedOrder(order_id=order.order_id, total=order.total, payment=await self._payment(order))

    async def _placed(self, work: OrdersWork, command: PlaceOrder, buyer_id: UserId) -> Order:
        if not await self.buyers.reachable(buyer_id):
            raise ContactNeeded("Say first where the confirmation goes: leave a name and an e-mail address.")
        now = self.clock.now()
        basket = await self.basket.open(buyer_id)
        offers = await self.quotes.offers([line.offer_id for line in basket.lines])
        delivery = await work.deliveries.of({offer.seller_id for offer in offers.values()})
        voucher = await self._voucher(work, basket)
        quote = agreed(
            command.quote_hash,
            basket,
            offers,
            self.policy,
            now,
            delivery=delivery,
            voucher=voucher,
            tax_of=taxed(self.taxes, command.address.country),
        )
        order_id = OrderId(self.ids.new("ord"))
        await self.basket.close(basket, order_id)
        seller_orders = self._seller_orders(quote, order_id, buyer_id, now)
        payment_id = await self.checkout.open(order_id, buyer_id, quote.total.currency, _shares(seller_orders))
        order = Order.place(
            order_id=order_id,
            buyer_id=buyer_id,
            quote=quote,
            address=command.address,
            payment_id=payment_id,
            request_key=command.request_key,
            now=now,
            pay_by=now + self.policy.pay_within,
            rules=self.policy.rules,
        )
        await work.orders.save(order)
        for seller_order in seller_orders:
            await work.seller_orders.save(seller_order)
        await work.deadlines.set(PAY_BY, order_id, order.pay_by)
        if voucher is not None:
            await work.vouchers.redeem(voucher, order_id, buyer_id, now)
        await self.quotes.hold(order_id, quote.demand)  # the contended rows last, so that they are locked shortest
        return order

    async def _voucher(self, work: OrdersWork, basket: OpenBasket) -> Voucher | None:
        if basket.voucher_code is None:
            return None
        voucher = await work.vouchers.find(basket.voucher_code)
        if voucher is None:
            raise VoucherNotApplicable
        return voucher

    def _seller_orders(self, quote: Quote, order_id: OrderId, buyer_id: UserId, now: datetime) -> list[SellerOrder]:
        return [
            SellerOrder.place(SellerOrderId(self.ids.new("sor")), order_id, buyer_id, group, now, self.policy.rules)
            for group in quote.groups
        ]

    async def _payment(self, order: Order) -> PaymentStep:
        if not order.awaits_payment:
            return await self.checkout.step(order.payment_id)
        try:
            return await self.checkout.request(order.payment_id)
        except Unavailable as failure:
            raise PaymentProviderUnavailable(
                "Your order is kept, but the payment provider cannot be reached. Try again in a moment.",
                ambiguous=failure.ambiguous,
                retry_after_seconds=failure.retry_after_seconds,
                order_id=order.order_id,
            ) from failure


def _shares(seller_orders: list[SellerOrder]) -> list[Share]:
    return [
        Share(
            seller_order_id=one.seller_order_id,
            seller_id=one.seller_id,
            items=one.items,
            delivery=one.delivery,
            tax_minor=one.pricing.tax_minor,
            tax_jurisdiction=one.pricing.tax.jurisdiction if one.pricing.tax_minor and one.pricing.tax else "",
            fee_minor=one.pricing.fee_minor,
            subsidy_minor=one.pricing.subsidy_minor,
        )
        for one in seller_orders
    ]
