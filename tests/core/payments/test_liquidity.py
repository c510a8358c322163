"""While our balance at the provider is less than what is owed to others, no payout leaves (money design D11)."""

from collections.abc import Awaitable, Callable, Sequence

import pytest
from attrs import define

from marketplace_core.inmemory.payment_gateways import InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    HoldState,
    ListBrakes,
    MoneyPaused,
    PayoutState,
    ProviderUnavailable,
    RefundState,
    ViewEscrow,
    ViewPayout,
    ViewRefund,
)
from marketplace_core.payments.books import BrakeCause, CheckLiquidity, Cover, Liquidity, ReleaseBrake
from marketplace_core.payments.domain.liquidity import covers, findings
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.payments import BOB, EUR, a_share, euros
from tests.core.payments.faults import BEFORE, FaultyPayouts
from tests.core.payments.paying import a_faulty_till
from tests.core.payments.refunding import SELLER_ADA, give_back, of_ada
from tests.core.payments.till import OPERATOR, Till, a_till

OTHER = OrderId("ord_other")


async def looked(till: Till) -> Liquidity:
    return await till.market.execute(CheckLiquidity(), by=OPERATOR)


async def set_brakes(till: Till) -> list[BrakeCause]:
    return [one.cause for one in await till.market.ask(ListBrakes(), by=OPERATOR) if one.released_at is None]


async def top_up(till: Till, minor: int) -> None:
    till.provider.balances["platform", EUR] += minor


@pytest.fixture
async def till() -> Till:
    """Ada was paid out; what is left of 98.35 is Bob's, who waits for his receipt, and the commission of hers."""
    till = a_till()
    await till.accounts()
    await till.paid()
    await till.deliver("sor_ada")
    await till.settle()
    await till.sweep()
    await till.pass_time(days=2)
    return till


async def short(till: Till) -> None:
    """Let half of what is there leave, as the platform's own bank payout would."""
    await top_up(till, -2_000)


def test_a_currency_is_short_by_what_is_owed_beyond_what_there_is() -> None:
    owed, held = [euros(3_080), Money(5, "USD")], [euros(443), Money(700, "GBP")]

    found = covers(owed, held)

    assert [(one.currency, one.missing.amount_minor) for one in found] == [("EUR", 2_637), ("GBP", 0), ("USD", 5)]
    assert findings(found) == ("liquidity EUR", "liquidity USD")
    assert findings(covers([euros(443)], [euros(443)])) == ()


def test_of_two_looks_the_better_one_counts() -> None:
    assert covers([euros(100)], [euros(40)], [euros(100)]) == (Cover(owed=euros(100), held=euros(100)),)


def test_a_balance_that_owes_the_provider_is_short_though_nothing_is_owed_to_others() -> None:
    assert findings(covers([], [euros(-1)])) == ("liquidity EUR",)


async def test_what_the_provider_keeps_of_a_held_payment_is_still_to_be_earned() -> None:
    till = a_till()
    await till.paid()

    found = await looked(till)

    assert found == Liquidity(covers=(Cover(owed=euros(10_000 - 165), held=euros(10_000 - 165)),), stands_still=False)


async def test_what_a_payout_has_claimed_is_owed_until_it_is_sent() -> None:
    till = a_till()
    await till.accounts()
    await till.released()
    before = (await looked(till)).covers
    (ada, bob) = await till.sweep()
    claimed = (await looked(till)).covers
    await till.settle()

    assert claimed == before
    assert (await till.market.ask(ViewPayout(payout_id=ada), by=OPERATOR)).state is not PayoutState.READY
    assert [one.owed for one in (await looked(till)).covers] == [euros(0)]
    assert bob


async def test_too_little_stops_payouts_and_neither_releases_nor_refunds(till: Till) -> None:
    await short(till)
    assert (await looked(till)).stands_still
    assert (await looked(till)).stands_still

    await till.deliver("sor_bob")
    await till.settle()
    bob = SellerOrderId("sor_bob")
    assert (await till.market.ask(ViewEscrow(seller_order_id=bob), by=OPERATOR)).state is HoldState.RELEASED
    with pytest.raises(MoneyPaused) as stopped:
        await till.sweep()
    assert "less than what is owed" in stopped.value.message
    assert stopped.value.facts["findings"] == ["liquidity EUR"]
    refund = await give_back(till, of_ada(500))
    await till.settle()

    assert (await till.market.ask(ViewRefund(refund_id=refund.refund_id), by=OPERATOR)).state is RefundState.SUCCEEDED
    assert await set_brakes(till) == [BrakeCause.LIQUIDITY]
    assert len(await till.market.ask(ListBrakes(), by=OPERATOR)) == 1


async def test_a_payout_run_looks_first(till: Till) -> None:
    await till.deliver("sor_bob")
    await till.settle()
    await short(till)

    with pytest.raises(MoneyPaused):
        await till.sweep()

    assert await set_brakes(till) == [BrakeCause.LIQUIDITY]


async def test_a_payout_that_was_assembled_waits_and_a_top_up_sends_it(till: Till) -> None:
    await till.deliver("sor_bob")
    await till.settle()
    (payout,) = await till.sweep()
    await short(till)
    assert (await looked(till)).stands_still
    await till.settle()

    async def state() -> PayoutState:
        return (await till.market.ask(ViewPayout(payout_id=payout), by=OPERATOR)).state

    assert await state() is PayoutState.READY
    await top_up(till, 2_000)
    assert not (await looked(till)).stands_still
    await till.pass_time(minutes=10)

    assert await state() is not PayoutState.READY
    (brake,) = await till.market.ask(ListBrakes(), by=OPERATOR)
    assert (brake.note, brake.released_by) == ("Covered again.", SYSTEM.principal)


async def test_a_top_up_lifts_it_at_the_next_run_and_a_second_breach_sets_it_again(till: Till) -> None:
    await short(till)
    await looked(till)
    await top_up(till, 2_000)
    await till.sweep()
    assert await set_brakes(till) == []

    await short(till)

    assert (await looked(till)).stands_still
    assert len(await till.market.ask(ListBrakes(), by=OPERATOR)) == 2


async def test_what_an_operator_lets_go_stays_so_until_it_was_covered_once(till: Till) -> None:
    await till.deliver("sor_bob")
    await till.settle()
    await short(till)
    await looked(till)
    await till.market.execute(ReleaseBrake(cause=BrakeCause.LIQUIDITY, note="The transfer is on its way."), by=OPERATOR)

    assert not (await looked(till)).stands_still
    await till.sweep()
    await top_up(till, 2_000)
    assert not (await looked(till)).stands_still
    await top_up(till, -4_000)

    assert (await looked(till)).stands_still


async def test_a_provider_that_cannot_be_asked_is_no_breach_and_lifts_none() -> None:
    till, gateway = a_faulty_till()
    assert isinstance(gateway, FaultyPayouts)
    await till.accounts()
    await till.released()
    gateway.faults.plan("platform_balances", BEFORE)

    with pytest.raises(ProviderUnavailable):
        await looked(till)
    assert await set_brakes(till) == []
    await top_up(till, -9_000)
    await looked(till)
    gateway.faults.plan("platform_balances", BEFORE)
    await top_up(till, 9_000)
    with pytest.raises(ProviderUnavailable):
        await till.sweep()

    assert await set_brakes(till) == [BrakeCause.LIQUIDITY]


@define
class Meanwhile(FaultyPayouts):
    """Lets something happen right after the first look at the balance."""

    deed: Callable[[], Awaitable[object]] | None = None

    async def platform_balances(self) -> Sequence[Money]:
        """Look, then let it happen."""
        seen = await self.real.platform_balances()
        if self.deed is not None:
            deed, self.deed = self.deed, None
            await deed()
        return seen


@pytest.mark.parametrize("what", ["captured", "paid back"])
async def test_what_moves_while_it_is_looked_is_no_breach(what: str) -> None:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = Meanwhile(InMemoryPayoutGateway(provider))
    till = a_till(clock=clock, provider=provider, payouts=gateway)
    await till.paid()
    done: list[str] = []

    async def deed() -> None:
        done.append(what)
        if what == "captured":
            await till.paid((a_share("sor_other", BOB, 50_000),), OTHER)
        else:
            await give_back(till, of_ada(5_000))
            await till.settle()

    gateway.deed = deed

    assert not (await looked(till)).stands_still
    assert done == [what]
    assert await till.market.ask(ListBrakes(), by=OPERATOR) == ()


async def test_only_operators_look(till: Till) -> None:
    with pytest.raises(NotAllowed):
        await till.market.execute(CheckLiquidity(), by=SELLER_ADA)
