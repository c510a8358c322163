"""What the orders context needs from outside."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from attrs import field, frozen

from marketplace_core.kernel.ids import (
    CartId,
    OfferId,
    OrderId,
    PaymentId,
    SellerId,
    SellerOrderId,
    UserId,
)
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.orders.domain.calling_off import CalledOff
from marketplace_core.orders.domain.delivery import ParcelArrival
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.lines import Demand, OfferOnSale, OpenBasket, Units
from marketplace_core.orders.domain.order import Order
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.ports.taxes import (
    ANYWHERE,
    NO_TAXES,
    FlatRate,
    FlatTaxes,
    TaxableSale,
    TaxCalculator,
    taxed,
)
from marketplace_core.orders.ports.vouchers import Vouchers

__all__ = [
    "ANYWHERE",
    "NO_TAXES",
    "Basket",
    "Buyers",
    "CancelOutcome",
    "Checkout",
    "Deliveries",
    "FlatRate",
    "FlatTaxes",
    "OrderLinks",
    "Orders",
    "OrdersWork",
    "PaymentStep",
    "Quotes",
    "SellerOrders",
    "Share",
    "SignedOrderLinks",
    "TaxCalculator",
    "TaxableSale",
    "Vouchers",
    "taxed",
]


class Orders(Protocol):
    """The stored orders, one per cart."""

    async def get(self, order_id: OrderId) -> Order:
        """Return an order. Raises ``OrderNotFound``."""
        ...

    async def of_cart(self, cart_id: CartId) -> Order | None:
        """Return the order a cart became, if it did."""
        ...

    async def save(self, order: Order) -> None:
        """Store state and events. Raises ``ConcurrentUpdate``; ``AlreadyPlaced`` if the cart has another order."""
        ...


class SellerOrders(Protocol):
    """The stored seller orders, one per order and seller."""

    async def get(self, seller_order_id: SellerOrderId) -> SellerOrder:
        """Return a seller order. Raises ``SellerOrderNotFound``."""
        ...

    async def of_order(self, order_id: OrderId) -> Sequence[SellerOrder]:
        """Return the seller orders of an order, ascending by id."""
        ...

    async def save(self, seller_order: SellerOrder) -> None:
        """Store state and events. Raises ``ConcurrentUpdate``."""
        ...


class Deliveries(Protocol):
    """What shops charge for their parcels, where they have said so themselves."""

    async def of(self, seller_ids: Collection[SellerId]) -> Mapping[SellerId, DeliveryTerms]:
        """Return the terms of those among the shops that have their own."""
        ...

    async def put(self, seller_id: SellerId, terms: DeliveryTerms | None) -> None:
        """Replace a shop's terms; None gives them up. Orders that were placed keep what they were placed for."""
        ...


class OrdersWork(UnitOfWork, Protocol):
    """What changes together when an order does. Orders are saved before their seller orders."""

    @property
    def orders(self) -> Orders:
        """The orders."""
        ...

    @property
    def seller_orders(self) -> SellerOrders:
        """The seller orders."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """The shops' terms of delivery."""
        ...

    @property
    def vouchers(self) -> Vouchers:
        """The vouchers."""
        ...


class Buyers(Protocol):
    """Who buys."""

    async def reachable(self, buyer_id: UserId) -> bool:
        """Tell whether mails about an order would go anywhere. Inside a transaction it is read there."""
        ...


class Basket(Protocol):
    """The buyer's cart."""

    async def open(self, buyer_id: UserId) -> OpenBasket:
        """Return the buyer's open cart. Inside a transaction it is read there. Raises ``CartEmpty``."""
        ...

    async def use_voucher(self, buyer_id: UserId, code: str | None) -> None:
        """Note the code the buyer entered in the open cart, in the open transaction; None takes it out.

        Raises ``CartEmpty``, ``ConcurrentUpdate``.
        """
        ...

    async def close(self, basket: OpenBasket, order_id: OrderId) -> None:
        """Close the cart for good, in the open transaction.

        Raises ``cart.already_checked_out`` naming the order, and ``ConcurrentUpdate`` if the cart changed since it was
        read.
        """
        ...


class Quotes(Protocol):
    """What offers cost, and the stock that is held for orders."""

    async def offers(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, OfferOnSale]:
        """Return the offers as they stand now; unknown ones are left out."""
        ...

    async def hold(self, order_id: OrderId, demand: Sequence[Demand]) -> None:
        """Hold stock, all or nothing, in the open transaction. Raises ``catalog.out_of_stock`` naming the lines."""
        ...

    async def hold_part(self, order_id: OrderId, units: Sequence[Units]) -> bool:
        """Hold those lines for the order unless it has them, all or none, in the open transaction; tell whether."""
        ...

    async def commit(self, order_id: OrderId) -> None:
        """Turn what is held for the order into sold, in the open transaction. Doing it twice changes nothing."""
        ...

    async def restock(self, order_id: OrderId, units: Sequence[Units]) -> None:
        """Make sold units available again that will not be sent, in the open transaction; each call counts."""
        ...

    async def release(self, order_id: OrderId) -> None:
        """Put what is held for the order back, in the open transaction. Doing it twice changes nothing."""
        ...


@frozen(kw_only=True)
class Share:
    """The part of a payment that is held for one seller order.

    On top of it the buyer pays a tax that is owed to ``tax_jurisdiction`` and a fee; the subsidy is what the platform
    pays of it.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    items: Money
    delivery: Money
    tax_minor: int = 0
    tax_jurisdiction: str = ""
    fee_minor: int = 0
    subsidy_minor: int = 0


@frozen(kw_only=True)
class PaymentStep:
    """What the buyer has to do next to pay.

    ``client_secret`` goes to the buyer's browser and nowhere else; it and ``provider_reference`` are None until the
    provider knows the payment. ``failure_code`` says why the last attempt was declined.
    """

    payment_id: PaymentId
    provider: str
    state: str
    amount: Money
    client_secret: str | None = field(default=None, repr=False)
    provider_reference: str | None = None
    failure_code: str | None = None


class CancelOutcome(StrEnum):
    """The provider's last word on a payment that was to be cancelled."""

    CANCELLED = "cancelled"
    CAPTURED = "captured"
    PROCESSING = "processing"


@frozen(kw_only=True)
class OpenMatters:
    """What is not settled about the money of an order.

    ``held`` are the seller orders whose payment is still held; ``pending`` says that a refund, a claim or a card
    dispute is open.
    """

    held: frozenset[SellerOrderId]
    pending: bool

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.held) or self.pending


class Checkout(Protocol):
    """Taking the buyer's money, and giving it back."""

    async def open(self, order_id: OrderId, buyer_id: UserId, currency: str, shares: Sequence[Share]) -> PaymentId:
        """Write a payment down, in the open transaction; nobody outside hears of it yet."""
        ...

    async def request(self, payment_id: PaymentId) -> PaymentStep:
        """Ask the provider for the payment, outside any transaction; asking again returns the same one.

        Raises ``Unavailable``; may be retried.
        """
        ...

    async def step(self, payment_id: PaymentId) -> PaymentStep:
        """Tell what is known of the payment without asking anybody outside."""
        ...

    async def cancel(self, payment_id: PaymentId) -> CancelOutcome:
        """Ask the provider to let no money come any more, outside any transaction; its answer wins.

        Raises ``Unavailable``; may be retried.
        """
        ...

    async def give_back(self, payment_id: PaymentId) -> None:
        """Owe all that came for a payment in review to its buyer, in the open transaction. Twice changes nothing."""
        ...

    async def accept(self, payment_id: PaymentId) -> bool:
        """Hold what came for a payment in review for its sellers, in the open transaction; False if it is too little.

        What is more than the order costs is owed to its buyer.
        """
        ...

    async def return_share(self, seller_order_id: SellerOrderId, gone: CalledOff) -> None:
        """Owe what the buyer paid for goods that will not be sent, in the open transaction; no more than is left.

        Raises ``MoneyDisputed`` while a card dispute decides about it.
        """
        ...

    async def freeze_undelivered(self, seller_order_id: SellerOrderId) -> None:
        """Keep what is held from being released: the goods came back. In the open transaction; twice is once."""
        ...

    async def unfreeze_undelivered(self, seller_order_id: SellerOrderId) -> None:
        """Take that back: the goods arrived after all. In the open transaction; twice is once."""
        ...

    async def parcel_arrived(self, seller_order_id: SellerOrderId, arrival: ParcelArrival) -> None:
        """Let what one parcel is worth go to its seller when its time comes, where that was agreed with the order.

        In the open transaction; twice is once.
        """
        ...

    async def open_matters(self, order_id: OrderId) -> OpenMatters:
        """Tell what is not settled about an order's money. Inside a transaction it is read there."""
        ...


class OrderLinks(Protocol):
    """Makes keys that open one order to whoever holds them, until they expire. No network."""

    def key(self, order_id: OrderId, expires_at: datetime) -> str:
        """Return a key of at most 100 characters of ``[A-Za-z0-9._-]``. The time is cut to whole seconds."""
        ...

    def opens(self, order_id: OrderId, key: str, now: datetime) -> bool:
        """Tell whether we made the key, for this order, and it has not expired; at the very second it has."""
        ...


_PURPOSE: Final = b"marketplace order link v1\n"
_EXPIRY_DIGITS_MAX: Final = 12


@frozen
class SignedOrderLinks(OrderLinks):
    """Keys that say when they expire, signed with HMAC-SHA256 under a secret used for nothing else."""

    _secret: bytes = field(repr=False)

    def key(self, order_id: OrderId, expires_at: datetime) -> str:
        """Return expiry and signature."""
        return self._signed(order_id, str(int(expires_at.timestamp())))

    def opens(self, order_id: OrderId, key: str, now: datetime) -> bool:
        """Sign again what the key says and compare in constant time; only then look at the hour."""
        expiry = key.partition(".")[0]
        if not (key.isascii() and expiry.isdigit() and len(expiry) <= _EXPIRY_DIGITS_MAX):
            return False
        genuine = hmac.compare_digest(self._signed(order_id, expiry), key)
        return genuine and now.timestamp() < int(expiry)

    def _signed(self, order_id: OrderId, expiry: str) -> str:
        said = f"{order_id}\n{expiry}".encode("utf-8", "surrogatepass")
        signature = hmac.digest(self._secret, _PURPOSE + said, hashlib.sha256)
        return f"{expiry}.{urlsafe_b64encode(signature).decode().rstrip('=')}"
