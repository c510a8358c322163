"""What sellers owe is asked for at the provider by itself (J25)."""

from datetime import timedelta
from itertools import pairwise

from marketplace_core.payments import (
    JournalKind,
    PaymentPolicy,
)
from marketplace_core.payments.debts import (
    ListSettlements,
    Means,
    SettlementState,
)
from marketplace_core.testing.payments import EUR, euros
from tests.core.payments.owing import in_debt, settle
from tests.core.payments.refunding import DEBT_ADA, journals_of
from tests.core.payments.till import OPERATOR, Till, a_till


async def test_a_debt_is_taken_back_by_itself_after_a_week_of_what_the_seller_has_there(till: Till) -> None:
    payout_id = await in_debt(till)
    account = next(iter(till.provider.transfers.values())).account
    till.provider.balances[account, EUR] += 5_000

    await till.pass_time(days=6, hours=23)
    assert (await till.market.ask(ListSettlements(), by=OPERATOR)).items == ()
    await till.pass_time(hours=1)

    (done,) = (await till.market.ask(ListSettlements(), by=OPERATOR)).items
    assert (done.means, done.state, done.amount) == (Means.REVERSAL, SettlementState.BOOKED, euros(4_400))
    assert (done.payout_id, done.requester_id, done.note) == (payout_id, None, "automatic")
    assert (await till.balance(DEBT_ADA), till.provider.balances[account, EUR]) == (0, 600)
    assert await journals_of(till, done.settlement_id) == [JournalKind.DEBT_REPAID]
    await till.pass_time(days=60)
    assert len((await till.market.ask(ListSettlements(), by=OPERATOR)).items) == 1
    assert await till.sound()


async def test_a_provider_that_refuses_is_asked_once_a_week_until_the_debt_is_due(till: Till) -> None:
    await in_debt(till)

    for _ in range(100):
        await till.pass_time(days=1)

    asked = (await till.market.ask(ListSettlements(), by=OPERATOR)).items
    assert len(asked) == 8
    assert {one.state for one in asked} == {SettlementState.REJECTED}
    gaps = {later.requested_at - one.requested_at for later, one in pairwise(asked)}
    assert gaps == {timedelta(days=7)}
    assert await till.balance(DEBT_ADA) == 4_400
    assert await till.sound()


async def test_nothing_is_taken_back_twice_of_one_payout_by_itself(till: Till) -> None:
    payout_id = await in_debt(till)
    account = next(iter(till.provider.transfers.values())).account
    till.provider.balances[account, EUR] += 1_000
    await settle(till, Means.REVERSAL, 1_000, payout_id=payout_id)
    await till.settle()
    till.provider.balances[account, EUR] += 5_000

    for _ in range(20):
        await till.pass_time(days=1)

    assert await till.balance(DEBT_ADA) == 3_400
    assert len((await till.market.ask(ListSettlements(), by=OPERATOR)).items) == 1


async def test_what_an_operator_asked_for_counts_as_asked(till: Till) -> None:
    payout_id = await in_debt(till)
    await till.pass_time(days=6)
    await settle(till, Means.REVERSAL, 4_400, payout_id=payout_id)

    await till.pass_time(days=6)

    assert len((await till.market.ask(ListSettlements(), by=OPERATOR)).items) == 1
    await till.pass_time(days=1)
    assert len((await till.market.ask(ListSettlements(), by=OPERATOR)).items) == 2


async def test_how_long_a_debt_waits_is_a_term_of_trade() -> None:
    till = a_till(policy=PaymentPolicy(debt_taken_back_after=timedelta(days=90)))
    await in_debt(till)

    for _ in range(100):
        await till.pass_time(days=1)

    assert (await till.market.ask(ListSettlements(), by=OPERATOR)).items == ()
