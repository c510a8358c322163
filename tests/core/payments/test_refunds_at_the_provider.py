"""What the provider says to a refund, and everything that can go wrong on the way."""

from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId
from marketplace_core.payments import (
    CancelRefund,
    GiveBack,
    HoldState,
    JournalKind,
    MalformedRefund,
    ProviderMismatch,
    RefundBounced,
    RefundFailed,
    RefundState,
    RefundStillOwed,
    RefundSucceeded,
    SettleRefund,
    SubmitRefund,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share
from tests.core.payments.faults import AFTER, BEFORE, FaultyPayments
from tests.core.payments.refunding import (
    COMMISSION,
    DEBT_ADA,
    ESCROW_ADA,
    PAYABLE_ADA,
    PSP,
    VAT,
    give_back,
    hold_of,
    journals_of,
    late,
    of_ada,
    state_of,
)
from tests.core.payments.till import OPERATOR, Till, a_till


@pytest.mark.parametrize("fault", [BEFORE, AFTER])
async def test_an_answer_that_is_lost_is_asked_for_again_under_the_same_key(fault: str) -> None:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayments(InMemoryPaymentGateway(provider))
    till = a_till(clock=clock, provider=provider, payments=gateway)
    await till.paid()
    gateway.faults.plan("refund", fault, fault)

    asked = await give_back(till, of_ada(1_000))
    await till.settle()
    for _ in range(4):
        await till.pass_time(hours=1)

    assert await state_of(till, asked.refund_id) is RefundState.SUCCEEDED
    assert len(provider.refunds) == 1
    assert {key for method, key in gateway.faults.calls if method == "refund"} == {f"refund:{asked.refund_id}:1"}
    assert await till.sound()


async def test_after_a_day_the_provider_is_searched_before_it_is_asked() -> None:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayments(InMemoryPaymentGateway(provider))
    till = a_till(clock=clock, provider=provider, payments=gateway)
    await till.paid()
    gateway.faults.plan("refund", *[AFTER] * 2)
    gateway.faults.plan("find_refund", *[BEFORE] * 30)
    asked = await give_back(till, of_ada(1_000))
    await till.settle()

    clock.advance(timedelta(hours=30))
    gateway.faults.planned.clear()
    await till.market.execute(SubmitRefund(refund_id=asked.refund_id), by=SYSTEM)

    assert len(provider.refunds) == 1
    assert await state_of(till, asked.refund_id) is RefundState.SUCCEEDED
    assert await till.sound()


async def test_goods_that_arrive_after_all_money_went_back_are_noted_for_the_day_it_fails() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    await till.paid()
    asked = await give_back(till, of_ada(6_000, 500))
    await till.settle()

    await till.deliver("sor_ada")
    await till.settle()
    noted = await hold_of(till)
    till.provider.fail_refund(asked.refund_id, "declined")
    await till.settle()

    assert (noted, await hold_of(till)) == (HoldState.REFUNDED, HoldState.RELEASED)
    assert till.failures == []
    assert await till.sound()


async def test_a_refund_that_fails_gives_everything_back_to_where_it_came_from() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    await till.paid()
    asked = await give_back(till, of_ada(6_000, 500))
    await till.settle()
    assert await hold_of(till) is HoldState.REFUNDED

    till.provider.fail_refund(asked.refund_id, "lost_or_stolen_card")
    await till.settle()

    assert await hold_of(till) is HoldState.HELD
    assert await till.balance(ESCROW_ADA) == 6_500
    assert ("payments.hold_deadline", "sor_ada") in till.timers()
    assert [event.reason_code for event in till.events(RefundFailed)] == ["lost_or_stolen_card"]
    assert await journals_of(till, asked.refund_id) == [JournalKind.REFUND_FROM_ESCROW, JournalKind.REFUND_FAILED]
    assert await till.sound()


async def test_a_refund_that_fails_after_the_rest_was_released_is_released_as_well() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    await till.paid()
    asked = await give_back(till, of_ada(1_500))
    await till.settle()
    await till.deliver("sor_ada")
    await till.settle()
    assert await till.balance(PAYABLE_ADA) == 5_000 - 540

    till.provider.fail_refund(asked.refund_id, "declined")
    await till.settle()
    await till.settle()

    assert await hold_of(till) is HoldState.RELEASED
    assert await till.balance(ESCROW_ADA) == 0
    assert await till.balance(PAYABLE_ADA) == 6_500 - 720
    assert await till.sound()


async def test_a_refund_that_fails_after_its_debt_was_paid_is_no_mirror() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    await till.released()
    await till.accounts()
    await till.sweep()
    await till.settle()
    asked = await give_back(till, of_ada(6_000, 500))
    await till.settle()
    await till.paid((a_share("sor_next", ADA, 10_000),), OrderId("ord_2"))
    await till.deliver("sor_next")
    await till.settle()
    assert await till.balance(DEBT_ADA) == 0

    till.provider.fail_refund(asked.refund_id, "declined")
    await till.settle()

    assert await till.balance(DEBT_ADA) == 0
    assert await till.balance(PAYABLE_ADA) == 10_000 - 1_200
    assert (await till.balance(COMMISSION), await till.balance(VAT)) == (950 + 1_000, 190 + 200)
    assert await till.sound()


async def test_what_failed_and_is_tried_again_gives_the_same_commission_back() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    await till.released()
    kept = (await till.balance(COMMISSION), await till.balance(VAT), await till.balance(PAYABLE_ADA))
    taken = []
    for _ in range(2):
        asked = await give_back(till, of_ada(1_500))
        await till.settle()
        taken.append((await till.balance(COMMISSION), await till.balance(VAT), await till.balance(PAYABLE_ADA)))
        till.provider.fail_refund(asked.refund_id, "declined")
        await till.settle()

    assert (await till.balance(COMMISSION), await till.balance(VAT), await till.balance(PAYABLE_ADA)) == kept
    assert taken == [(kept[0] - 150, kept[1] - 30, kept[2] - 1_320)] * 2
    assert await till.sound()


async def test_what_the_platform_bore_of_a_failed_refund_is_the_platforms_again() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    await till.released()
    asked = await give_back(till, of_ada(2_000, platform_minor=2_000))
    await till.settle()

    till.provider.fail_refund(asked.refund_id, "declined")
    await till.settle()

    assert await till.balance(accounts.goodwill(EUR)) == 0
    assert await till.balance(PAYABLE_ADA) == 5_780
    assert await till.sound()


async def test_a_refund_that_comes_back_is_still_owed_until_an_operator_settles_it(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(1_000))
    await till.settle()
    sent = await till.balance(PSP)

    till.provider.fail_refund(asked.refund_id, "expired_or_canceled_card")
    await till.settle()
    unclaimed = accounts.buyer_unclaimed(asked.refund_id, EUR)
    owed = (await till.balance(PSP), await till.balance(unclaimed))
    await till.pass_time(days=7)
    reminded = len(till.events(RefundStillOwed))
    with pytest.raises(MalformedRefund):
        await till.market.execute(SettleRefund(refund_id=asked.refund_id, how=""), by=OPERATOR)
    state = await till.market.execute(SettleRefund(refund_id=asked.refund_id, how="SEPA 4711"), by=OPERATOR)

    assert owed == (sent + 1_000, 1_000)
    assert reminded == 1
    assert len(till.events(RefundBounced)) == 1
    assert state is RefundState.SETTLED
    assert (await till.balance(PSP), await till.balance(unclaimed)) == (sent, 0)
    assert ("payments.remind_bounced", asked.refund_id) not in till.timers()
    assert await till.sound()


async def test_an_approval_may_be_taken_back_until_the_provider_is_asked(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(1_000))

    state = await till.market.execute(CancelRefund(refund_id=asked.refund_id), by=OPERATOR)
    await till.settle()

    assert state is RefundState.CANCELLED
    assert await till.balance(ESCROW_ADA) == 6_500
    assert till.provider.refunds == {}
    again = await give_back(till, of_ada(1_000))
    await till.settle()
    with pytest.raises(WrongState):
        await till.market.execute(CancelRefund(refund_id=again.refund_id), by=OPERATOR)
    assert await till.sound()


async def test_an_answer_about_another_amount_is_not_believed() -> None:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayments(InMemoryPaymentGateway(provider))
    till = a_till(clock=clock, provider=provider, payments=gateway)
    await till.paid()
    gateway.change_refund = lambda answer: evolve(answer, amount=answer.amount + answer.amount)
    asked = await give_back(till, of_ada(1_000))
    await till.settle()

    with pytest.raises(ProviderMismatch):
        await state_of(till, asked.refund_id)

    assert await till.balance(accounts.refund_payable(asked.refund_id, EUR)) == 1_000
    assert till.events(RefundSucceeded) == []
    assert await till.sound()


async def test_a_balance_that_does_not_reach_keeps_the_refund_waiting_and_it_goes_once_it_does(till: Till) -> None:
    await till.accounts()
    await till.released()
    await till.sweep()
    await till.settle()
    asked = await give_back(till, of_ada(6_000, 500))
    await till.settle()
    waiting = await state_of(till, asked.refund_id)

    await till.paid((a_share("sor_next", BOB, 10_000),), OrderId("ord_2"))
    await till.pass_time(hours=1)

    assert waiting is RefundState.PENDING
    assert await state_of(till, asked.refund_id) is RefundState.SUCCEEDED
    assert len(till.events(RefundSucceeded)) == 1
    assert await till.sound()


async def test_lost_messages_are_made_up_for_by_asking(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(1_000))
    await till.dispatcher.settle()

    for _ in range(3):
        till.clock.advance(timedelta(hours=1))
        await till.dispatcher.settle()

    assert len(till.events(RefundSucceeded)) == 1
    assert ("payments.poll_refund", asked.refund_id) in till.timers()
    await till.pass_time(days=31)
    assert ("payments.poll_refund", asked.refund_id) not in till.timers()


async def test_money_that_came_too_late_goes_back_in_full(till: Till) -> None:
    payment_id = await late(till)
    suspense = accounts.suspense(payment_id, EUR)
    waiting = await till.balance(suspense)

    refund_id = await till.market.execute(GiveBack(payment_id=payment_id), by=SYSTEM)
    again = await till.market.execute(GiveBack(payment_id=payment_id), by=SYSTEM)
    await till.settle()

    assert waiting == 10_000
    assert refund_id is not None
    assert again is None
    assert await state_of(till, refund_id) is RefundState.SUCCEEDED
    assert await till.balance(suspense) == 0
    assert await journals_of(till, refund_id) == [JournalKind.SUSPENSE_RESOLVED, JournalKind.REFUND_SUCCEEDED]
    assert await till.sound()


async def test_a_refund_of_money_that_came_too_late_may_fail_as_well() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    payment_id = await till.open()
    secret = await till.request(payment_id)
    await till.cancel(payment_id)
    late = next(one for one in till.provider.all_payments.values() if one.client_secret == secret)
    till.provider.succeed(evolve(late, attempts=1))
    await till.settle()
    refund_id = await till.market.execute(GiveBack(payment_id=payment_id), by=SYSTEM)
    assert refund_id is not None
    await till.settle()

    till.provider.fail_refund(refund_id, "declined")
    await till.settle()

    assert await till.balance(accounts.suspense(payment_id, EUR)) == 10_000
    assert await till.sound()
