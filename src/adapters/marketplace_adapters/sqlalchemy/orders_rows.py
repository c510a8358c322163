"""Rows of orders, read and written."""

from typing import Any

from sqlalchemy import Row

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import (
    Address,
    CalledOff,
    Delivered,
    DeliveryProof,
    OrderLine,
    OrderState,
    Pricing,
    SellerOrderState,
    Shipment,
    Step,
)
from marketplace_core.orders.domain.order import Order, Placement
from marketplace_core.orders.domain.policy import CheckoutRules
from marketplace_core.orders.domain.seller_order import SellerOrder


def order_of(row: Row[Any]) -> Order:
    """Return the order of a row."""
    return Order(
        order_id=row.order_id,
        buyer_id=row.buyer_id,
        cart_id=row.cart_id,
        payment_id=row.payment_id,
        state=OrderState(row.state),
        total=Money(row.total_minor, row.currency),
        address=address_of(row.address),
        placement=Placement(quote_hash=row.quote_hash, request_key=row.request_key),
        policy_version=row.policy_version,
        policy_number=row.policy_number,
        placed_at=row.placed_at,
        pay_by=row.pay_by,
        history=steps_of(row.history),
        rules=rules_of(row.rules),
        version=row.version,
    )


def order_values(order: Order) -> dict[str, Any]:
    """Return the columns of an order, key and version aside."""
    return {
        "buyer_id": order.buyer_id,
        "cart_id": order.cart_id,
        "payment_id": order.payment_id,
        "state": order.state.value,
        "currency": order.total.currency,
        "total_minor": order.total.amount_minor,
        "address": encode(order.address),
        "quote_hash": order.placement.quote_hash,
        "request_key": order.placement.request_key,
        "policy_version": order.policy_version,
        "policy_number": order.policy_number,
        "placed_at": order.placed_at,
        "pay_by": order.pay_by,
        "history": encode(order.history, tuple[Step, ...]),
        "rules": None if order.rules is None else encode(order.rules),
    }


def seller_order_of(row: Row[Any]) -> SellerOrder:
    """Return the seller order of a row."""
    return SellerOrder(
        seller_order_id=row.seller_order_id,
        order_id=row.order_id,
        buyer_id=row.buyer_id,
        seller_id=row.seller_id,
        seller_name=row.seller_name,
        state=SellerOrderState(row.state),
        lines=lines_of(row.lines),
        items=Money(row.items_minor, row.currency),
        delivery=Money(row.delivery_minor, row.currency),
        pricing=pricing_of(row.pricing),
        placed_at=row.placed_at,
        parcels=parcels_of(row.parcels),
        called_off=called_off_of(row.called_off),
        arrival=arrival_of(row),
        history=steps_of(row.history),
        rules=rules_of(row.rules),
        version=row.version,
    )


def seller_order_values(seller_order: SellerOrder) -> dict[str, Any]:
    """Return the columns of a seller order, key and version aside."""
    arrival = seller_order.arrival
    return {
        "order_id": seller_order.order_id,
        "buyer_id": seller_order.buyer_id,
        "seller_id": seller_order.seller_id,
        "seller_name": seller_order.seller_name,
        "state": seller_order.state.value,
        "lines": encode(seller_order.lines, tuple[OrderLine, ...]),
        "quantity": sum(line.quantity for line in seller_order.lines),
        "currency": seller_order.items.currency,
        "items_minor": seller_order.items.amount_minor,
        "delivery_minor": seller_order.delivery.amount_minor,
        "pricing": encode(seller_order.pricing),
        "placed_at": seller_order.placed_at,
        "parcels": encode(seller_order.parcels, tuple[Shipment, ...]),
        "called_off": encode(seller_order.called_off, tuple[CalledOff, ...]),
        "shipped_at": seller_order.parcels[-1].shipped_at if seller_order.parcels else None,
        "proof": arrival.proof.value if arrival else None,
        "delivered_at": arrival.delivered_at if arrival else None,
        "history": encode(seller_order.history, tuple[Step, ...]),
        "rules": None if seller_order.rules is None else encode(seller_order.rules),
    }


def address_of(document: Any) -> Address:
    """Return the address a document describes."""
    address: Address = decode(document, Address)
    return address


def rules_of(document: Any) -> CheckoutRules | None:
    """Return the rules a document describes; none for what was agreed before they were kept."""
    return None if document is None else decode(document, CheckoutRules)


def pricing_of(document: Any) -> Pricing:
    """Return the pricing a document describes; an empty one is of an order that was just the sum of its parts."""
    pricing: Pricing = decode(document, Pricing)
    return pricing


def lines_of(document: Any) -> tuple[OrderLine, ...]:
    """Return the lines a document lists."""
    lines: tuple[OrderLine, ...] = decode(document, tuple[OrderLine, ...])
    return lines


def steps_of(document: Any) -> tuple[Step, ...]:
    """Return the timeline a document lists."""
    steps: tuple[Step, ...] = decode(document, tuple[Step, ...])
    return steps


def parcels_of(document: Any) -> tuple[Shipment, ...]:
    """Return the parcels a document lists."""
    parcels: tuple[Shipment, ...] = decode(document, tuple[Shipment, ...])
    return parcels


def called_off_of(document: Any) -> tuple[CalledOff, ...]:
    """Return what was called off, as a document lists it."""
    called_off: tuple[CalledOff, ...] = decode(document, tuple[CalledOff, ...])
    return called_off


def arrival_of(row: Row[Any]) -> Delivered | None:
    """Return the arrival in a row's columns, if there is one."""
    if row.delivered_at is None:
        return None
    return Delivered(
        seller_order_id=SellerOrderId(row.seller_order_id),
        proof=DeliveryProof(row.proof),
        delivered_at=row.delivered_at,
    )
