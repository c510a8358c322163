"""A payout that comes back after some of its transfer has paid a debt: the rest is paid again, or taken back."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest

from marketplace_core.inmemory.payment_gateways import InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, PayoutId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    CancelPayout,
    JournalKind,
    ListPayouts,
    PaymentPolicy,
    PayoutState,
    ProviderRefused,
    ReconcilePayout,
    RetryPayout,
    ViewPayout,
    WrongState,
)
from marketplace_core.payments.comparing import CompareBooks, DiscrepancyKind
from marketplace_core.payments.debts import ListSettlements, Means, SettlementState, TakeBackDebt
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.payments import ADA, EUR, a_share, euros
from tests.core.payments.faults import AFTER, FaultyPayouts
from tests.core.payments.owing import in_debt, settle
from tests.core.payments.refunding import DEBT_ADA, PAYABLE_ADA, PSP, give_back, journals_of, of_ada
from tests.core.payments.test_returned_payouts import WALLET_ADA, state_of
from tests.core.payments.till import OPERATOR, Till, a_till
from tests.core.payments.walk import Walk

WHOLE = 5_780
MOVED = frozenset(DiscrepancyKind) - {DiscrepancyKind.BALANCE_DIFFERS, DiscrepancyKind.PAYOUT_RETURNED}
"""All differences but of sums, which what sellers earn elsewhere is in."""
OWN = "of the seller's own balance there"
RETURNED = "of what the bank had sent back already"


def account_of(till: Till) -> str:
    """Return the provider's name of Ada's account."""
    return next(iter(till.provider.transfers.values())).account


async def came_back(till: Till, taken: int, out_of: str = OWN) -> PayoutId:
    """Have a payout of 57.80 come back of which so much has paid a debt of 44.00, out of the one or the other."""
    payout_id = await in_debt(till)
    if out_of == OWN:
        till.provider.balances[account_of(till), EUR] += taken
    else:
        till.provider.return_payout(payout_id, "account_closed")
    asked = await settle(till, Means.REVERSAL, taken, payout_id=payout_id)
    assert (
        await till.market.execute(TakeBackDebt(settlement_id=asked.settlement_id), by=SYSTEM) is SettlementState.BOOKED
    )
    if out_of == OWN:
        till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    return payout_id


async def amount_of(till: Till, payout_id: PayoutId) -> Money:
    """Look what a payout comes to."""
    return (await till.market.ask(ViewPayout(payout_id=payout_id), by=OPERATOR)).amount


async def clearing(till: Till, payout_id: PayoutId) -> int:
    """Look what a payout claims."""
    return await till.balance(accounts.payout_clearing(payout_id, EUR))


async def sound_on_both_sides(till: Till, own: int = 0) -> bool:
    """Tell whether the audit finds nothing, nor the comparison with the provider's books but the seller's own money."""
    found = (await till.market.ask(CompareBooks(), by=OPERATOR)).discrepancies
    off = [(one.ours.amount, one.theirs.amount) for one in found if one.ours is not None and one.theirs is not None]
    wallets = await till.balance(WALLET_ADA)
    expected = [(euros(wallets), euros(wallets + own))] if own else []
    return await till.sound() and len(found) == len(expected) and off == expected


@pytest.mark.parametrize("out_of", [OWN, RETURNED])
async def test_what_came_back_is_what_is_left_of_the_transfer(till: Till, out_of: str) -> None:
    payout_id = await came_back(till, 3_000, out_of)

    assert (await state_of(till, payout_id), await amount_of(till, payout_id)) == (PayoutState.RETURNED, euros(2_780))
    assert (await till.balance(WALLET_ADA), await clearing(till, payout_id)) == (2_780, 2_780)
    assert (await till.balance(PAYABLE_ADA), await till.balance(DEBT_ADA)) == (0, 1_400)
    own = 3_000 if out_of == OWN else 0
    assert till.provider.balances[account_of(till), EUR] == 2_780 + own
    # What the seller earned elsewhere and what took from it are no books of ours: it stands where it stood.
    assert await sound_on_both_sides(till, own)


@pytest.mark.parametrize("out_of", [OWN, RETURNED])
async def test_the_rest_is_sent_again(till: Till, out_of: str) -> None:
    payout_id = await came_back(till, 3_000, out_of)
    before = await till.balance(PSP)

    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()
    await till.pass_time(hours=1)

    assert (await state_of(till, payout_id), await amount_of(till, payout_id)) == (PayoutState.PAID, euros(2_780))
    sent = [one.amount for one in till.provider.bank_payouts.values() if one.payout_id == payout_id]
    assert sent == [euros(WHOLE), euros(2_780)]
    assert (await till.balance(WALLET_ADA), await clearing(till, payout_id)) == (0, 0)
    assert (await till.balance(PSP), await till.balance(DEBT_ADA), len(till.provider.transfers)) == (before, 1_400, 1)
    assert await sound_on_both_sides(till, 3_000 if out_of == OWN else 0)


@pytest.mark.parametrize("out_of", [OWN, RETURNED])
async def test_the_rest_is_taken_back_and_pays_what_is_left_of_the_debt(till: Till, out_of: str) -> None:
    payout_id = await came_back(till, 3_000, out_of)
    before = await till.balance(PSP)

    await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()

    assert await state_of(till, payout_id) is PayoutState.CANCELLED
    assert [one.amount for one in till.provider.reversals.values()] == [euros(3_000), euros(2_780)]
    assert (await till.balance(WALLET_ADA), await clearing(till, payout_id)) == (0, 0)
    assert await till.balance(PSP) == before + 2_780
    assert (await till.balance(DEBT_ADA), await till.balance(PAYABLE_ADA)) == (0, 1_380)
    assert await sound_on_both_sides(till, 3_000 if out_of == OWN else 0)
    await till.pass_time(hours=1)
    payouts = (await till.market.ask(ListPayouts(seller_id=ADA), by=OPERATOR)).items
    assert [one.amount for one in payouts] == [euros(1_380), euros(2_780)]
    assert await till.sound()


async def test_a_payout_that_returns_while_a_debt_is_open_is_sent_again_returns_and_is_taken_back(till: Till) -> None:
    payout_id = await came_back(till, 1_000)
    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()
    await till.pass_time(hours=1)
    assert await state_of(till, payout_id) is PayoutState.PAID
    account = account_of(till)
    till.provider.balances[account, EUR] += 500
    await settle(till, Means.REVERSAL, 1_500, payout_id=payout_id)
    await till.settle()

    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    again = await amount_of(till, payout_id)
    await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    assert again == euros(WHOLE - 1_000 - 1_500)
    assert sum(one.amount.amount_minor for one in till.provider.reversals.values()) == WHOLE
    assert (await till.balance(DEBT_ADA), await till.balance(PAYABLE_ADA)) == (0, again.amount_minor - 1_900)
    assert await sound_on_both_sides(till, 1_500)


async def test_a_payout_whose_whole_transfer_paid_debts_is_over_when_it_comes_back(till: Till) -> None:
    payout_id = await in_debt(till, 6_000)
    till.provider.balances[account_of(till), EUR] += WHOLE
    await settle(till, Means.REVERSAL, 5_280, payout_id=payout_id)
    await till.settle()
    await give_back(till, of_ada(0, 500))
    await settle(till, Means.REVERSAL, 500, payout_id=payout_id)
    await till.settle()
    assert await till.balance(DEBT_ADA) == 0

    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()

    assert await state_of(till, payout_id) is PayoutState.CANCELLED
    assert (await till.balance(WALLET_ADA), await clearing(till, payout_id)) == (0, 0)
    assert await till.balance(PAYABLE_ADA) == 0
    assert not {kind for kind, subject in till.timers() if subject == payout_id}
    assert await sound_on_both_sides(till, WHOLE)
    with pytest.raises(WrongState):
        await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)


async def test_what_a_bank_has_it_pays_in_full_and_what_it_refuses_is_the_rest() -> None:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayouts(InMemoryPayoutGateway(provider))
    till = a_till(clock=clock, provider=provider, payouts=gateway)
    payout_id = await in_debt(till)
    provider.balances[account_of(till), EUR] += 3_000
    gateway.faults.plan("reverse", AFTER)
    asked = await settle(till, Means.REVERSAL, 3_000, payout_id=payout_id)
    await till.settle()  # taken, and the answer is lost
    provider.return_payout(payout_id, "account_closed")
    await till.dispatcher.settle()
    await till.market.execute(ReconcilePayout(payout_id=payout_id), by=OPERATOR)
    before = await amount_of(till, payout_id)
    with pytest.raises(ProviderRefused):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    await till.market.execute(TakeBackDebt(settlement_id=asked.settlement_id), by=SYSTEM)
    after = await amount_of(till, payout_id)
    await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    assert (before, after) == (euros(WHOLE), euros(2_780))
    assert [one.amount for one in provider.reversals.values()] == [euros(3_000), euros(2_780)]
    assert await till.sound()


@pytest.mark.parametrize("wait", [timedelta(), timedelta(hours=30)], ids=["soon", "after the key's life"])
async def test_the_rest_is_not_taken_back_twice_when_the_answer_was_lost(wait: timedelta) -> None:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayouts(InMemoryPayoutGateway(provider))
    till = a_till(clock=clock, provider=provider, payouts=gateway)
    payout_id = await came_back(till, 3_000)
    gateway.faults.plan("reverse", AFTER)

    with pytest.raises(Exception, match="lost"):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)
    clock.advance(wait)
    await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    assert [one.amount for one in provider.reversals.values()] == [euros(3_000), euros(2_780)]
    assert await state_of(till, payout_id) is PayoutState.CANCELLED
    assert await till.sound()


async def test_nothing_is_taken_for_a_debt_of_what_another_payout_has_in_the_account(till: Till) -> None:
    await till.paid((a_share("sor_first", ADA, 1_000),), OrderId("ord_first"))
    await till.accounts()
    await till.deliver("sor_first")
    await till.settle()
    (first,) = await till.sweep()
    await till.settle()
    second = await in_debt(till)
    till.provider.return_payout(second, "account_closed")
    await till.settle()

    with pytest.raises(WrongState):
        await settle(till, Means.REVERSAL, 100, payout_id=first)
    for _ in range(12):
        await till.pass_time(days=1)

    assert (await till.market.ask(ListSettlements(), by=OPERATOR)).items == ()
    assert (await till.balance(DEBT_ADA), await till.balance(WALLET_ADA)) == (4_400, WHOLE)


async def test_a_reversal_that_was_asked_for_before_a_payout_came_back_asks_for_nothing(till: Till) -> None:
    payout_id = await in_debt(till)
    asked = await settle(till, Means.REVERSAL, 3_000, payout_id=payout_id)
    till.provider.return_payout(payout_id, "account_closed")
    await till.market.execute(ReconcilePayout(payout_id=payout_id), by=OPERATOR)

    state = await till.market.execute(TakeBackDebt(settlement_id=asked.settlement_id), by=SYSTEM)

    (shown,) = (await till.market.ask(ListSettlements(), by=OPERATOR)).items
    assert (state, shown.refusal, till.provider.reversals) == (SettlementState.REJECTED, "payout_on_its_way", {})
    assert await till.balance(DEBT_ADA) == 4_400


async def test_what_is_left_out_is_a_line_of_the_payout_and_of_the_books(till: Till) -> None:
    payout_id = await came_back(till, 3_000)

    shown = await till.market.ask(ViewPayout(payout_id=payout_id), by=OPERATOR)

    assert [item.amount for item in shown.items] == [euros(WHOLE), euros(-3_000)]
    assert (await journals_of(till, payout_id))[-3:] == [
        JournalKind.PAYOUT_RETURNED,
        JournalKind.PAYOUT_CANCELLED,
        JournalKind.TRANSFER_REVERSED,
    ]


@pytest.mark.parametrize("seed", [1, 6])
async def test_whatever_happens_to_payouts_that_paid_debts_both_books_agree_on_every_cent(seed: int) -> None:
    till = a_till(policy=PaymentPolicy(reserve_bps=500))
    walk = Walk(till, random.Random(seed), earns_elsewhere=True)
    await till.accounts()
    await walk.order()

    for _ in range(150):
        await walk.step()
        assert await till.sound()
    payouts = till.store.table("payments_payouts").find()
    for payout in (one for one in payouts if one.is_stuck):
        with suppress(ProviderRefused):
            await till.market.execute(CancelPayout(payout_id=payout.payout_id), by=OPERATOR)
    await till.pass_time(days=30)

    assert [one for one in till.store.table("payments_payouts") if one.taken_minor]
    rows = [one for one in (await till.market.ask(CompareBooks(), by=OPERATOR)).discrepancies if one.kind in MOVED]
    assert rows == []
    assert await till.sound()
