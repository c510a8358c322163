"""Accounts at the provider: one per seller, opened however often the provider fails to answer."""

import pytest
from attrs import evolve

from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import SellerId
from marketplace_core.payments import (
    AccountState,
    BeginOnboarding,
    ConnectPayoutAccount,
    ProviderAccount,
    ProviderMismatch,
    ProviderUnavailable,
    SellerAccountNotFound,
    ViewBalance,
    WrongState,
)
from marketplace_core.testing.payments import ADA, an_account
from tests.core.payments.faults import AFTER, BEFORE
from tests.core.payments.paying import SELLER_ADA, a_faulty_till
from tests.core.payments.refunding import SELLER_BOB
from tests.core.payments.till import OPERATOR, Till


async def test_an_account_is_opened_at_the_provider_once(till: Till) -> None:
    await till.accounts(ADA)
    await till.accounts(ADA)

    state = await till.market.execute(ConnectPayoutAccount(seller_id=ADA), by=OPERATOR)

    assert state is AccountState.ENABLED
    assert len(till.provider.accounts) == 1


@pytest.mark.parametrize("kind", [BEFORE, AFTER])
async def test_a_provider_that_fails_while_opening_an_account_opens_one(kind: str) -> None:
    till, gateway = a_faulty_till()
    gateway.faults.plan("open_account", kind)

    await till.accounts(ADA)
    await till.pass_time(seconds=1)

    assert len(till.provider.accounts) == 1
    assert (await till.market.ask(ViewBalance(seller_id=ADA), by=SELLER_ADA)).account is AccountState.ENABLED


def test_somebody_elses_account_is_refused() -> None:
    account = an_account(ADA)

    for foreign in (
        ProviderAccount(reference="acct_sel_ada", seller_id="sel_bob", payouts_enabled=True),
        ProviderAccount(reference="another", seller_id=ADA, payouts_enabled=True),
    ):
        with pytest.raises(ProviderMismatch):
            account.observe(foreign)

    assert account.can_be_paid


async def test_a_seller_is_sent_to_the_provider_for_their_own_account_only(till: Till) -> None:
    await till.accounts(ADA)
    begin = BeginOnboarding(seller_id=ADA, return_url="https://shop.example/a", refresh_url="https://shop.example/b")

    own, again = [await till.market.execute(begin, by=SELLER_ADA) for _ in range(2)]
    operators = await till.market.execute(begin, by=OPERATOR)
    with pytest.raises(NotFound):
        await till.market.execute(begin, by=SELLER_BOB)

    assert own.url.startswith("https://")
    assert len({own.url, again.url, operators.url}) == 3


async def test_nobody_is_sent_to_an_account_that_is_not_open_yet() -> None:
    till, gateway = a_faulty_till()
    gateway.faults.plan("open_account", *[BEFORE] * 30)
    await till.accounts(ADA)
    begin = BeginOnboarding(seller_id=ADA, return_url="https://shop.example/a", refresh_url="https://shop.example/b")

    with pytest.raises(WrongState):
        await till.market.execute(begin, by=SELLER_ADA)
    with pytest.raises(SellerAccountNotFound):
        await till.market.execute(evolve(begin, seller_id=SellerId("sel_none")), by=OPERATOR)


async def test_an_outage_at_the_provider_is_said() -> None:
    till, gateway = a_faulty_till()
    await till.accounts(ADA)
    gateway.faults.plan("onboarding_link", BEFORE)
    begin = BeginOnboarding(seller_id=ADA, return_url="https://shop.example/a", refresh_url="https://shop.example/b")

    with pytest.raises(ProviderUnavailable):
        await till.market.execute(begin, by=SELLER_ADA)
