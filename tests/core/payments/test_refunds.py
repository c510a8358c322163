"""Money back to buyers: who bears it, who decides, and how much there is to give."""

import pytest

from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.errors import NotAllowed, NotSignedIn
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.payments import (
    ApproveRefund,
    DisputeState,
    HoldState,
    JournalKind,
    ListRefunds,
    MalformedRefund,
    PaymentNotFound,
    PaymentPolicy,
    RefundApproved,
    RefundExceedsRemaining,
    RefundNotFound,
    RefundState,
    RefundWish,
    RejectRefund,
    SecondOperatorNeeded,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share, euros
from tests.core.payments.refunding import (
    COMMISSION,
    DEBT_ADA,
    ESCROW_ADA,
    ESCROW_BOB,
    FEE_OF_THE_EXAMPLE,
    PAYABLE_ADA,
    PSP,
    RESERVE_ADA,
    SECOND,
    SELLER_ADA,
    SELLER_BOB,
    SOR_BOB,
    THE_EXAMPLE,
    VAT,
    give_back,
    hold_of,
    journals_of,
    of_ada,
    state_of,
)
from tests.core.payments.till import ANN, MALLORY, OPERATOR, ORDER, Till, a_till


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


async def test_a_large_refund_that_no_second_operator_approves_does_not_wait_for_ever() -> None:
    till = a_till(policy=PaymentPolicy(refund_four_eyes_minor=5_000))
    await till.paid()
    asked = await give_back(till, of_ada(5_000))

    await till.pass_time(days=8)

    (refund,) = (await till.market.ask(ListRefunds(order_id=ORDER), by=OPERATOR)).items
    assert (asked.state, refund.state) == (RefundState.REQUESTED, RefundState.REJECTED)
    assert "Another operator" in (refund.note or "")
    assert await till.balance(ESCROW_ADA) == 6_500


async def test_approving_twice_is_approving_once(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(1_000), by=ANN)

    states = [await till.market.execute(ApproveRefund(refund_id=asked.refund_id), by=SELLER_ADA) for _ in range(3)]

    assert states == [RefundState.APPROVED] * 3
    assert await till.balance(ESCROW_ADA) == 5_500
    assert len(till.events(RefundApproved)) == 1


async def test_a_wish_for_more_than_is_left_by_then_is_rejected_and_says_so(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(6_000), by=ANN)
    await give_back(till, of_ada(1_000))

    await till.pass_time(days=7)

    assert await state_of(till, asked.refund_id) is RefundState.REJECTED
    assert till.failures == []
    assert await till.balance(ESCROW_ADA) == 5_500


async def test_a_wish_waits_while_a_dispute_decides(till: Till) -> None:
    payment_id = await till.paid()
    asked = await give_back(till, of_ada(1_000), by=ANN)
    reference = next(one.reference for one in till.provider.all_payments.values() if one.payment_id == payment_id)
    dispute = till.network.open(reference, euros(10_000))

    await till.pass_time(days=7)
    waiting = await state_of(till, asked.refund_id)
    till.network.move(dispute, DisputeState.WON)
    await till.settle()
    await till.pass_time(days=3)
    await till.settle()

    assert waiting is RefundState.REQUESTED
    assert await state_of(till, asked.refund_id) is RefundState.SUCCEEDED
    assert till.failures == []
