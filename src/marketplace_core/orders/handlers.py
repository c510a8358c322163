"""The orders' tables: command → handler, query → answer, deadline → command."""

from typing import Final

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, OrderId, SellerOrderId
from marketplace_core.kernel.messages import Answers, Handlers, Timers
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.timers import ACCEPT_BY, CLOSE, COMPLETE, PAY_BY, REVIEW_BY, SHIP_BY
from marketplace_core.orders.ports import (
    NO_TAXES,
    Basket,
    Buyers,
    Checkout,
    OrderLinks,
    OrdersWork,
    Quotes,
    TaxCalculator,
)
from marketplace_core.orders.queries import (
    ListAllOrders,
    ListAllOrdersHandler,
    ListOrders,
    ListOrdersHandler,
    ListSellerOrders,
    ListSellerOrdersHandler,
    OrdersReader,
    ViewOrder,
    ViewOrderByLink,
    ViewOrderByLinkHandler,
    ViewOrderHandler,
    ViewSellerOrder,
    ViewSellerOrderHandler,
)
from marketplace_core.orders.queries.delivery import ViewDelivery, ViewDeliveryHandler
from marketplace_core.orders.queries.quoting import QuoteCheckout, QuoteCheckoutHandler
from marketplace_core.orders.queries.vouchers import ListVouchers, ListVouchersHandler, ViewVoucher, ViewVoucherHandler
from marketplace_core.orders.usecases.accept_payment import AcceptPayment, AcceptPaymentHandler
from marketplace_core.orders.usecases.accept_seller_order import AcceptSellerOrder, AcceptSellerOrderHandler
from marketplace_core.orders.usecases.arriving_parcels import ArrivingParcels
from marketplace_core.orders.usecases.calling_off import CallingOff
from marketplace_core.orders.usecases.cancel_order import CancelOrder, CancelOrderHandler
from marketplace_core.orders.usecases.cancel_seller_order import CancelSellerOrder, CancelSellerOrderHandler
from marketplace_core.orders.usecases.cancel_unpaid_order import CancelUnpaidOrder, CancelUnpaidOrderHandler
from marketplace_core.orders.usecases.complete_seller_order import CompleteSellerOrder, CompleteSellerOrderHandler
from marketplace_core.orders.usecases.confirm_order import ConfirmOrder, ConfirmOrderHandler
from marketplace_core.orders.usecases.confirm_receipt import ConfirmReceipt, ConfirmReceiptHandler
from marketplace_core.orders.usecases.decline_seller_order import DeclineSellerOrder, DeclineSellerOrderHandler
from marketplace_core.orders.usecases.drop_voucher import DropVoucher, DropVoucherHandler
from marketplace_core.orders.usecases.expire_order import ExpireOrder, ExpireOrderHandler
from marketplace_core.orders.usecases.give_up_accepting import GiveUpAccepting, GiveUpAcceptingHandler
from marketplace_core.orders.usecases.give_up_shipping import GiveUpShipping, GiveUpShippingHandler
from marketplace_core.orders.usecases.hold_order_for_review import HoldOrderForReview, HoldOrderForReviewHandler
from marketplace_core.orders.usecases.make_voucher import MakeVoucher, MakeVoucherHandler
from marketplace_core.orders.usecases.mark_delivered import MarkDelivered, MarkDeliveredHandler
from marketplace_core.orders.usecases.payment_outcome import PaymentOutcome
from marketplace_core.orders.usecases.place_order import PlaceOrder, PlaceOrderHandler
from marketplace_core.orders.usecases.reject_payment import RejectPayment, RejectPaymentHandler
from marketplace_core.orders.usecases.reopen_order import ReopenOrder, ReopenOrderHandler
from marketplace_core.orders.usecases.report_return import ReportReturn, ReportReturnHandler
from marketplace_core.orders.usecases.resolve_review import ResolveReview, ResolveReviewHandler
from marketplace_core.orders.usecases.return_voucher import ReturnVoucher, ReturnVoucherHandler
from marketplace_core.orders.usecases.set_delivery import SetDelivery, SetDeliveryHandler
from marketplace_core.orders.usecases.settle_order import SettleOrder, SettleOrderHandler
from marketplace_core.orders.usecases.ship_seller_order import ShipSellerOrder, ShipSellerOrderHandler
from marketplace_core.orders.usecases.stop_voucher import StopVoucher, StopVoucherHandler
from marketplace_core.orders.usecases.use_voucher import UseVoucher, UseVoucherHandler

STANDARD: Final = CheckoutPolicy()
TIMERS: Final[Timers] = {
    PAY_BY: lambda subject: ExpireOrder(order_id=OrderId(subject)),
    REVIEW_BY: lambda subject: ResolveReview(order_id=OrderId(subject)),
    ACCEPT_BY: lambda subject: GiveUpAccepting(seller_order_id=SellerOrderId(subject)),
    SHIP_BY: lambda subject: GiveUpShipping(seller_order_id=SellerOrderId(subject)),
    COMPLETE: lambda subject: CompleteSellerOrder(seller_order_id=SellerOrderId(subject)),
    CLOSE: lambda subject: SettleOrder(order_id=OrderId(subject)),
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
    taxes: TaxCalculator = NO_TAXES,
    policy: CheckoutPolicy = STANDARD,
) -> Handlers:
    """Return who carries out which command."""
    calling_off = CallingOff(quotes=quotes, checkout=checkout, policy=policy)
    parcels = ArrivingParcels(clock=clock, checkout=checkout, policy=policy)
    outcome = PaymentOutcome(quotes=quotes, calling_off=calling_off, policy=policy)
    accept = AcceptPaymentHandler(begin=begin, clock=clock, outcome=outcome)
    reject = RejectPaymentHandler(begin=begin, clock=clock, quotes=quotes, checkout=checkout)
    return {
        PlaceOrder: PlaceOrderHandler(
            begin=begin,
            clock=clock,
            ids=ids,
            buyers=buyers,
            basket=basket,
            quotes=quotes,
            checkout=checkout,
            taxes=taxes,
            policy=policy,
        ),
        ConfirmOrder: ConfirmOrderHandler(begin=begin, clock=clock, outcome=outcome),
        ExpireOrder: ExpireOrderHandler(begin=begin, clock=clock, outcome=outcome, checkout=checkout, policy=policy),
        CancelOrder: CancelOrderHandler(
            begin=begin, clock=clock, outcome=outcome, calling_off=calling_off, checkout=checkout
        ),
        CancelUnpaidOrder: CancelUnpaidOrderHandler(begin=begin, clock=clock, outcome=outcome),
        UseVoucher: UseVoucherHandler(
            begin=begin, clock=clock, basket=basket, quotes=quotes, taxes=taxes, policy=policy
        ),
        DropVoucher: DropVoucherHandler(begin=begin, basket=basket),
        MakeVoucher: MakeVoucherHandler(begin=begin, clock=clock, ids=ids),
        StopVoucher: StopVoucherHandler(begin=begin, clock=clock),
        ReturnVoucher: ReturnVoucherHandler(begin=begin, clock=clock),
        HoldOrderForReview: HoldOrderForReviewHandler(begin=begin, clock=clock),
        SetDelivery: SetDeliveryHandler(begin=begin),
        AcceptPayment: accept,
        RejectPayment: reject,
        ResolveReview: ResolveReviewHandler(begin=begin, clock=clock, policy=policy, accept=accept, reject=reject),
        AcceptSellerOrder: AcceptSellerOrderHandler(begin=begin, clock=clock, policy=policy),
        DeclineSellerOrder: DeclineSellerOrderHandler(begin=begin, clock=clock, calling_off=calling_off),
        CancelSellerOrder: CancelSellerOrderHandler(begin=begin, clock=clock, calling_off=calling_off),
        GiveUpAccepting: GiveUpAcceptingHandler(begin=begin, clock=clock, calling_off=calling_off),
        GiveUpShipping: GiveUpShippingHandler(begin=begin, clock=clock, calling_off=calling_off),
        ShipSellerOrder: ShipSellerOrderHandler(begin=begin, clock=clock, policy=policy),
        MarkDelivered: MarkDeliveredHandler(
            begin=begin, clock=clock, checkout=checkout, parcels=parcels, policy=policy
        ),
        ConfirmReceipt: ConfirmReceiptHandler(begin=begin, clock=clock, parcels=parcels, policy=policy),
        ReportReturn: ReportReturnHandler(begin=begin, clock=clock, checkout=checkout),
        CompleteSellerOrder: CompleteSellerOrderHandler(begin=begin, clock=clock, checkout=checkout, policy=policy),
        SettleOrder: SettleOrderHandler(begin=begin, clock=clock, checkout=checkout),
        ReopenOrder: ReopenOrderHandler(begin=begin, clock=clock),
    }


def answers(
    *,
    reader: OrdersReader,
    clock: Clock,
    basket: Basket,
    quotes: Quotes,
    checkout: Checkout,
    links: OrderLinks,
    taxes: TaxCalculator = NO_TAXES,
    policy: CheckoutPolicy = STANDARD,
) -> Answers:
    """Return who answers which query."""
    return {
        QuoteCheckout: QuoteCheckoutHandler(
            reader=reader, basket=basket, quotes=quotes, taxes=taxes, clock=clock, policy=policy
        ),
        ViewVoucher: ViewVoucherHandler(reader=reader),
        ListVouchers: ListVouchersHandler(reader=reader),
        ViewDelivery: ViewDeliveryHandler(reader=reader, policy=policy),
        ViewOrder: ViewOrderHandler(reader=reader, checkout=checkout),
        ViewOrderByLink: ViewOrderByLinkHandler(reader=reader, checkout=checkout, links=links, clock=clock),
        ListAllOrders: ListAllOrdersHandler(reader=reader),
        ListOrders: ListOrdersHandler(reader=reader),
        ListSellerOrders: ListSellerOrdersHandler(reader=reader),
        ViewSellerOrder: ViewSellerOrderHandler(reader=reader),
    }
