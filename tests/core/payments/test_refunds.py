"""Money back to buyers: who bears it, what the provider says to it, and everything that can go wrong on the way."""

from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_core.kernel.errors import NotAllowed, NotSignedIn
from marketplace_core.kernel.ids import OrderId, RefundId, SellerOrderId, UserId
from marketplace_core.payments import (
    ApproveRefund,
    CancelRefund,
    HoldState,
    JournalKind,
    ListJournals,
    MalformedRefund,
    PaymentNotFound,
    PaymentPolicy,
    ProviderMismatch,
    ReconcileRefund,
    RefundApproved,
    RefundBounced,
    RefundExceedsRemaining,
    RefundFailed,
    RefundNotFound,
    RefundState,
    RefundStillOwed,
    RefundSucceeded,
    RefundWish,
    RejectRefund,
    RequestedRefund,
    RequestRefund,
    SecondOperatorNeeded,
    SettleRefund,
    SubmitRefund,
    ViewEscrow,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share
from tests.core.payments.faults import AFTER, BEFORE, FaultyPayments
from tests.core.payments.till import ANN, MALLORY, OPERATOR, ORDER, Till, a_till

SOR_ADA, SOR_BOB = SellerOrderId("sor_ada"), SellerOrderId("sor_bob")
SELLER_ADA = Actor(principal="usr_ada", roles=frozenset({Role.SELLER}), user_id=UserId("usr_ada"), seller_id=ADA)
SELLER_BOB = Actor(principal="usr_bob", roles=frozenset({Role.SELLER}), user_id=UserId("usr_bob"), seller_id=BOB)
SECOND = Actor(principal="usr_op2", roles=frozenset({Role.OPERATOR}), user_id=UserId("usr_op2"))
PSP = accounts.psp("inmemory", EUR)
ESCROW_ADA, ESCROW_BOB = accounts.escrow(SOR_ADA, EUR), accounts.escrow(SOR_BOB, EUR)
PAYABLE_ADA, DEBT_ADA = accounts.seller_payable(ADA, EUR), accounts.seller_receivable(ADA, EUR)
RESERVE_ADA = accounts.seller_reserve(ADA, EUR)
COMMISSION, VAT = accounts.commission_revenue(EUR), accounts.tax_payable("FR", EUR)
THE_EXAMPLE = PaymentPolicy(reserve_bps=500)
FEE_OF_THE_EXAMPLE = Terms(fee_bps=0, fee_fixed_minor=320)


async def give_back(
    till: Till,
    *wishes: RefundWish,
    by: Actor = OPERATOR,
    amount_minor: int | None = None,
    order_id: OrderId = ORDER,
) -> RequestedRefund:
    """Ask for a refund."""
    command = RequestRefund(order_id=order_id, reason="Chipped.", wishes=wishes, amount_minor=amount_minor)
    return await till.market.execute(command, by=by)


def of_ada(items_minor: int, delivery_minor: int = 0, platform_minor: int = 0) -> RefundWish:
    """Wish for some of Ada's part."""
    return RefundWish(
        seller_order_id=SOR_ADA,
        items_minor=items_minor,
        delivery_minor=delivery_minor,
        platform_minor=platform_minor,
    )


async def state_of(till: Till, refund_id: RefundId) -> RefundState:
    """Look how a refund stands, asking the provider."""
    return await till.market.execute(ReconcileRefund(refund_id=refund_id), by=OPERATOR)


async def hold_of(till: Till, seller_order_id: SellerOrderId = SOR_ADA) -> HoldState:
    """Look how a hold stands."""
    return (await till.market.ask(ViewEscrow(seller_order_id=seller_order_id), by=OPERATOR)).state


async def journals_of(till: Till, source_id: str) -> list[JournalKind]:
    """List what was booked for something, oldest first."""
    found = await till.market.ask(ListJournals(source_id=source_id), by=OPERATOR)
    return [journal.kind for journal in reversed(found.items)]


async def test_before_release_the_buyer_gets_it_out_of_escrow_and_nobody_else_is_touched() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=FEE_OF_THE_EXAMPLE)
    await till.paid()
    assert (await till.balance(PSP), await till.balance(ESCROW_ADA)) == (9_680, 6_500)

    asked = await give_back(till, of_ada(1_500), by=SELLER_ADA)
    await till.settle()

    assert (asked.state, asked.amount_minor) == (RefundState.APPROVED, 1_500)
    assert await state_of(till, asked.refund_id) is RefundState.SUCCEEDED
    assert (await till.balance(PSP), await till.balance(ESCROW_ADA)) == (8_180, 5_000)
    assert await till.balance(ESCROW_BOB) == 3_500
    assert await journals_of(till, asked.refund_id) == [JournalKind.REFUND_FROM_ESCROW, JournalKind.REFUND_SUCCEEDED]
    assert await till.sound()


async def test_what_is_left_is_released_under_the_same_terms() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=FEE_OF_THE_EXAMPLE)
    await till.paid()
    await give_back(till, of_ada(1_500), by=SELLER_ADA)

    await till.deliver("sor_ada")
    await till.deliver("sor_bob")
    await till.settle()

    assert await till.balance(PAYABLE_ADA) == 4_237
    assert await till.balance(RESERVE_ADA) == 223
    assert await till.balance(accounts.seller_payable(BOB, EUR)) == 2_926
    assert (await till.balance(COMMISSION), await till.balance(VAT)) == (800, 160)
    assert await till.sound()


async def test_a_whole_refund_ends_the_hold_and_its_timers(till: Till) -> None:
    await till.paid()

    await give_back(till, of_ada(6_000, 500))
    await till.settle()

    assert await hold_of(till) is HoldState.REFUNDED
    assert await hold_of(till, SOR_BOB) is HoldState.HELD
    assert ("payments.hold_deadline", "sor_ada") not in till.timers()
    assert ("payments.hold_deadline", "sor_bob") in till.timers()
    assert await till.sound()


async def test_after_release_commission_comes_back_first_then_reserve_then_payable_then_debt() -> None:
    till = a_till(policy=THE_EXAMPLE)
    await till.released()
    await till.accounts()
    assert await till.balance(PAYABLE_ADA) == 5_491
    assert await till.balance(RESERVE_ADA) == 289

    await give_back(till, of_ada(2_000))
    first = [await till.balance(one) for one in (COMMISSION, VAT, RESERVE_ADA, PAYABLE_ADA, DEBT_ADA)]
    await till.sweep()
    await till.settle()
    await give_back(till, of_ada(4_000, 500))

    assert first == [750, 150, 0, 5_491 - (2_000 - 240 - 289), 0]
    assert await till.balance(COMMISSION) == 350
    assert await till.balance(VAT) == 70
    assert await till.balance(PAYABLE_ADA) == 0
    assert await till.balance(DEBT_ADA) == 4_500 - 400 - 80
    await till.settle()
    assert await till.sound()


async def test_a_debt_is_paid_from_what_is_released_next_before_any_payout() -> None:
    till = a_till()
    await till.released()
    await till.accounts()
    await till.sweep()
    await till.settle()
    await give_back(till, of_ada(6_000, 500))
    owed = await till.balance(DEBT_ADA)

    await till.paid((a_share("sor_next", ADA, 10_000),), OrderId("ord_2"))
    await till.deliver("sor_next")
    await till.settle()

    assert owed == 6_500 - 720
    assert await till.balance(DEBT_ADA) == 0
    assert await till.balance(PAYABLE_ADA) == 10_000 - 1_200 - owed
    payouts = await till.sweep()
    await till.settle()
    assert len(payouts) == 1
    assert await till.balance(PAYABLE_ADA) == 0
    assert await till.sound()


async def test_the_platform_may_bear_a_part_and_only_an_operator_says_so() -> None:
    till = a_till()
    await till.released()

    with pytest.raises(MalformedRefund):
        await give_back(till, of_ada(2_000, platform_minor=1_000), by=SELLER_ADA)
    await give_back(till, of_ada(2_000, platform_minor=1_000))

    assert await till.balance(accounts.goodwill(EUR)) == 1_000
    assert await till.balance(PAYABLE_ADA) == 5_780 - (2_000 - 240 - 1_000)
    await till.settle()
    assert await till.sound()


async def test_terms_that_keep_commission_keep_it() -> None:
    till = a_till(policy=PaymentPolicy(keeps_commission=True))
    await till.released()

    await give_back(till, of_ada(2_000))

    assert await till.balance(COMMISSION) == 950
    assert await till.balance(PAYABLE_ADA) == 5_780 - 2_000
    await till.settle()
    assert await till.sound()


async def test_many_small_refunds_give_back_as_much_commission_as_one(till: Till) -> None:
    await till.released()

    for _ in range(60):
        await give_back(till, of_ada(100))

    assert await till.balance(COMMISSION) == 350
    assert await till.balance(VAT) == 70
    await till.settle()
    assert await till.sound()


async def test_an_amount_alone_is_spread_over_what_is_left_to_the_cent(till: Till) -> None:
    await till.paid()
    await give_back(till, of_ada(6_000))

    asked = await give_back(till, amount_minor=1_001)
    await till.settle()

    assert asked.amount_minor == 1_001
    assert await till.balance(ESCROW_ADA) == 500 - 125
    assert await till.balance(ESCROW_BOB) == 3_500 - 876
    assert await till.sound()


@pytest.mark.parametrize(
    ("wishes", "amount_minor", "refusal"),
    [
        ((of_ada(6_001),), None, RefundExceedsRemaining),
        ((of_ada(0, 501),), None, RefundExceedsRemaining),
        ((), 10_001, RefundExceedsRemaining),
        ((), 0, MalformedRefund),
        ((), -5, MalformedRefund),
        ((), None, MalformedRefund),
        ((of_ada(100),), 100, MalformedRefund),
        ((of_ada(0),), None, MalformedRefund),
        ((of_ada(-100, 500),), None, MalformedRefund),
        ((of_ada(100), of_ada(100)), None, MalformedRefund),
        ((RefundWish(seller_order_id=SellerOrderId("sor_other"), items_minor=1),), None, MalformedRefund),
    ],
)
async def test_what_makes_no_sense_or_is_too_much_is_refused_and_changes_nothing(
    till: Till, wishes: tuple[RefundWish, ...], amount_minor: int | None, refusal: type[Exception]
) -> None:
    await till.paid()

    with pytest.raises(refusal):
        await give_back(till, *wishes, amount_minor=amount_minor)

    assert await till.balance(ESCROW_ADA) == 6_500
    assert till.events(RefundApproved) == []


async def test_twice_is_too_much_even_while_the_first_is_on_its_way() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    await till.paid()
    await give_back(till, of_ada(4_000))
    await till.settle()

    with pytest.raises(RefundExceedsRemaining) as refusal:
        await give_back(till, of_ada(2_001))

    assert refusal.value.facts["remaining_items_minor"] == 2_000


async def test_an_order_that_is_not_paid_has_nothing_to_give_back(till: Till) -> None:
    await till.open()

    with pytest.raises(WrongState):
        await give_back(till, amount_minor=100)


async def test_strangers_learn_nothing_and_shops_decide_about_their_own_part_only(till: Till) -> None:
    await till.paid()

    with pytest.raises(PaymentNotFound):
        await give_back(till, of_ada(100), by=MALLORY)
    with pytest.raises(NotSignedIn):
        await give_back(till, of_ada(100), by=ANONYMOUS)
    with pytest.raises(MalformedRefund):
        await give_back(till, of_ada(100), by=SELLER_BOB)
    with pytest.raises(PaymentNotFound):
        await give_back(till, of_ada(100), order_id=OrderId("ord_none"))

    assert await till.balance(ESCROW_ADA) == 6_500


async def test_a_buyers_wish_waits_for_the_shop_which_may_say_no(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(1_000), by=ANN)
    assert (asked.state, await till.balance(ESCROW_ADA)) == (RefundState.REQUESTED, 6_500)

    with pytest.raises(NotAllowed):
        await till.market.execute(ApproveRefund(refund_id=asked.refund_id), by=ANN)
    with pytest.raises(RefundNotFound):
        await till.market.execute(ApproveRefund(refund_id=asked.refund_id), by=SELLER_BOB)
    with pytest.raises(MalformedRefund):
        await till.market.execute(RejectRefund(refund_id=asked.refund_id, note=" "), by=SELLER_ADA)
    state = await till.market.execute(RejectRefund(refund_id=asked.refund_id, note="It was whole."), by=SELLER_ADA)

    assert state is RefundState.REJECTED
    with pytest.raises(WrongState):
        await till.market.execute(ApproveRefund(refund_id=asked.refund_id), by=OPERATOR)
    await till.pass_time(days=8)
    assert await till.balance(ESCROW_ADA) == 6_500


async def test_a_wish_that_nobody_decides_on_is_granted_after_a_week(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(1_000), by=ANN)

    await till.pass_time(days=6, hours=23)
    before = await till.balance(ESCROW_ADA)
    await till.pass_time(hours=1)
    await till.settle()

    assert before == 6_500
    assert await state_of(till, asked.refund_id) is RefundState.SUCCEEDED
    assert await till.balance(ESCROW_ADA) == 5_500


async def test_a_large_refund_needs_a_second_operator() -> None:
    till = a_till(policy=PaymentPolicy(refund_four_eyes_minor=5_000))
    await till.paid()

    asked = await give_back(till, of_ada(5_000))
    with pytest.raises(SecondOperatorNeeded):
        await till.market.execute(ApproveRefund(refund_id=asked.refund_id), by=OPERATOR)
    assert await till.balance(ESCROW_ADA) == 6_500
    state = await till.market.execute(ApproveRefund(refund_id=asked.refund_id), by=SECOND)

    assert (asked.state, state) == (RefundState.REQUESTED, RefundState.APPROVED)
    assert await till.balance(ESCROW_ADA) == 1_500


async def test_approving_twice_is_approving_once(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(1_000), by=ANN)

    states = [await till.market.execute(ApproveRefund(refund_id=asked.refund_id), by=SELLER_ADA) for _ in range(3)]

    assert states == [RefundState.APPROVED] * 3
    assert await till.balance(ESCROW_ADA) == 5_500
    assert len(till.events(RefundApproved)) == 1


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
