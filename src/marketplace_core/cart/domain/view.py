"""What a cart comes to now: current prices, what changed since the buyer looked, subtotals by seller.

Nothing here changes the cart. A line whose offer rose, fell, ran short or disappeared stays, and says so.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from attrs import field, frozen

from marketplace_core.cart.domain.cart import LINES_MAX, OpenCart
from marketplace_core.cart.domain.line import CartLine
from marketplace_core.cart.domain.offer import OfferNow
from marketplace_core.kernel.ids import CartId, CartLineId, OfferId, ProductId, SellerId
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money, total

LINE_TOTAL_MINOR_MAX: Final = AMOUNT_MINOR_MAX // LINES_MAX
"""A line beyond this cannot be bought, so that a full cart still sums to an amount the ledger takes."""


@frozen
class PriceChanged:
    """A unit costs something else than the buyer saw."""

    before: Money
    now: Money
    kind: Literal["price_changed"] = field(default="price_changed", init=False)


@frozen
class StockShort:
    """Fewer units are left than the line holds."""

    wanted: int
    available: int
    kind: Literal["stock_short"] = field(default="stock_short", init=False)


@frozen
class BecameUnavailable:
    """The offer cannot be bought at all now, and why."""

    reason: str
    kind: Literal["became_unavailable"] = field(default="became_unavailable", init=False)


LineChange: TypeAlias = PriceChanged | StockShort | BecameUnavailable


@frozen(kw_only=True)
class CartLineView:
    """A line at current prices. ``total`` is ``quantity`` times ``unit_price``, bought or not."""

    line_id: CartLineId
    offer_id: OfferId
    product_id: ProductId
    title: str
    variant_title: str
    quantity: int
    unit_price: Money
    unit_price_seen: Money
    changes: tuple[LineChange, ...]
    purchasable: bool
    reason: str | None
    image_url: str | None
    total: Money


@frozen(kw_only=True)
class CartGroup:
    """One seller's part of a cart. ``subtotal`` counts the lines that can be bought."""

    seller_id: SellerId
    seller_name: str
    lines: tuple[CartLineView, ...]
    subtotal: Money


@frozen(kw_only=True)
class CartView:
    """A cart by seller. ``total`` is the sum of the subtotals; an empty cart has no total because it has no currency.

    A buyer who has put nothing in yet has a view with neither ``cart_id`` nor groups, at version 0.
    """

    cart_id: CartId | None = None
    version: int = 0
    groups: tuple[CartGroup, ...] = ()
    total: Money | None = None
    currency: str | None = None


def view(cart: OpenCart | None, offers: Mapping[OfferId, OfferNow]) -> CartView:
    """Lay a cart out by seller, in the order in which sellers and lines were put in, at the prices of ``offers``."""
    if cart is None:
        return CartView()
    if not cart.lines:
        return CartView(cart_id=cart.cart_id, version=cart.version)
    currency = cart.lines[0].unit_price_seen.currency
    by_seller: dict[SellerId, list[CartLine]] = {}
    for line in cart.lines:
        by_seller.setdefault(line.seller_id, []).append(line)
    groups = tuple(_group(lines, offers, currency) for lines in by_seller.values())
    return CartView(
        cart_id=cart.cart_id,
        version=cart.version,
        groups=groups,
        total=total([group.subtotal for group in groups], currency),
        currency=currency,
    )


def _group(lines: Sequence[CartLine], offers: Mapping[OfferId, OfferNow], currency: str) -> CartGroup:
    views = tuple(_line(line, offers.get(line.offer_id), currency) for line in lines)
    known = next((offers[line.offer_id] for line in lines if line.offer_id in offers), None)
    return CartGroup(
        seller_id=lines[0].seller_id,
        seller_name=known.seller_name if known else lines[0].seller_name,
        lines=views,
        subtotal=total([line.total for line in views if line.purchasable], currency),
    )


def _line(line: CartLine, offer: OfferNow | None, currency: str) -> CartLineView:
    price = offer.price if offer else line.unit_price_seen
    payable = abs(price.amount_minor) * line.quantity <= LINE_TOTAL_MINOR_MAX
    reason = _reason(line, offer, currency, payable=payable)
    return CartLineView(
        line_id=line.line_id,
        offer_id=line.offer_id,
        product_id=line.product_id,
        title=offer.title if offer else line.title,
        variant_title=offer.variant_title if offer else line.variant_title,
        quantity=line.quantity,
        unit_price=price,
        unit_price_seen=line.unit_price_seen,
        changes=_changes(line, offer),
        purchasable=reason is None,
        reason=reason,
        image_url=offer.image_url if offer else None,
        total=price * line.quantity if payable else Money.zero(price.currency),
    )


def _reason(line: CartLine, offer: OfferNow | None, currency: str, *, payable: bool) -> str | None:
    if offer is None:
        return "not_offered"
    if not offer.purchasable:
        return offer.reason or "not_offered"
    if offer.price.currency != currency:
        return "other_currency"
    if offer.available < line.quantity:
        return "not_enough_stock"
    return None if payable else "amount_too_large"


def _changes(line: CartLine, offer: OfferNow | None) -> tuple[LineChange, ...]:
    if offer is None:
        return (BecameUnavailable("not_offered"),)
    changes: list[LineChange] = []
    if offer.price != line.unit_price_seen:
        changes.append(PriceChanged(line.unit_price_seen, offer.price))
    if not offer.purchasable:
        changes.append(BecameUnavailable(offer.reason or "not_offered"))
    elif offer.available < line.quantity:
        changes.append(StockShort(line.quantity, offer.available))
    return tuple(changes)
