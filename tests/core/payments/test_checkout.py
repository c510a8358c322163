"""From an opened payment to money in escrow, and every way in which that does not happen."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerOrderId
from marketplace_core.payments import (
    CHART,
    HoldState,
    ListJournals,
    MalformedShares,
    OpenPayment,
    PaymentCancelled,
    PaymentCaptured,
    PaymentDeclined,
    PaymentNotFound,
    PaymentState,
    ReconcilePayment,
    RequestPayment,
    TrialBalance,
    ViewEscrow,
    ViewOrderPayment,
    ViewPayment,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.conformance.payment_provider import (
    ASKS_THE_BUYER,
    DECLINES,
    LACKS_FUNDS,
    SUCCEEDS,
    SUCCEEDS_LATE,
)
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share, euros
from tests.core.payments.till import ANN, MALLORY, OPERATOR, ORDER, SHARES, Till

PSP = accounts.psp("inmemory", EUR)
ESCROW_A, ESCROW_B = (accounts.escrow(SellerOrderId(name), EUR) for name in ("sor_ada", "sor_bob"))


async def test_nothing_to_pay_is_refused(till: Till) -> None:
    with pytest.raises(MalformedShares):
        await till.open([a_share("sor_ada", ADA, 0)])

    assert till.timers() == set()


async def test_an_order_has_one_payment_however_often_it_is_opened(till: Till) -> None:
    first = await till.open()
    second = await till.open()

    assert first == second


async def test_a_buyer_may_not_open_payments(till: Till) -> None:
    with pytest.raises(NotAllowed):
        await till.market.execute(
            OpenPayment(order_id=ORDER, buyer_id=ANN.own_user, currency=EUR, shares=SHARES), by=ANN
        )


async def test_an_opened_payment_waits_with_a_pending_hold_for_every_seller(till: Till) -> None:
    payment_id = await till.open()

    view = await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)
    holds = [await till.market.ask(ViewEscrow(seller_order_id=share.seller_order_id), by=OPERATOR) for share in SHARES]

    assert (view.state, view.amount, view.step.client_secret) == (PaymentState.CREATED, euros(10_000), None)
    assert [(hold.state, hold.share, hold.held) for hold in holds] == [
        (HoldState.PENDING, euros(6_500), euros(0)),
        (HoldState.PENDING, euros(3_500), euros(0)),
    ]
    assert till.timers() == {("payments.request_payment", payment_id)}


async def test_a_checkout_that_died_before_asking_the_provider_is_taken_up_by_the_timer(till: Till) -> None:
    payment_id = await till.open()

    await till.pass_time(seconds=5)

    view = await till.market.ask(ViewOrderPayment(order_id=ORDER), by=ANN)
    assert view.step.client_secret is not None
    assert ("payments.request_payment", payment_id) not in till.timers()
    assert till.failures == []


async def test_asking_twice_gives_the_same_step(till: Till) -> None:
    payment_id = await till.open()

    first = await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)
    second = await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)

    assert first == second
    assert len(till.provider.all_payments) == 1


async def test_a_good_card_puts_every_share_into_its_own_escrow(till: Till) -> None:
    payment_id = await till.paid()

    hold = await till.market.ask(ViewEscrow(seller_order_id=SellerOrderId("sor_ada")), by=OPERATOR)
    assert await till.balance(ESCROW_A) == 6_500
    assert await till.balance(ESCROW_B) == 3_500
    assert await till.balance(PSP) == 10_000 - 165
    assert await till.balance(accounts.psp_fees(EUR)) == 165
    assert till.events(PaymentCaptured) == [
        PaymentCaptured(payment_id=payment_id, order_id=ORDER, amount=euros(10_000))
    ]
    assert (hold.state, hold.held) == (HoldState.HELD, euros(6_500))
    assert await till.sound()


async def test_the_provider_saying_it_many_times_is_booked_once(till: Till) -> None:
    payment_id = await till.paid()

    for _ in range(3):
        await till.settle()
        await till.market.execute(ReconcilePayment(payment_id=payment_id), by=SYSTEM)

    journals = await till.market.ask(ListJournals(), by=OPERATOR)
    assert sorted(view.kind.value for view in journals.items) == ["payment_captured", "provider_fee"]
    assert len(till.events(PaymentCaptured)) == 1


async def test_the_providers_message_alone_is_enough(till: Till) -> None:
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)

    await till.settle()

    assert await till.balance(ESCROW_A) == 6_500
    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)).state is PaymentState.CAPTURED


async def test_a_lost_message_is_made_up_for_within_ten_minutes(till: Till) -> None:
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    till.clock.advance(timedelta(minutes=10))

    await till.dispatcher.settle()

    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)).state is PaymentState.CAPTURED


@pytest.mark.parametrize(("card", "reason"), [(DECLINES, "card_declined"), (LACKS_FUNDS, "insufficient_funds")])
async def test_a_declined_card_moves_no_money_and_another_may_follow(till: Till, card: str, reason: str) -> None:
    payment_id = await till.open()

    declined = await till.show(payment_id, card)
    books = await till.market.ask(TrialBalance(), by=OPERATOR)
    again = await till.show(payment_id, SUCCEEDS)

    assert (declined, books.rows) == (PaymentState.CREATED, ())
    assert till.events(PaymentDeclined) == [PaymentDeclined(payment_id=payment_id, order_id=ORDER, reason_code=reason)]
    assert again is PaymentState.CAPTURED
    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)).failure_code is None


async def test_two_declines_are_two_events_and_a_repeated_message_is_none(till: Till) -> None:
    payment_id = await till.open()

    await till.show(payment_id, DECLINES)
    await till.settle()
    await till.show(payment_id, DECLINES)
    await till.settle()

    assert len(till.events(PaymentDeclined)) == 2


async def test_a_bank_that_asks_is_answered_and_the_payment_captured(till: Till) -> None:
    payment_id = await till.open()
    asked = await till.show(payment_id, ASKS_THE_BUYER)
    step = await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)

    assert step.client_secret is not None
    till.provider.authenticate(step.client_secret, approve=True)
    await till.settle()

    assert asked is PaymentState.REQUIRES_ACTION
    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)).state is PaymentState.CAPTURED


async def test_a_late_success_is_captured_when_it_comes(till: Till) -> None:
    payment_id = await till.open()
    processing = await till.show(payment_id, SUCCEEDS_LATE)

    await till.pass_time(seconds=30)

    assert processing is PaymentState.PROCESSING
    assert await till.balance(ESCROW_A) == 6_500
    assert await till.sound()


async def test_an_unpaid_payment_is_cancelled_and_leaves_nothing_in_the_books(till: Till) -> None:
    payment_id = await till.open()
    await till.show(payment_id, DECLINES)

    outcome = await till.cancel(payment_id)
    again = await till.cancel(payment_id)

    hold = await till.market.ask(ViewEscrow(seller_order_id=SellerOrderId("sor_ada")), by=OPERATOR)
    assert (outcome, again, hold.state) == ("cancelled", "cancelled", HoldState.VOID)
    assert (await till.market.ask(TrialBalance(), by=OPERATOR)).rows == ()
    assert till.events(PaymentCancelled) == [PaymentCancelled(payment_id=payment_id, order_id=ORDER)]
    assert till.timers() == set()
    assert await till.sound()


async def test_a_payment_the_provider_never_heard_of_is_cancelled_at_once(till: Till) -> None:
    payment_id = await till.open()

    assert await till.cancel(payment_id) == "cancelled"
    assert till.provider.all_payments == {}
    assert till.timers() == set()


async def test_a_buyer_who_was_faster_than_the_cancellation_has_paid(till: Till) -> None:
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)

    outcome = await till.cancel(payment_id)

    assert outcome == "captured"
    assert await till.balance(ESCROW_B) == 3_500
    assert till.events(PaymentCancelled) == []


async def test_a_payment_in_the_making_is_neither_cancelled_nor_lost(till: Till) -> None:
    payment_id = await till.open()
    await till.show(payment_id, SUCCEEDS_LATE)

    first = await till.cancel(payment_id)
    till.clock.advance(timedelta(seconds=30))
    second = await till.cancel(payment_id)

    assert (first, second) == ("processing", "captured")


async def test_a_foreign_payment_looks_like_a_missing_one(till: Till) -> None:
    payment_id = await till.open()
    answers = []

    for ask in (
        lambda name: till.market.execute(RequestPayment(payment_id=name), by=MALLORY),
        lambda name: till.market.execute(ReconcilePayment(payment_id=name), by=MALLORY),
        lambda name: till.market.ask(ViewPayment(payment_id=name), by=MALLORY),
    ):
        for name in (payment_id, PaymentId("pay_none")):
            with pytest.raises(PaymentNotFound) as refusal:
                await ask(name)
            answers.append((refusal.value.code, refusal.value.message, dict(refusal.value.facts)))

    with pytest.raises(PaymentNotFound):
        await till.market.ask(ViewOrderPayment(order_id=ORDER), by=MALLORY)
    assert len(set(map(str, answers))) == 1
    assert till.provider.all_payments == {}


async def test_the_client_secret_is_in_no_printed_form(till: Till) -> None:
    payment_id = await till.open()
    secret = await till.request(payment_id)

    view = await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)

    assert secret not in repr(view)
    assert secret not in repr(view.step)
    assert secret not in repr(till.provider.all_payments)


async def test_shares_of_nothing_are_held_and_paid_like_others(till: Till) -> None:
    payment_id = await till.paid([a_share("sor_ada", ADA, 0), a_share("sor_bob", BOB, 100)], OrderId("ord_free"))

    hold = await till.market.ask(ViewEscrow(seller_order_id=SellerOrderId("sor_ada")), by=OPERATOR)

    assert payment_id
    assert hold.state is HoldState.HELD
    assert await till.sound()


def test_every_kind_of_account_has_a_heading() -> None:
    assert set(CHART) == set(accounts.AccountKind)
