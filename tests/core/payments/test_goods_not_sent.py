"""Money of goods that are not sent, and money that was in review and is kept."""

import pytest
from attrs import evolve

from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import PaymentId
from marketplace_core.payments import (
    AcceptCapture,
    HoldState,
    JournalKind,
    PaymentState,
    ReconcilePayment,
    RefundBlockedByDispute,
    RefundState,
    ReturnShare,
    ViewPayment,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.payment_provider import SUCCEEDS
from marketplace_core.testing.payments import EUR, euros
from tests.core.payments.disputing import disputed
from tests.core.payments.faults import FaultyPayments
from tests.core.payments.refunding import (
    ESCROW_ADA,
    ESCROW_BOB,
    SELLER_ADA,
    SOR_ADA,
    give_back,
    hold_of,
    journals_of,
    of_ada,
    state_of,
)
from tests.core.payments.till import ANN, OPERATOR, Till, a_till

WHOLE = ReturnShare(seller_order_id=SOR_ADA, reason="Declined by the seller.", whole=True)


async def test_a_whole_share_goes_back_at_once_and_its_sibling_is_untouched() -> None:
    till = a_till()
    await till.paid()

    refund_id = await till.market.execute(WHOLE, by=SYSTEM)
    await till.settle()

    assert refund_id is not None
    assert await state_of(till, refund_id) is RefundState.SUCCEEDED
    assert await journals_of(till, refund_id) == [JournalKind.REFUND_FROM_ESCROW, JournalKind.REFUND_SUCCEEDED]
    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (0, 3_500)
    assert await hold_of(till, SOR_ADA) is HoldState.REFUNDED
    assert await till.sound()


async def test_after_a_refund_only_what_is_left_goes_back_and_then_nothing() -> None:
    till = a_till()
    await till.paid()
    await give_back(till, of_ada(1_500), by=SELLER_ADA)

    first = await till.market.execute(WHOLE, by=SYSTEM)
    again = await till.market.execute(WHOLE, by=SYSTEM)

    assert (first is not None, again) == (True, None)
    assert (await till.balance(ESCROW_ADA)) == 0
    assert await till.sound()


async def test_a_part_of_a_share_is_no_more_than_is_left_of_it() -> None:
    till = a_till()
    await till.paid()
    await give_back(till, of_ada(5_000), by=SELLER_ADA)

    await till.market.execute(ReturnShare(seller_order_id=SOR_ADA, reason="Sold out.", items_minor=2_000), by=SYSTEM)

    assert await till.balance(ESCROW_ADA) == 500
    assert await till.sound()


async def test_while_a_card_dispute_is_open_nothing_goes_back_even_if_nothing_is_left() -> None:
    till = a_till()
    payment_id = await till.paid()
    await disputed(till, payment_id, 10_000)

    with pytest.raises(RefundBlockedByDispute):
        await till.market.execute(WHOLE, by=SYSTEM)

    assert await till.sound()


async def test_nobody_returns_a_share_by_hand() -> None:
    till = a_till()
    await till.paid()

    with pytest.raises(NotAllowed):
        await till.market.execute(WHOLE, by=OPERATOR)


async def test_late_money_that_is_kept_is_held_for_every_seller_as_if_it_had_come_in_time() -> None:
    till, gateway = a_faulty_till()
    payment_id = await _late(till, gateway)

    kept = await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)

    assert kept
    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=OPERATOR)).state is PaymentState.CAPTURED
    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (6_500, 3_500)
    assert await till.balance(accounts.suspense(payment_id, EUR)) == 0
    assert ("payments.hold_deadline", "sor_ada") in till.timers()
    assert await till.sound()
    with pytest.raises(WrongState):
        await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)


async def test_what_came_beyond_the_price_goes_back_and_later_news_of_the_provider_change_nothing() -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    gateway.change = lambda answer: evolve(answer, captured=euros(10_250), fee=None)
    await till.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)

    assert await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)
    await till.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)

    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (6_500, 3_500)
    assert await till.balance(accounts.suspense(payment_id, EUR)) == 0
    owed = [row for row in till.timers() if row[0] == "payments.submit_refund"]
    assert len(owed) == 1
    assert await till.sound()
    await till.settle()
    assert await till.sound()


async def test_less_than_the_price_is_not_kept() -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    gateway.change = lambda answer: evolve(answer, captured=euros(9_999), fee=euros(165))
    await till.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)

    assert not await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)

    assert await till.balance(accounts.suspense(payment_id, EUR)) == 9_999
    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=OPERATOR)).state is PaymentState.REVIEW
    assert await till.sound()


def a_faulty_till() -> tuple[Till, FaultyPayments]:
    """Return a till whose provider answers what a test makes of its answers."""
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayments(InMemoryPaymentGateway(provider))
    return a_till(clock=clock, provider=provider, payments=gateway), gateway


async def _late(till: Till, gateway: FaultyPayments) -> PaymentId:
    """Have a payment cancelled, and paid all the same."""
    payment_id = await till.open()
    secret = await till.request(payment_id)
    gateway.change = lambda answer: evolve(answer, state=PaymentState.CANCELLED)
    assert await till.cancel(payment_id) == "cancelled"
    gateway.change = lambda answer: answer
    (there,) = till.provider.all_payments.values()
    till.provider.all_payments[there.reference] = evolve(there, state=PaymentState.CREATED)
    till.provider.pay(secret, SUCCEEDS)
    await till.settle()
    return payment_id
