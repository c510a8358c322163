"""Orders: what was agreed between a buyer and the sellers of a cart, from quote to delivery."""

from marketplace_core.kernel.machines import StateMachine, Transition, Who
from marketplace_core.orders.domain.calling_off import CalledOff, Cause
from marketplace_core.orders.domain.delivery import Address, Delivered, DeliveryProof, ParcelArrival, Shipment
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.errors import (
    AlreadyPaid,
    AlreadyPlaced,
    CartEmpty,
    ContactNeeded,
    IllegalTransition,
    InvalidAddress,
    InvalidDeliveryTerms,
    InvalidShipment,
    InvalidVoucher,
    MalformedNote,
    MalformedQuoteHash,
    MoneyDisputed,
    NotAvailable,
    NotOpen,
    OrderNotFound,
    ParcelNotFound,
    PaymentInProgress,
    PaymentProviderUnavailable,
    PaymentTooSmall,
    QuoteChanged,
    QuoteExpired,
    SellerOrderNotFound,
    VoucherCodeTaken,
    VoucherExhausted,
    VoucherNotApplicable,
    VoucherNotFound,
)
from marketplace_core.orders.domain.events import (
    ConfirmedShare,
    OrderCancelled,
    OrderClosed,
    OrderConfirmed,
    OrderExpired,
    OrderNeedsReview,
    OrderPlaced,
    OrderReopened,
    SellerOrderCalledOff,
    SellerOrderCompleted,
    SellerOrderDelivered,
    SellerOrderReopened,
    SellerOrderReturned,
    SellerOrderShipped,
)
from marketplace_core.orders.domain.lines import BasketLine, Demand, OfferOnSale, OpenBasket, OrderLine, Units
from marketplace_core.orders.domain.order import ORDER_MACHINE, OrderState
from marketplace_core.orders.domain.policy import LINK_LASTS, CheckoutPolicy
from marketplace_core.orders.domain.pricing import Pricing, RemittedBy, Tax, Totals
from marketplace_core.orders.domain.quote import Quote
from marketplace_core.orders.domain.seller_order import SELLER_ORDER_MACHINE, SellerOrderState
from marketplace_core.orders.domain.splitting import SellerGroup
from marketplace_core.orders.domain.steps import Step
from marketplace_core.orders.domain.voucher import Limits, Redemption, Value, Voucher
from marketplace_core.orders.handlers import TIMERS, answers, handlers
from marketplace_core.orders.ports import ANYWHERE, CancelOutcome, FlatRate, FlatTaxes, PaymentStep, Share
from marketplace_core.orders.queries import (
    GroupFacts,
    ListAllOrders,
    ListOrders,
    ListSellerOrders,
    OrderFacts,
    OrdersReader,
    OrderSummary,
    OrderView,
    SellerOrderSummary,
    SellerOrderView,
    ViewOrder,
    ViewOrderByLink,
    ViewSellerOrder,
)
from marketplace_core.orders.queries.delivery import DeliveryView, ViewDelivery
from marketplace_core.orders.queries.quoting import QuoteCheckout
from marketplace_core.orders.queries.vouchers import ListVouchers, ViewVoucher, VoucherView
from marketplace_core.orders.usecases.accept_payment import AcceptPayment
from marketplace_core.orders.usecases.accept_seller_order import AcceptSellerOrder
from marketplace_core.orders.usecases.cancel_order import CancelledOrder, CancelOrder
from marketplace_core.orders.usecases.cancel_seller_order import CancelSellerOrder
from marketplace_core.orders.usecases.cancel_unpaid_order import CancelUnpaidOrder
from marketplace_core.orders.usecases.complete_seller_order import CompleteSellerOrder
from marketplace_core.orders.usecases.confirm_order import ConfirmOrder
from marketplace_core.orders.usecases.confirm_receipt import ConfirmReceipt
from marketplace_core.orders.usecases.decline_seller_order import DeclineSellerOrder
from marketplace_core.orders.usecases.drop_voucher import DropVoucher
from marketplace_core.orders.usecases.expire_order import ExpireOrder
from marketplace_core.orders.usecases.give_up_accepting import GiveUpAccepting
from marketplace_core.orders.usecases.give_up_shipping import GiveUpShipping
from marketplace_core.orders.usecases.hold_order_for_review import HoldOrderForReview
from marketplace_core.orders.usecases.make_voucher import MakeVoucher
from marketplace_core.orders.usecases.mark_delivered import MarkDelivered
from marketplace_core.orders.usecases.place_order import PlacedOrder, PlaceOrder
from marketplace_core.orders.usecases.reject_payment import RejectPayment
from marketplace_core.orders.usecases.reopen_order import ReopenOrder
from marketplace_core.orders.usecases.report_return import ReportReturn
from marketplace_core.orders.usecases.resolve_review import ResolveReview
from marketplace_core.orders.usecases.return_voucher import ReturnVoucher
from marketplace_core.orders.usecases.set_delivery import SetDelivery
from marketplace_core.orders.usecases.settle_order import SettleOrder
from marketplace_core.orders.usecases.ship_seller_order import ShippedSellerOrder, ShipSellerOrder
from marketplace_core.orders.usecases.stop_voucher import StopVoucher
from marketplace_core.orders.usecases.use_voucher import UseVoucher

__all__ = [
    "ANYWHERE",
    "LINK_LASTS",
    "ORDER_MACHINE",
    "SELLER_ORDER_MACHINE",
    "TIMERS",
    "AcceptPayment",
    "AcceptSellerOrder",
    "Address",
    "AlreadyPaid",
    "AlreadyPlaced",
    "BasketLine",
    "CalledOff",
    "CancelOrder",
    "CancelOutcome",
    "CancelSellerOrder",
    "CancelUnpaidOrder",
    "CancelledOrder",
    "CartEmpty",
    "Cause",
    "CheckoutPolicy",
    "CompleteSellerOrder",
    "ConfirmOrder",
    "ConfirmReceipt",
    "ConfirmedShare",
    "ContactNeeded",
    "DeclineSellerOrder",
    "Delivered",
    "DeliveryProof",
    "DeliveryTerms",
    "DeliveryView",
    "Demand",
    "DropVoucher",
    "ExpireOrder",
    "FlatRate",
    "FlatTaxes",
    "GiveUpAccepting",
    "GiveUpShipping",
    "GroupFacts",
    "HoldOrderForReview",
    "IllegalTransition",
    "InvalidAddress",
    "InvalidDeliveryTerms",
    "InvalidShipment",
    "InvalidVoucher",
    "Limits",
    "ListAllOrders",
    "ListOrders",
    "ListSellerOrders",
    "ListVouchers",
    "MakeVoucher",
    "MalformedNote",
    "MalformedQuoteHash",
    "MarkDelivered",
    "MoneyDisputed",
    "NotAvailable",
    "NotOpen",
    "OfferOnSale",
    "OpenBasket",
    "OrderCancelled",
    "OrderClosed",
    "OrderConfirmed",
    "OrderExpired",
    "OrderFacts",
    "OrderLine",
    "OrderNeedsReview",
    "OrderNotFound",
    "OrderPlaced",
    "OrderReopened",
    "OrderState",
    "OrderSummary",
    "OrderView",
    "OrdersReader",
    "ParcelArrival",
    "ParcelNotFound",
    "PaymentInProgress",
    "PaymentProviderUnavailable",
    "PaymentStep",
    "PaymentTooSmall",
    "PlaceOrder",
    "PlacedOrder",
    "Pricing",
    "Quote",
    "QuoteChanged",
    "QuoteCheckout",
    "QuoteExpired",
    "Redemption",
    "RejectPayment",
    "RemittedBy",
    "ReopenOrder",
    "ReportReturn",
    "ResolveReview",
    "ReturnVoucher",
    "SellerGroup",
    "SellerOrderCalledOff",
    "SellerOrderCompleted",
    "SellerOrderDelivered",
    "SellerOrderNotFound",
    "SellerOrderReopened",
    "SellerOrderReturned",
    "SellerOrderShipped",
    "SellerOrderState",
    "SellerOrderSummary",
    "SellerOrderView",
    "SetDelivery",
    "SettleOrder",
    "Share",
    "ShipSellerOrder",
    "Shipment",
    "ShippedSellerOrder",
    "StateMachine",
    "Step",
    "StopVoucher",
    "Tax",
    "Totals",
    "Transition",
    "Units",
    "UseVoucher",
    "Value",
    "ViewDelivery",
    "ViewOrder",
    "ViewOrderByLink",
    "ViewSellerOrder",
    "ViewVoucher",
    "Voucher",
    "VoucherCodeTaken",
    "VoucherExhausted",
    "VoucherNotApplicable",
    "VoucherNotFound",
    "VoucherView",
    "Who",
    "answers",
    "handlers",
]
