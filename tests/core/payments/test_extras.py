"""Tax, the buyer's fee and the platform's subsidy: booked with the payment, given back with the share, earned once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments import (
    CancelRefund,
    DisputeState,
    EarnFee,
    Extras,
    HoldState,
    JournalKind,
    MalformedShares,
    Payment,
    PreviewRefund,
    RefundExceedsRemaining,
    RefundState,
    RefundSucceeded,
    RefundWish,
    ReturnShare,
)
from marketplace_core.payments.domain import accounts, journals
from marketplace_core.payments.domain.extras import NO_EXTRAS, given_back
from marketplace_core.payments.domain.standing import Portion
from marketplace_core.testing.payments import ADA, BOB, EUR, a_hold, a_payment, a_share, euros
from tests.core.payments.refunding import (
    ESCROW_ADA,
    ESCROW_BOB,
    PSP,
    SOR_ADA,
    SOR_BOB,
    give_back,
    hold_of,
    journals_of,
    of_ada,
    state_of,
)
from tests.core.payments.till import OPERATOR, ORDER, Till, a_till

TAX, FEE = accounts.tax_payable("US-NY", EUR), accounts.fee_deferred(ORDER, EUR)
EARNED, SUBSIDY = accounts.fee_revenue(EUR), accounts.promo_subsidy(EUR)
OF_ADA, OF_BOB = Extras(tax=520, fee=130, subsidy=1_000), Extras(tax=280, fee=70, subsidy=583)
PRICED = (a_share("sor_ada", ADA, 6_000, 500, extras=OF_ADA), a_share("sor_bob", BOB, 3_500, extras=OF_BOB))
"""100.00 of goods and delivery, tax 8.00, fee 2.00, 15.83 borne by the platform: the buyer pays 94.17."""


async def paid() -> Till:
    till = a_till()
    await till.paid(PRICED)
    return till


async def booked(till: Till) -> tuple[int, ...]:
    """Return what stands on: escrow of both, tax, deferred fee, subsidy."""
    return tuple([await till.balance(one) for one in (ESCROW_ADA, ESCROW_BOB, TAX, FEE, SUBSIDY)])


async def test_a_capture_is_divided_among_sellers_tax_office_and_fee_and_the_subsidy_is_ours() -> None:
    till = await paid()

    assert await till.balance(PSP) == 9_417 - await till.balance(accounts.psp_fees(EUR))
    assert await booked(till) == (6_500, 3_500, 800, 200, 1_583)
    assert await till.sound()


async def test_a_refund_out_of_escrow_takes_its_tax_and_fee_along_and_what_we_had_paid_comes_back_to_us() -> None:
    till = await paid()

    asked = await give_back(till, of_ada(1_500))
    await till.settle()

    # 15.00 of 65.00: tax 1.20, fee 0.30, subsidy 2.31
    assert (asked.amount_minor, await state_of(till, asked.refund_id)) == (1_419, RefundState.SUCCEEDED)
    assert await booked(till) == (5_000, 3_500, 680, 170, 1_352)
    assert await journals_of(till, asked.refund_id) == [JournalKind.REFUND_FROM_ESCROW, JournalKind.REFUND_SUCCEEDED]
    assert await till.sound()


async def test_after_release_the_same_goes_back_and_the_seller_bears_the_share_alone() -> None:
    till = await paid()
    await till.deliver("sor_ada")
    await till.settle()
    payable = await till.balance(accounts.seller_payable(ADA, EUR))

    asked = await give_back(till, of_ada(1_500))
    await till.settle()

    assert asked.amount_minor == 1_419
    assert await booked(till) == (0, 3_500, 680, 170, 1_352)
    assert payable - await till.balance(accounts.seller_payable(ADA, EUR)) == 1_500 - 180
    assert await journals_of(till, asked.refund_id) == [JournalKind.REFUND_AFTER_RELEASE, JournalKind.REFUND_SUCCEEDED]
    assert await till.sound()


async def test_everything_given_back_in_pieces_leaves_nothing_of_tax_fee_and_subsidy() -> None:
    till = await paid()

    amounts = [(await give_back(till, of_ada(minor))).amount_minor for minor in (1, 333, 4_666, 1_000)]
    amounts.append((await give_back(till, of_ada(0, 500))).amount_minor)
    amounts.append((await give_back(till, RefundWish(seller_order_id=SOR_BOB, items_minor=3_500))).amount_minor)
    await till.settle()

    assert sum(amounts) == 9_417
    assert await booked(till) == (0, 0, 0, 0, 0)
    assert (await hold_of(till), await hold_of(till, SOR_BOB)) == (HoldState.REFUNDED, HoldState.REFUNDED)
    assert await till.sound()


async def test_a_preview_says_what_the_refund_then_is() -> None:
    till = await paid()

    seen = await till.market.ask(PreviewRefund(order_id=ORDER, wishes=(of_ada(1_500),)), by=OPERATOR)
    asked = await give_back(till, of_ada(1_500))

    (part,) = seen.parts
    assert (part.tax, part.fee, part.subsidy) == (euros(120), euros(30), euros(231))
    assert seen.amount == part.amount == euros(asked.amount_minor)


async def test_a_refund_that_is_taken_back_leaves_everything_as_it_was() -> None:
    till = await paid()
    asked = await give_back(till, of_ada(1_500))

    await till.market.execute(CancelRefund(refund_id=asked.refund_id), by=OPERATOR)

    assert await booked(till) == (6_500, 3_500, 800, 200, 1_583)
    assert await till.sound()


SUBSIDISED = (
    a_share("sor_ada", ADA, 6_000, 500, extras=Extras(subsidy=1_000)),
    a_share("sor_bob", BOB, 3_500, extras=Extras(subsidy=500)),
)
"""100.00 of goods and delivery, 15.00 borne by the platform: the buyer pays 85.00."""


async def test_what_a_lost_dispute_leaves_of_our_subsidy_comes_back_to_us_with_the_rest() -> None:
    till = a_till()
    await till.paid(SUBSIDISED)
    await disputed(till, 2_000)

    for name in ("sor_ada", "sor_bob"):
        command = ReturnShare(seller_order_id=SellerOrderId(name), reason="Not shipped in time.", whole=True)
        assert await till.market.execute(command, by=SYSTEM) is not None
    await till.settle()

    sent = sum(refund.amount.amount_minor for refund in till.provider.refunds.values())
    assert sent == 8_500 - 2_000
    assert await booked(till) == (0, 0, 0, 0, 0)
    assert await till.sound()


async def test_what_failed_of_such_a_refund_is_owed_to_the_same_cent_again() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    await till.paid(SUBSIDISED)
    await disputed(till, 6_500, item=SellerOrderId("sor_ada"))
    command = ReturnShare(seller_order_id=SOR_BOB, reason="Not shipped in time.", whole=True)
    refund_id = await till.market.execute(command, by=SYSTEM)
    await till.settle()
    assert refund_id is not None

    till.provider.fail_refund(refund_id, "declined")
    await till.settle()
    between = await booked(till)
    await till.pass_time(days=1)

    assert between == (0, 3_500, 0, 0, 1_500)
    assert [refund.amount.amount_minor for refund in till.provider.refunds.values()] == [2_000, 2_000]
    assert await booked(till) == (0, 0, 0, 0, 0)
    assert await till.sound()


async def test_what_the_platform_had_paid_in_full_goes_back_to_it_and_nobody_is_asked_for_nothing() -> None:
    till = a_till()
    whole = Extras(subsidy=6_500)
    await till.paid((a_share("sor_ada", ADA, 6_000, 500, extras=whole), a_share("sor_bob", BOB, 3_500)))

    asked = await give_back(till, of_ada(6_000, 500))
    await till.settle()

    assert (asked.state, asked.amount_minor) == (RefundState.SUCCEEDED, 0)
    assert await booked(till) == (0, 3_500, 0, 0, 0)
    assert till.events(RefundSucceeded) == []
    assert not any(kind.startswith("payments.submit") for kind, _ in till.timers())
    assert await till.sound()


async def test_the_fee_is_earned_when_the_order_closes_and_later_refunds_leave_it() -> None:
    till = await paid()

    earned = await till.market.execute(EarnFee(order_id=ORDER), by=SYSTEM)
    again = await till.market.execute(EarnFee(order_id=ORDER), by=SYSTEM)
    asked = await give_back(till, of_ada(1_500))

    assert (earned, again) == (euros(200), euros(0))
    assert (await till.balance(FEE), await till.balance(EARNED)) == (0, 200)
    assert asked.amount_minor == 1_389
    assert await till.sound()


async def test_a_fee_that_comes_back_after_closing_is_earned_at_the_next_closing() -> None:
    till = await paid()
    asked = await give_back(till, of_ada(1_500))
    await till.market.execute(EarnFee(order_id=ORDER), by=SYSTEM)
    await till.market.execute(CancelRefund(refund_id=asked.refund_id), by=OPERATOR)

    more = await till.market.execute(EarnFee(order_id=ORDER), by=SYSTEM)

    assert (more, await till.balance(EARNED)) == (euros(30), 200)
    assert await till.sound()


async def test_only_the_system_earns_a_fee() -> None:
    till = await paid()

    with pytest.raises(NotAllowed):
        await till.market.execute(EarnFee(order_id=ORDER), by=OPERATOR)


async def test_a_dispute_about_all_of_it_takes_of_the_sellers_what_the_buyer_paid_and_tax_and_fee_are_our_loss() -> (
    None
):
    till = a_till()
    added = Extras(tax=520, fee=130)
    await till.paid((a_share("sor_ada", ADA, 6_000, 500, extras=added), a_share("sor_bob", BOB, 3_500)))

    await disputed(till, 10_650)

    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (0, 0)
    assert await till.balance(accounts.dispute_losses(EUR)) == 650
    assert (await till.balance(TAX), await till.balance(FEE)) == (520, 130)
    assert await till.sound()


async def test_of_a_subsidised_share_a_dispute_takes_what_the_buyer_paid_and_a_refund_of_the_rest_is_refused() -> None:
    till = a_till()
    await till.paid((a_share("sor_ada", ADA, 6_000, 500, extras=Extras(subsidy=1_500)),))

    await disputed(till, 5_000)

    assert (await till.balance(ESCROW_ADA), await till.balance(accounts.dispute_losses(EUR))) == (1_500, 0)
    with pytest.raises(RefundExceedsRemaining, match="has not got back"):
        await give_back(till, of_ada(1_000, 500))
    assert await till.sound()


async def test_where_the_goods_are_called_off_such_a_rest_is_ours_and_no_money_is_sent() -> None:
    till = a_till()
    await till.paid((a_share("sor_ada", ADA, 6_000, 500, extras=Extras(subsidy=1_500)),))
    await disputed(till, 5_000)

    command = ReturnShare(seller_order_id=SOR_ADA, reason="Not shipped in time.", whole=True)
    await till.market.execute(command, by=SYSTEM)
    await till.settle()

    assert (await booked(till), till.provider.refunds) == ((0, 0, 0, 0, 0), {})
    assert await till.sound()


async def test_a_dispute_for_more_than_was_paid_takes_no_more_of_a_subsidised_share() -> None:
    till = a_till()
    await till.paid((a_share("sor_ada", ADA, 6_000, 500, extras=Extras(subsidy=1_500)),))

    await disputed(till, 5_007)

    assert (await till.balance(ESCROW_ADA), await till.balance(accounts.dispute_losses(EUR))) == (1_500, 7)
    assert await till.sound()


async def disputed(till: Till, amount_minor: int, item: SellerOrderId | None = None) -> None:
    """Have the buyer's bank take so much back, and keep it."""
    (payment,) = till.provider.all_payments.values()
    state = DisputeState.NEEDS_RESPONSE
    dispute = till.network.open(payment.reference, euros(amount_minor), state=state, item=item)
    await till.settle()
    till.network.move(dispute, DisputeState.LOST)
    await till.settle()


def test_money_in_suspense_that_is_accepted_is_divided_like_any_other() -> None:
    payment = Payment.open(
        payment_id=a_payment().payment_id,
        order_id=ORDER,
        buyer_id=a_payment().buyer_id,
        currency=EUR,
        provider="inmemory",
        shares=PRICED,
        now=a_payment().opened_at,
    )

    captured, accepted = journals.payment_captured(payment), journals.suspense_accepted(payment)

    assert accepted.kind is JournalKind.SUSPENSE_RESOLVED
    assert [(one.credit, one.amount) for one in accepted.transfers] == [
        (one.credit, one.amount) for one in captured.transfers
    ]
    waiting = accounts.suspense(payment.payment_id, EUR)
    assert sum(one.amount.amount_minor for one in accepted.transfers if one.debit == waiting) == 9_417


@pytest.mark.parametrize(
    "share",
    [
        a_share("sor_ada", ADA, 100, extras=Extras(subsidy=101)),
        a_share("sor_ada", ADA, 100, extras=Extras(subsidy=100)),
    ],
    ids=["more is subsidised than there is", "nothing is left to pay"],
)
async def test_a_payment_is_of_something(till: Till, share: object) -> None:
    with pytest.raises(MalformedShares):
        await till.open((share,))  # type: ignore[arg-type]


@given(
    share=st.integers(1, 100_000),
    tax=st.integers(0, 50_000),
    fee=st.integers(0, 50_000),
    part=st.integers(0, 10_000),
    cuts=st.lists(st.integers(0, 100_000), max_size=6),
)
def test_many_refunds_come_to_what_one_would(share: int, tax: int, fee: int, part: int, cuts: list[int]) -> None:
    agreed = Extras(tax=tax, fee=fee, subsidy=share * part // 10_000)
    walked = [share, *sorted({cut for cut in cuts if 0 < cut < share}, reverse=True), 0]

    kept, whole, last = agreed, NO_EXTRAS, share
    for before, after in pairwise(walked):
        back = given_back(agreed, kept, share=share, left=after, taken=before - after)
        assert before - after + back.net >= 0
        kept, whole, last = kept - back, whole + back, after
        at_once = given_back(agreed, agreed, share=share, left=after, taken=share - after)
        assert whole == at_once

    assert (kept, last) == (NO_EXTRAS, 0)


@given(
    items=st.integers(1, 10_000),
    delivery=st.integers(0, 1_000),
    extras=st.builds(Extras, tax=st.integers(0, 5_000), fee=st.integers(0, 5_000), subsidy=st.integers(0, 10_000)),
    steps=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 1_000), st.booleans()), max_size=12),
)
def test_whatever_fails_in_between_the_buyer_gets_no_more_than_was_paid(
    items: int, delivery: int, extras: Extras, steps: list[tuple[int, int, bool]]
) -> None:
    agreed = Extras(tax=extras.tax, fee=extras.fee, subsidy=min(extras.subsidy, items + delivery))
    hold = a_hold()
    hold.items, hold.delivery, hold.extras = euros(items), euros(delivery), agreed
    hold.hold(now=a_payment().opened_at, until=a_payment().opened_at)
    price, given, alive = items + delivery + agreed.net, 0, []

    for wanted_items, wanted_delivery, fails in steps:
        wanted = Portion(items=wanted_items, delivery=wanted_delivery).up_to(hold.standing.refundable)
        if wanted.amount:
            split, back = hold.refund(wanted, Who.OPERATOR)
            alive.append((split, back))
            given += wanted.amount + back.net
        if fails and alive:
            split, back = alive.pop(len(alive) // 2)
            hold.refund_failed(split, back)
            given -= split.amount + back.net
        assert 0 <= given <= price
        assert hold.standing.share == items + delivery
    left = hold.standing.refundable
    if left.amount:
        _, back = hold.refund(left, Who.OPERATOR)
        given += left.amount + back.net

    assert given == price
    assert hold.standing.kept == NO_EXTRAS
