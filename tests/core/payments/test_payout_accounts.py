"""Accounts at the provider: one per seller, opened however often the provider fails to answer."""

import pytest

from marketplace_core.payments import AccountState, ConnectPayoutAccount, ProviderAccount, ProviderMismatch, ViewBalance
from marketplace_core.testing.payments import ADA, an_account
from tests.core.payments.faults import AFTER, BEFORE
from tests.core.payments.test_payouts import SELLER_ADA, a_faulty_till
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
