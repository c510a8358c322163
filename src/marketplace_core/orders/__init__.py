"""Orders: what was agreed between a buyer and the sellers of a cart, from quote to delivery."""

from marketplace_core.kernel.machines import StateMachine, Transition, Who
from marketplace_core.orders.domain.delivery import Address, Delivered, DeliveryProof, Shipment
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
    MalformedQuoteHash,
    NotAvailable,
    OrderNotFound,
    PaymentInProgress,
    PaymentProviderUnavailable,
    QuoteChanged,
    QuoteExpired,
    SellerOrderNotFound,
)
from marketplace_core.orders.domain.events import (
    ConfirmedShare,
    OrderCancelled,
    OrderConfirmed,
    OrderExpired,
    OrderNeedsReview,
    OrderPlaced,
    SellerOrderDelivered,
    SellerOrderShipped,
)
from marketplace_core.orders.domain.lines import BasketLine, Demand, OfferOnSale, OpenBasket, OrderLine
from marketplace_core.orders.domain.order import ORDER_MACHINE, OrderState
from marketplace_core.orders.domain.policy import LINK_LASTS, CheckoutPolicy
from marketplace_core.orders.domain.quote import Quote
from marketplace_core.orders.domain.seller_order import SELLER_ORDER_MACHINE, SellerOrderState
from marketplace_core.orders.domain.splitting import SellerGroup
from marketplace_core.orders.domain.steps import Step
from marketplace_core.orders.handlers import TIMERS, answers, handlers
from marketplace_core.orders.ports import CancelOutcome, PaymentStep, Share
from marketplace_core.orders.queries import (
    GroupFacts,
    ListAllOrders,
    ListOrders,
    ListSellerOrders,
    OrderFacts,
    OrdersReader,
    OrderSummary,
    OrderView,
    QuoteCheckout,
    SellerOrderSummary,
    SellerOrderView,
    ViewOrder,
    ViewOrderByLink,
    ViewSellerOrder,
)
from marketplace_core.orders.queries.delivery import DeliveryView, ViewDelivery
from marketplace_core.orders.usecases.cancel_order import CancelledOrder, CancelOrder
from marketplace_core.orders.usecases.cancel_unpaid_order import CancelUnpaidOrder
from marketplace_core.orders.usecases.confirm_order import ConfirmOrder
from marketplace_core.orders.usecases.confirm_receipt import ConfirmReceipt
from marketplace_core.orders.usecases.expire_order import ExpireOrder
from marketplace_core.orders.usecases.hold_order_for_review import HoldOrderForReview
from marketplace_core.orders.usecases.mark_delivered import MarkDelivered
from marketplace_core.orders.usecases.place_order import PlacedOrder, PlaceOrder
from marketplace_core.orders.usecases.reject_payment import RejectPayment
from marketplace_core.orders.usecases.set_delivery import SetDelivery
from marketplace_core.orders.usecases.ship_seller_order import ShippedSellerOrder, ShipSellerOrder

__all__ = [
    "LINK_LASTS",
    "ORDER_MACHINE",
    "SELLER_ORDER_MACHINE",
    "TIMERS",
    "Address",
    "AlreadyPaid",
    "AlreadyPlaced",
    "BasketLine",
    "CancelOrder",
    "CancelOutcome",
    "CancelUnpaidOrder",
    "CancelledOrder",
    "CartEmpty",
    "CheckoutPolicy",
    "ConfirmOrder",
    "ConfirmReceipt",
    "ConfirmedShare",
    "ContactNeeded",
    "Delivered",
    "DeliveryProof",
    "DeliveryTerms",
    "DeliveryView",
    "Demand",
    "ExpireOrder",
    "GroupFacts",
    "HoldOrderForReview",
    "IllegalTransition",
    "InvalidAddress",
    "InvalidDeliveryTerms",
    "InvalidShipment",
    "ListAllOrders",
    "ListOrders",
    "ListSellerOrders",
    "MalformedQuoteHash",
    "MarkDelivered",
    "NotAvailable",
    "OfferOnSale",
    "OpenBasket",
    "OrderCancelled",
    "OrderConfirmed",
    "OrderExpired",
    "OrderFacts",
    "OrderLine",
    "OrderNeedsReview",
    "OrderNotFound",
    "OrderPlaced",
    "OrderState",
    "OrderSummary",
    "OrderView",
    "OrdersReader",
    "PaymentInProgress",
    "PaymentProviderUnavailable",
    "PaymentStep",
    "PlaceOrder",
    "PlacedOrder",
    "Quote",
    "QuoteChanged",
    "QuoteCheckout",
    "QuoteExpired",
    "RejectPayment",
    "SellerGroup",
    "SellerOrderDelivered",
    "SellerOrderNotFound",
    "SellerOrderShipped",
    "SellerOrderState",
    "SellerOrderSummary",
    "SellerOrderView",
    "SetDelivery",
    "Share",
    "ShipSellerOrder",
    "Shipment",
    "ShippedSellerOrder",
    "StateMachine",
    "Step",
    "Transition",
    "ViewDelivery",
    "ViewOrder",
    "ViewOrderByLink",
    "ViewSellerOrder",
    "Who",
    "answers",
    "handlers",
]
