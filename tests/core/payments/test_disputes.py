"""Card disputes: whom they fall on, and what becomes of refunds meanwhile."""

import pytest

from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.payments import (
    DisputeLost,
    DisputeOpened,
    DisputeWarned,
    DisputeWon,
    HoldState,
    PaymentPolicy,
    Proof,
    ReconcileDisputes,
    RefundBlockedByDispute,
    RefundState,
    RetryPayout,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share, euros
from tests.core.payments.disputing import FEES, LOSSES, S, decided, dispute_of, disputed, reference_of
from tests.core.payments.refunding import (
    COMMISSION,
    DEBT_ADA,
    ESCROW_ADA,
    ESCROW_BOB,
    FEE_OF_THE_EXAMPLE,
    PAYABLE_ADA,
    PSP,
    RESERVE_ADA,
    SOR_ADA,
    SOR_BOB,
    THE_EXAMPLE,
    VAT,
    give_back,
    hold_of,
    of_ada,
    state_of,
)
from tests.core.payments.till import OPERATOR, Till, a_till


async def test_the_worked_example_to_the_cent() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=FEE_OF_THE_EXAMPLE)
    payment_id = await till.paid()
    await till.accounts(ADA)
    await give_back(till, of_ada(1_500))
    await till.settle()
    await till.deliver("sor_ada")
    await till.deliver("sor_bob")
    await till.settle()
    (payout_id,) = await till.sweep()
    await till.settle()
    paid = await till.balance(PSP)
    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()
    assert (paid, await till.balance(PSP)) == (3_943, 3_943)

    till.network.open(reference_of(till, payment_id), euros(2_000))
    await till.settle()
    await decided(till, "im_dp_1", S.LOST)
    dispute = dispute_of(till)

    assert {part.seller_order_id: part.split.amount for part in dispute.parts} == {SOR_ADA: 1_176, SOR_BOB: 824}
    assert await till.balance(PSP) == 443
    assert await till.sound()


async def test_a_dispute_about_one_sellers_order_after_the_payout_as_in_the_example() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=Terms(fee_bps=0, fee_fixed_minor=0))
    await till.accounts(ADA)
    payment_id = await till.paid((a_share("sor_ada", ADA, 4_500, 500),))
    await till.deliver("sor_ada")
    await till.settle()
    await till.sweep()
    await till.settle()

    reference = await disputed(till, payment_id, 2_000)
    await decided(till, reference, S.LOST)
    lost = [await till.balance(one) for one in (COMMISSION, VAT, RESERVE_ADA, DEBT_ADA)]
    await till.paid((a_share("sor_next", ADA, 4_000),), OrderId("ord_2"))
    await till.deliver("sor_next")
    await till.settle()

    assert lost == [250, 50, 0, 1_537]
    assert (await till.balance(PAYABLE_ADA), await till.balance(DEBT_ADA)) == (1_807, 0)
    assert await till.balance(RESERVE_ADA) == 176
    assert await till.balance(FEES) == 1_500
    assert await till.sound()


async def test_a_warning_freezes_and_moves_no_money(till: Till) -> None:
    payment_id = await till.paid()
    before = await till.balance(PSP)

    reference = await disputed(till, payment_id, 2_000, S.WARNING)
    frozen = [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)]
    await decided(till, reference, S.WARNING_CLOSED)

    assert frozen == [HoldState.FROZEN] * 2
    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.HELD] * 2
    assert await till.balance(PSP) == before
    assert len(till.events(DisputeWarned)) == 1
    assert await till.sound()


async def test_it_falls_on_the_sellers_in_proportion_and_parcels_go_on(till: Till) -> None:
    payment_id = await till.paid()
    await till.deliver("sor_bob", Proof.SELLER)

    await disputed(till, payment_id, 1_000)

    dispute = dispute_of(till)
    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (5_850, 3_150)
    assert await till.balance(accounts.escrow_disputed(dispute.dispute_id, EUR)) == 1_000
    assert await till.balance(accounts.dispute_receivable(dispute.dispute_id, EUR)) == 1_000
    assert await till.balance(FEES) == 1_500
    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.FROZEN] * 2
    assert len(till.events(DisputeOpened)) == 1
    assert await till.sound()


async def test_it_falls_on_the_seller_whose_goods_the_bank_names_and_on_no_other(till: Till) -> None:
    payment_id = await till.paid()

    await disputed(till, payment_id, 1_000, item=SOR_BOB)

    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (6_500, 2_500)
    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.HELD, HoldState.FROZEN]
    assert await till.sound()


async def test_what_exceeds_the_goods_that_are_named_is_the_platforms(till: Till) -> None:
    payment_id = await till.paid()

    await decided(till, await disputed(till, payment_id, 4_000, item=SOR_BOB), S.LOST)

    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (6_500, 0)
    assert await till.balance(LOSSES) == 500
    assert await till.sound()


async def test_goods_that_nobody_knows_are_as_good_as_none(till: Till) -> None:
    payment_id = await till.paid()

    await disputed(till, payment_id, 1_000, item=SellerOrderId("sor_elsewhere"))

    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (5_850, 3_150)
    assert await till.sound()


async def test_won_before_release_everything_is_where_it_was(till: Till) -> None:
    payment_id = await till.paid()
    before = await till.balance(PSP)
    reference = await disputed(till, payment_id, 10_000)

    await decided(till, reference, S.UNDER_REVIEW)
    await decided(till, reference, S.WON, returns_fee=True)

    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (6_500, 3_500)
    assert (await till.balance(PSP), await till.balance(FEES)) == (before, 0)
    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.HELD] * 2
    assert len(till.events(DisputeWon)) == 1
    assert await till.sound()


async def test_what_fell_due_meanwhile_is_released_once_it_is_won(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 10_000)
    await till.deliver("sor_ada")
    await till.settle()
    meanwhile = await till.balance(PAYABLE_ADA)

    await decided(till, reference, S.WON)
    await till.settle()

    assert meanwhile == 0
    assert await till.balance(PAYABLE_ADA) == 5_780
    assert await till.sound()


async def test_lost_before_release_the_escrow_is_gone_and_the_rest_is_released(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 1_000)

    await decided(till, reference, S.LOST)
    await till.deliver("sor_ada")
    await till.settle()

    assert await till.balance(ESCROW_BOB) == 3_150
    assert await till.balance(PAYABLE_ADA) == 5_850 - (535 + 107)
    assert await till.balance(LOSSES) == 0
    assert await till.sound()


async def test_a_hold_that_is_lost_whole_ends(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 10_000)

    await decided(till, reference, S.LOST)

    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.LOST] * 2
    assert len(till.events(DisputeLost)) == 1
    assert await till.sound()


async def test_more_than_the_payment_is_the_platforms(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 10_700)

    await decided(till, reference, S.LOST)

    assert await till.balance(LOSSES) == 700
    assert await till.balance(DEBT_ADA) == 0
    assert await till.sound()


async def test_after_release_what_is_payable_is_set_aside_and_what_was_too_much_comes_back(till: Till) -> None:
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    await till.deliver("sor_ada")
    await till.settle()
    payable = await till.balance(PAYABLE_ADA)

    reference = await disputed(till, payment_id, 2_000)
    parked = await till.balance(accounts.seller_dispute_hold(dispute_of(till).dispute_id, EUR))
    meanwhile = await till.balance(PAYABLE_ADA)
    await decided(till, reference, S.LOST)

    assert (parked, meanwhile) == (2_000, payable - 2_000)
    assert await till.balance(PAYABLE_ADA) == payable - 2_000 + 240
    assert (await till.balance(COMMISSION), await till.balance(VAT)) == (450, 90)
    assert await till.sound()


async def test_won_after_release_what_was_set_aside_is_payable_again(till: Till) -> None:
    await till.accounts(ADA)
    await till.paid((a_share("sor_other", BOB, 9_000),), OrderId("ord_2"))
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    await till.deliver("sor_ada")
    await till.settle()
    payable = await till.balance(PAYABLE_ADA)
    till.provider.pending[EUR] = 1_500  # the platform's own, for the fee of the dispute

    reference = await disputed(till, payment_id, 2_000)
    (during,) = await till.sweep()
    await till.settle()
    await decided(till, reference, S.WON)

    assert await till.balance(PAYABLE_ADA) == 2_000
    assert payable - 2_000 > 0
    assert during
    assert await till.sound()


async def test_a_protected_seller_bears_nothing() -> None:
    till = a_till(policy=PaymentPolicy(protects_tracked_sellers=True))
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    await till.deliver("sor_ada", Proof.CARRIER)
    await till.pass_time(hours=72)
    payable = await till.balance(PAYABLE_ADA)

    reference = await disputed(till, payment_id, 2_000)
    await decided(till, reference, S.LOST)

    assert await till.balance(PAYABLE_ADA) == payable
    assert await till.balance(LOSSES) == 2_000 - 240
    assert await till.sound()


async def test_the_fee_may_be_passed_on() -> None:
    till = a_till(policy=PaymentPolicy(charges_dispute_fee=True))
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    reference = await disputed(till, payment_id, 2_000)

    await decided(till, reference, S.LOST)

    assert (await till.balance(FEES), await till.balance(DEBT_ADA)) == (0, 1_500)
    assert await till.sound()


async def test_no_refund_of_money_that_a_dispute_decides_about(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 10_000)

    with pytest.raises(RefundBlockedByDispute):
        await give_back(till, of_ada(100))
    await decided(till, reference, S.WON)

    assert (await give_back(till, of_ada(100))).state is RefundState.APPROVED


async def test_a_refund_that_was_not_asked_for_yet_is_called_back(till: Till) -> None:
    payment_id = await till.paid()
    asked = await give_back(till, of_ada(1_000))
    till.network.open(reference_of(till, payment_id), euros(10_000))

    await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=OPERATOR)
    await till.settle()

    assert await state_of(till, asked.refund_id) is RefundState.CANCELLED
    assert till.provider.refunds == {}
    assert dispute_of(till).excess_minor == 0
    assert await till.sound()


async def test_a_refund_on_its_way_that_fails_falls_to_the_dispute() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    payment_id = await till.paid()
    asked = await give_back(till, of_ada(1_000))
    await till.settle()
    reference = till.network.open(reference_of(till, payment_id), euros(10_000))
    await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=OPERATOR)
    before = dispute_of(till).excess_minor

    await till.settle()
    after = dispute_of(till).excess_minor
    await decided(till, reference, S.LOST)

    assert await state_of(till, asked.refund_id) is RefundState.FAILED
    assert (before, after) == (1_000, 0)
    assert await till.balance(LOSSES) == 0
    assert await hold_of(till) is HoldState.LOST
    assert await till.sound()
