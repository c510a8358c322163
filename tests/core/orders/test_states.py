"""The declared machines, and orders and seller orders moving through them."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace_core.kernel.machines import StateMachine
from marketplace_core.kernel.money import Money
from marketplace_core.orders import (
    ORDER_MACHINE,
    SELLER_ORDER_MACHINE,
    ConfirmedShare,
    DeliveryProof,
    IllegalTransition,
    InvalidAddress,
    InvalidShipment,
    OrderCancelled,
    OrderConfirmed,
    OrderExpired,
    OrderNeedsReview,
    OrderPlaced,
    OrderState,
    SellerOrderDelivered,
    SellerOrderShipped,
    SellerOrderState,
    Shipment,
    Who,
)
from marketplace_core.orders.domain.delivery import Address
from marketplace_core.orders.domain.order import OrderTrigger
from marketplace_core.orders.domain.seller_order import SellerOrder, SellerOrderTrigger
from marketplace_core.testing.conformance.orders import ADA, ANN, BOB, a_placed_order

NOW = datetime(2026, 1, 1, 13, tzinfo=UTC)
PARCEL = Shipment(carrier="Post", tracking="T1", shipped_at=NOW)


def a_shipped_part() -> SellerOrder:
    _, parts = a_placed_order()
    part = parts[0]
    part.confirm(NOW)
    part.ship(PARCEL, Who.SELLER)
    part.drain_events()
    return part


@pytest.mark.parametrize(
    ("machine", "states", "triggers"),
    [
        (ORDER_MACHINE, OrderState, OrderTrigger),
        (SELLER_ORDER_MACHINE, SellerOrderState, SellerOrderTrigger),
    ],
)
def test_every_state_can_be_reached_and_every_arrow_that_is_not_listed_is_refused(
    machine: StateMachine[OrderState, OrderTrigger],
    states: type[OrderState],
    triggers: type[OrderTrigger],
) -> None:
    listed = {(one.source, one.trigger, who) for one in machine.transitions for who in one.who}

    for state in states:
        for trigger in triggers:
            for who in Who:
                if (state, trigger, who) in listed:
                    machine.after(state, trigger, who)
                    continue
                with pytest.raises(IllegalTransition) as refusal:
                    machine.after(state, trigger, who)
                assert (refusal.value.facts["state"], refusal.value.facts["trigger"]) == (state.value, trigger.value)

    reached = {machine.start}
    for _ in states:
        reached |= {one.target for one in machine.transitions if one.source in reached}
    assert reached == set(states)


def test_the_ends_are_those_that_are_meant_to_last() -> None:
    assert ORDER_MACHINE.ends == {OrderState.CLOSED, OrderState.EXPIRED, OrderState.CANCELLED}
    assert SELLER_ORDER_MACHINE.ends == {
        SellerOrderState.COMPLETED,
        SellerOrderState.DECLINED,
        SellerOrderState.CANCELLED,
    }


def test_a_placed_order_waits_for_its_money_and_says_so() -> None:
    order, parts = a_placed_order()

    events = order.drain_events()

    assert order.state is OrderState.PENDING_PAYMENT
    assert {part.state for part in parts} == {SellerOrderState.PENDING}
    assert events == (
        OrderPlaced(
            order_id=order.order_id, buyer_id=ANN, cart_id=order.cart_id, total=order.total, seller_ids=(ADA, BOB)
        ),
    )
    assert [(step.what, step.who) for step in order.history] == [("placed", Who.BUYER)]


def test_the_full_amount_confirms_the_order_and_all_its_parts_once() -> None:
    order, parts = a_placed_order()
    order.drain_events()

    order.paid(order.total, parts, NOW)
    order.paid(order.total, parts, NOW + timedelta(hours=1))

    assert order.state is OrderState.CONFIRMED
    assert {part.state for part in parts} == {SellerOrderState.ACCEPTED}
    assert order.drain_events() == (
        OrderConfirmed(
            order_id=order.order_id,
            buyer_id=ANN,
            total=order.total,
            seller_orders=tuple(
                ConfirmedShare(seller_order_id=part.seller_order_id, seller_id=part.seller_id, total=part.total)
                for part in parts
            ),
        ),
    )
    assert [step.what for step in parts[0].history] == ["placed", "confirmed", "accepted"]


@pytest.mark.parametrize("captured", [Money(14_489, "EUR"), Money(14_491, "EUR"), Money(14_490, "USD")])
def test_another_amount_or_currency_goes_to_review_and_no_seller_is_told_to_ship(captured: Money) -> None:
    order, parts = a_placed_order()
    order.drain_events()

    order.paid(captured, parts, NOW)

    assert order.state is OrderState.PAYMENT_REVIEW
    assert {part.state for part in parts} == {SellerOrderState.PENDING}
    assert order.drain_events() == (OrderNeedsReview(order_id=order.order_id, buyer_id=ANN, reason="amount_mismatch"),)


def test_money_for_an_order_that_is_over_goes_to_review_and_is_never_lost() -> None:
    order, parts = a_placed_order()
    order.expire(NOW)
    order.drain_events()

    order.paid(order.total, parts, NOW)

    assert order.state is OrderState.PAYMENT_REVIEW
    assert order.drain_events() == (OrderNeedsReview(order_id=order.order_id, buyer_id=ANN, reason="late_capture"),)


def test_a_confirmed_order_neither_expires_nor_can_it_be_cancelled() -> None:
    order, parts = a_placed_order()
    order.paid(order.total, parts, NOW)

    with pytest.raises(IllegalTransition):
        order.expire(NOW)
    with pytest.raises(IllegalTransition):
        order.cancel(Who.BUYER, NOW)

    assert order.state is OrderState.CONFIRMED


def test_expiry_and_cancellation_are_told_apart() -> None:
    (expired, _), (cancelled, _) = a_placed_order(1), a_placed_order(2)
    expired.drain_events()
    cancelled.drain_events()

    expired.expire(NOW)
    cancelled.cancel(Who.BUYER, NOW)

    assert expired.drain_events() == (OrderExpired(order_id=expired.order_id, buyer_id=ANN),)
    assert cancelled.drain_events() == (OrderCancelled(order_id=cancelled.order_id, buyer_id=ANN),)
    assert [(step.what, step.who) for step in expired.history][1:] == [("expired", Who.TIMER)]
    assert [(step.what, step.who) for step in cancelled.history][1:] == [("cancelled", Who.BUYER)]


def test_nothing_is_shipped_before_the_money_is_held() -> None:
    _, parts = a_placed_order()

    with pytest.raises(IllegalTransition) as refusal:
        parts[0].ship(PARCEL, Who.SELLER)

    assert refusal.value.facts == {
        "machine": "a seller order",
        "state": "pending",
        "trigger": "ship",
        "who": "seller",
    }
    assert parts[0].parcels == ()


def test_a_parcel_is_shipped_once() -> None:
    part = a_shipped_part()

    with pytest.raises(IllegalTransition):
        part.ship(Shipment(carrier="Other", tracking="T2", shipped_at=NOW), Who.SELLER)

    assert [(one.carrier, one.tracking) for one in part.parcels] == [("Post", "T1")]


def test_shipping_names_carrier_and_tracking() -> None:
    _, parts = a_placed_order()
    parts[0].confirm(NOW)

    parts[0].ship(PARCEL, Who.SELLER)

    assert parts[0].drain_events() == (
        SellerOrderShipped(
            seller_order_id=parts[0].seller_order_id,
            order_id=parts[0].order_id,
            seller_id=ADA,
            buyer_id=ANN,
            carrier="Post",
            tracking="T1",
        ),
    )


def test_nothing_is_received_before_it_is_shipped() -> None:
    _, parts = a_placed_order()
    parts[0].confirm(NOW)

    with pytest.raises(IllegalTransition):
        parts[0].confirm_receipt(NOW)
    with pytest.raises(IllegalTransition):
        parts[0].mark_delivered(Who.SELLER, NOW)


@pytest.mark.parametrize(("who", "proof"), [(Who.SELLER, DeliveryProof.SELLER), (Who.OPERATOR, DeliveryProof.OPERATOR)])
def test_a_delivery_is_as_good_as_the_word_it_stands_on(who: Who, proof: DeliveryProof) -> None:
    part = a_shipped_part()

    part.mark_delivered(who, NOW)

    (event,) = part.drain_events()
    assert isinstance(event, SellerOrderDelivered)
    assert (event.proof, event.delivered_at) == (proof, NOW)


def test_the_buyers_word_outweighs_the_sellers_and_is_said_once() -> None:
    part = a_shipped_part()
    part.mark_delivered(Who.SELLER, NOW)
    part.drain_events()

    part.confirm_receipt(NOW + timedelta(days=1))
    part.confirm_receipt(NOW + timedelta(days=2))

    (event,) = part.drain_events()
    assert isinstance(event, SellerOrderDelivered)
    assert (event.proof, event.delivered_at) == (DeliveryProof.BUYER, NOW)
    assert part.state is SellerOrderState.DELIVERED


def test_a_seller_cannot_take_the_buyers_word_back() -> None:
    part = a_shipped_part()
    part.confirm_receipt(NOW)

    with pytest.raises(IllegalTransition):
        part.mark_delivered(Who.SELLER, NOW)

    assert part.delivered.proof is DeliveryProof.BUYER


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("line1", "x" * 201),
        ("line2", "x" * 201),
        ("city", "A\nB"),
        ("postal_code", "1" * 21),
        ("country", "Denmark"),
        ("country", "dk"),
    ],
)
def test_an_address_that_cannot_be_delivered_to_names_the_field(field: str, value: str) -> None:
    fields = {"name": "Ann", "line1": "1 Lane", "city": "Town", "postal_code": "1", "country": "DK", field: value}

    with pytest.raises(InvalidAddress) as refusal:
        Address(**fields)

    errors = refusal.value.facts["errors"]
    assert isinstance(errors, list)
    assert [error["field"] for error in errors if isinstance(error, dict)] == [field]


def test_an_address_is_trimmed() -> None:
    address = Address(name=" Ann ", line1="1 Lane ", line2="  ", city=" Town", postal_code=" 1 ", country="DK")

    assert (address.name, address.line1, address.line2, address.postal_code) == ("Ann", "1 Lane", None, "1")


@pytest.mark.parametrize(("carrier", "tracking"), [("", "T1"), ("Post", "  "), ("P" * 201, "T1"), ("Post", "a\x00b")])
def test_a_shipment_without_a_sensible_carrier_and_number_is_refused(carrier: str, tracking: str) -> None:
    with pytest.raises(InvalidShipment):
        Shipment(carrier=carrier, tracking=tracking, shipped_at=NOW)
