"""From delivery to the seller's money: when escrow is released, and when it is not."""

import asyncio
from datetime import timedelta

import pytest

from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import SellerId, SellerOrderId, UserId
from marketplace_core.payments import (
    ConcludeHold,
    EscrowNotFound,
    EscrowNotReleasable,
    EscrowOverdue,
    EscrowReleased,
    FreezeEscrow,
    HoldState,
    ListEscrows,
    MalformedReason,
    PaymentPolicy,
    Proof,
    ReleaseEscrow,
    RequestRefund,
    UnfreezeEscrow,
    ViewBalance,
    ViewEscrow,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.payments import ADA, BOB, EUR, euros
from tests.core.payments.till import ANN, OPERATOR, ORDER, Till, a_till

SOR_ADA = SellerOrderId("sor_ada")
SELLER_ADA = Actor(principal="usr_ada", roles=frozenset({Role.SELLER}), user_id=UserId("usr_ada"), seller_id=ADA)
PAYABLE_ADA = accounts.seller_payable(ADA, EUR)


async def state_of(till: Till, seller_order_id: SellerOrderId = SOR_ADA) -> HoldState:
    """Look how a hold stands."""
    return (await till.market.ask(ViewEscrow(seller_order_id=seller_order_id), by=OPERATOR)).state


async def test_the_example_of_the_money_design_to_the_cent(till: Till) -> None:
    await till.paid()

    await till.deliver("sor_ada")
    await till.deliver("sor_bob")
    await till.settle()

    assert await till.balance(accounts.psp("inmemory", EUR)) == 9_835
    assert await till.balance(accounts.escrow(SOR_ADA, EUR)) == 0
    assert await till.balance(accounts.escrow(SellerOrderId("sor_bob"), EUR)) == 0
    assert await till.balance(PAYABLE_ADA) == 6_500 - 600 - 120
    assert await till.balance(accounts.seller_payable(BOB, EUR)) == 3_500 - 350 - 70
    assert await till.balance(accounts.commission_revenue(EUR)) == 950
    assert await till.balance(accounts.tax_payable("FR", EUR)) == 190
    assert await till.balance(accounts.psp_fees(EUR)) == 165
    assert await till.sound()


async def test_a_reserve_stays_behind_where_the_policy_asks_for_one() -> None:
    till = a_till(policy=PaymentPolicy(reserve_bps=500))
    await till.paid()

    await till.deliver("sor_bob")
    await till.settle()

    assert await till.balance(accounts.seller_reserve(BOB, EUR)) == 154
    assert await till.balance(accounts.seller_payable(BOB, EUR)) == 2_926
    assert await till.sound()


async def test_terms_are_those_of_the_day_of_the_order() -> None:
    till = a_till(policy=PaymentPolicy(version="old", commission_bps=500))
    await till.paid()
    till = a_till(store=till.store, policy=PaymentPolicy(version="new", commission_bps=9_000))

    await till.deliver("sor_bob")
    await till.settle()

    assert await till.balance(accounts.commission_revenue(EUR)) == 175


@pytest.mark.parametrize(
    ("proof", "waits"),
    [
        (Proof.BUYER, timedelta(0)),
        (Proof.OPERATOR, timedelta(0)),
        (Proof.CARRIER, timedelta(hours=72)),
        (Proof.SELLER, timedelta(days=14)),
    ],
)
async def test_the_better_the_proof_the_sooner_the_money(till: Till, proof: Proof, waits: timedelta) -> None:
    await till.paid()
    await till.deliver("sor_ada", proof)

    if waits:
        await till.pass_time(seconds=waits.total_seconds() - 1)
        assert await state_of(till) is HoldState.HELD
        await till.pass_time(seconds=1)
    await till.settle()

    assert await state_of(till) is HoldState.RELEASED


async def test_a_better_proof_shortens_the_wait_and_a_worse_one_does_not_lengthen_it(till: Till) -> None:
    await till.paid()

    await till.deliver("sor_ada", Proof.CARRIER)
    await till.deliver("sor_ada", Proof.SELLER)
    view = await till.market.ask(ViewEscrow(seller_order_id=SOR_ADA), by=OPERATOR)
    await till.deliver("sor_ada", Proof.BUYER)
    await till.settle()

    assert (view.proof, view.release_at) == (Proof.CARRIER, till.clock.now() + timedelta(hours=72))
    assert await state_of(till) is HoldState.RELEASED


async def test_a_part_that_was_never_paid_is_not_scheduled(till: Till) -> None:
    await till.open()

    with pytest.raises(WrongState):
        await till.deliver("sor_ada")


async def test_a_release_is_booked_and_told_once_however_often_it_is_asked_for(till: Till) -> None:
    await till.paid()
    await till.deliver("sor_ada")

    outcomes = await asyncio.gather(
        *(till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=SYSTEM) for _ in range(5))
    )
    await till.deliver("sor_ada")
    await till.settle()

    assert {outcome.state for outcome in outcomes} == {HoldState.RELEASED}
    assert await till.balance(PAYABLE_ADA) == 5_780
    assert till.events(EscrowReleased) == [
        EscrowReleased(
            seller_order_id=SOR_ADA,
            order_id=ORDER,
            seller_id=ADA,
            amount=euros(6_500),
            commission=euros(600),
            commission_vat=euros(120),
            payable=euros(5_780),
        )
    ]


async def test_before_its_time_the_timer_releases_nothing_and_says_why(till: Till) -> None:
    await till.paid()
    undelivered = await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=SYSTEM)
    await till.deliver("sor_ada", Proof.SELLER)
    early = await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=SYSTEM)

    assert undelivered.blocked_by == ("not_delivered",)
    assert early.blocked_by == ("waits_until:2026-01-15T12:00:00+00:00",)
    assert await till.balance(PAYABLE_ADA) == 0


async def test_an_operator_may_shorten_the_wait_but_not_skip_the_delivery(till: Till) -> None:
    await till.paid()
    with pytest.raises(EscrowNotReleasable) as refusal:
        await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=OPERATOR)
    await till.deliver("sor_ada", Proof.SELLER)

    outcome = await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=OPERATOR)

    assert refusal.value.facts["blocked_by"] == ["not_delivered"]
    assert outcome.state is HoldState.RELEASED
    assert await till.balance(PAYABLE_ADA) == 5_780


async def test_a_seller_may_not_release_their_own_money(till: Till) -> None:
    await till.paid()

    with pytest.raises(NotAllowed):
        await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=SELLER_ADA)


async def test_frozen_money_stays_until_the_last_reason_is_gone(till: Till) -> None:
    await till.paid()
    for reason in ("risk", "claim:1", "risk"):
        await till.market.execute(FreezeEscrow(seller_order_id=SOR_ADA, reason=reason), by=OPERATOR)
    await till.deliver("sor_ada")
    await till.settle()
    with pytest.raises(EscrowNotReleasable) as refusal:
        await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=OPERATOR)

    await till.market.execute(UnfreezeEscrow(seller_order_id=SOR_ADA, reason="risk"), by=OPERATOR)
    await till.settle()
    still = await state_of(till)
    await till.market.execute(UnfreezeEscrow(seller_order_id=SOR_ADA, reason="claim:1"), by=OPERATOR)
    await till.settle()

    assert refusal.value.facts["blocked_by"] == ["frozen:claim:1", "frozen:risk"]
    assert (still, await state_of(till)) == (HoldState.FROZEN, HoldState.RELEASED)
    assert await state_of(till, SellerOrderId("sor_bob")) is HoldState.HELD


@pytest.mark.parametrize("reason", ["", "Two words", "x" * 61, "é", "a\n"])
async def test_a_reason_is_a_short_word(till: Till, reason: str) -> None:
    await till.paid()

    with pytest.raises(MalformedReason):
        await till.market.execute(FreezeEscrow(seller_order_id=SOR_ADA, reason=reason), by=OPERATOR)


async def test_released_money_can_no_longer_be_frozen(till: Till) -> None:
    await till.released()

    with pytest.raises(WrongState):
        await till.market.execute(FreezeEscrow(seller_order_id=SOR_ADA, reason="risk"), by=OPERATOR)


async def test_money_held_for_as_long_as_the_provider_allows_is_brought_before_an_operator(till: Till) -> None:
    await till.paid()

    await till.pass_time(days=82, hours=23)
    before = await state_of(till)
    await till.pass_time(hours=1)

    assert (before, await state_of(till)) == (HoldState.HELD, HoldState.FROZEN)
    for name in ("sor_ada", "sor_bob"):  # by a worker who saw the deadline due as well
        await till.market.execute(ConcludeHold(seller_order_id=SellerOrderId(name)), by=SYSTEM)
    assert [event.seller_order_id for event in till.events(EscrowOverdue)] == ["sor_ada", "sor_bob"]
    assert till.failures == []


async def test_what_was_held_for_too_long_is_brought_to_mind_until_an_operator_has_decided(till: Till) -> None:
    await till.paid()
    await till.pass_time(days=83)

    await till.pass_time(days=3)
    reminded = len(till.events(EscrowOverdue))
    await till.market.execute(RequestRefund(order_id=ORDER, reason="Nobody came.", amount_minor=10_000), by=OPERATOR)
    await till.pass_time(days=9)

    assert reminded == len(till.events(EscrowOverdue)) == 4
    assert await till.sound()


async def test_delivered_money_is_released_rather_than_held_for_too_long() -> None:
    till = a_till(policy=PaymentPolicy(release_after_seller=timedelta(days=200)))
    await till.paid()
    await till.deliver("sor_ada", Proof.SELLER)

    await till.pass_time(days=83)

    assert await state_of(till) is HoldState.RELEASED


async def test_the_backstop_leaves_a_hold_alone_before_its_time_and_after_its_end(till: Till) -> None:
    await till.paid()
    await till.deliver("sor_bob")
    await till.settle()

    for name in ("sor_ada", "sor_bob"):
        await till.market.execute(ConcludeHold(seller_order_id=SellerOrderId(name)), by=SYSTEM)

    assert await state_of(till) is HoldState.HELD
    assert await state_of(till, SellerOrderId("sor_bob")) is HoldState.RELEASED


async def test_a_seller_sees_their_own_holds_and_no_others(till: Till) -> None:
    await till.paid()

    own = await till.market.ask(ListEscrows(), by=SELLER_ADA)
    everybodys = await till.market.ask(ListEscrows(), by=OPERATOR)
    with pytest.raises(EscrowNotFound) as foreign:
        await till.market.ask(ViewEscrow(seller_order_id=SellerOrderId("sor_bob")), by=SELLER_ADA)
    with pytest.raises(EscrowNotFound) as missing:
        await till.market.ask(ViewEscrow(seller_order_id=SellerOrderId("sor_none")), by=SELLER_ADA)

    assert [view.seller_order_id for view in own.items] == ["sor_ada"]
    assert len(everybodys.items) == 2
    assert foreign.value.message == missing.value.message
    with pytest.raises(NotAllowed):
        await till.market.ask(ListEscrows(), by=ANN)


async def test_a_balance_follows_the_money(till: Till) -> None:
    await till.accounts(ADA)
    await till.paid()
    held = await till.market.ask(ViewBalance(seller_id=ADA), by=SELLER_ADA)
    await till.deliver("sor_ada")
    await till.settle()
    payable = await till.market.ask(ViewBalance(seller_id=ADA), by=SELLER_ADA)

    assert [(one.held, one.payable) for one in held.balances] == [(euros(6_500), euros(0))]
    assert [(one.held, one.payable) for one in payable.balances] == [(euros(0), euros(5_780))]


async def test_a_foreign_balance_is_not_shown(till: Till) -> None:
    with pytest.raises(Exception, match="no such thing"):
        await till.market.ask(ViewBalance(seller_id=SellerId("sel_bob")), by=SELLER_ADA)


async def test_an_order_keeps_the_rules_it_was_placed_under() -> None:
    old = PaymentPolicy(
        version="old", release_after_carrier=timedelta(hours=10), reserve_bps=500, reserve_for=timedelta(days=2)
    )
    till = a_till(policy=old)
    await till.paid()
    new = PaymentPolicy(
        version="new", release_after_carrier=timedelta(hours=90), reserve_bps=100, reserve_for=timedelta(days=50)
    )
    later = a_till(store=till.store, provider=till.provider, clock=till.clock, policy=new)
    other = a_till(policy=new)
    await other.paid()
    for desk in (later, other):
        await desk.deliver("sor_bob", Proof.CARRIER)
        await desk.pass_time(hours=10)

    seen = [
        (await desk.market.ask(ViewEscrow(seller_order_id=SellerOrderId("sor_bob")), by=OPERATOR)).state
        for desk in (later, other)
    ]
    assert seen == [HoldState.RELEASED, HoldState.HELD]
    assert await later.balance(accounts.seller_reserve(BOB, EUR)) == 154
    await later.pass_time(days=2)
    assert await later.balance(accounts.seller_reserve(BOB, EUR)) == 0
    assert await later.sound()
