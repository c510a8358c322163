"""The orders' tables: command → handler, query → answer, deadline → command."""

from typing import Final

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, OrderId
from marketplace_core.kernel.messages import Answers, Handlers, Timers
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.timers import PAY_BY, REVIEW_BY
from marketplace_core.orders.ports import Basket, Buyers, Checkout, OrderLinks, OrdersWork, Quotes
from marketplace_core.orders.queries import (
    ListAllOrders,
    ListAllOrdersHandler,
    ListOrders,
    ListOrdersHandler,
    ListSellerOrders,
    ListSellerOrdersHandler,
    OrdersReader,
    QuoteCheckout,
    QuoteCheckoutHandler,
    ViewOrder,
    ViewOrderByLink,
    ViewOrderByLinkHandler,
    ViewOrderHandler,
    ViewSellerOrder,
    ViewSellerOrderHandler,
)
from marketplace_core.orders.queries.delivery import ViewDelivery, ViewDeliveryHandler
from marketplace_core.orders.usecases.cancel_order import CancelOrder, CancelOrderHandler
from marketplace_core.orders.usecases.cancel_unpaid_order import CancelUnpaidOrder, CancelUnpaidOrderHandler
from marketplace_core.orders.usecases.confirm_order import ConfirmOrder, ConfirmOrderHandler
from marketplace_core.orders.usecases.confirm_receipt import ConfirmReceipt, ConfirmReceiptHandler
from marketplace_core.orders.usecases.expire_order import ExpireOrder, ExpireOrderHandler
from marketplace_core.orders.usecases.hold_order_for_review import HoldOrderForReview, HoldOrderForReviewHandler
from marketplace_core.orders.usecases.mark_delivered import MarkDelivered, MarkDeliveredHandler
from marketplace_core.orders.usecases.place_order import PlaceOrder, PlaceOrderHandler
from marketplace_core.orders.usecases.reject_payment import RejectPayment, RejectPaymentHandler
from marketplace_core.orders.usecases.set_delivery import SetDelivery, SetDeliveryHandler
from marketplace_core.orders.usecases.ship_seller_order import ShipSellerOrder, ShipSellerOrderHandler

STANDARD: Final = CheckoutPolicy()
TIMERS: Final[Timers] = {
    PAY_BY: lambda subject: ExpireOrder(order_id=OrderId(subject)),
    REVIEW_BY: lambda subject: RejectPayment(order_id=OrderId(subject)),
}


def handlers(
    *,
    begin: Begin[OrdersWork],
    clock: Clock,
    ids: IdFactory,
    buyers: Buyers,
    basket: Basket,
    quotes: Quotes,
    checkout: Checkout,
    policy: CheckoutPolicy = STANDARD,
) -> Handlers:
    """Return who carries out which command."""
    return {
        PlaceOrder: PlaceOrderHandler(
            begin=begin,
            clock=clock,
            ids=ids,
            buyers=buyers,
            basket=basket,
            quotes=quotes,
            checkout=checkout,
            policy=policy,
        ),
        ConfirmOrder: ConfirmOrderHandler(begin=begin, clock=clock, quotes=quotes),
        ExpireOrder: ExpireOrderHandler(begin=begin, clock=clock, quotes=quotes, checkout=checkout, policy=policy),
        CancelOrder: CancelOrderHandler(begin=begin, clock=clock, quotes=quotes, checkout=checkout),
        RejectPayment: RejectPaymentHandler(begin=begin, clock=clock, quotes=quotes, checkout=checkout),
        CancelUnpaidOrder: CancelUnpaidOrderHandler(begin=begin, clock=clock, quotes=quotes),
        HoldOrderForReview: HoldOrderForReviewHandler(begin=begin, clock=clock),
        ShipSellerOrder: ShipSellerOrderHandler(begin=begin, clock=clock),
        MarkDelivered: MarkDeliveredHandler(begin=begin, clock=clock),
        ConfirmReceipt: ConfirmReceiptHandler(begin=begin, clock=clock),
        SetDelivery: SetDeliveryHandler(begin=begin),
    }


def answers(
    *,
    reader: OrdersReader,
    clock: Clock,
    basket: Basket,
    quotes: Quotes,
    checkout: Checkout,
    links: OrderLinks,
    policy: CheckoutPolicy = STANDARD,
) -> Answers:
    """Return who answers which query."""
    return {
        QuoteCheckout: QuoteCheckoutHandler(reader=reader, basket=basket, quotes=quotes, clock=clock, policy=policy),
        ViewDelivery: ViewDeliveryHandler(reader=reader, policy=policy),
        ViewOrder: ViewOrderHandler(reader=reader, checkout=checkout),
        ViewOrderByLink: ViewOrderByLinkHandler(reader=reader, checkout=checkout, links=links, clock=clock),
        ListAllOrders: ListAllOrdersHandler(reader=reader),
        ListOrders: ListOrdersHandler(reader=reader),
        ListSellerOrders: ListSellerOrdersHandler(reader=reader),
        ViewSellerOrder: ViewSellerOrderHandler(reader=reader),
    }
