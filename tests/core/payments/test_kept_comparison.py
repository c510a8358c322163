"""What differs between the books is kept, and told once; it stays for a person to mend."""

from datetime import timedelta

import pytest

from marketplace_core.identity import GrantRole, IdentifyUser, RegisterUser
from marketplace_core.inmemory import InMemoryMarketplace, open_marketplace
from marketplace_core.kernel.access import SYSTEM, Role
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.notifications import ListMails, Template
from marketplace_core.payments import TrialBalance
from marketplace_core.payments.comparing import NeverCompared, ReconcileBooks, ViewLastComparison
from marketplace_core.testing.clock import FrozenClock
from tests.core.payments.till import ANN, OPERATOR

DIFFERS = "balance_differs platform EUR"


async def with_olga(clock: FrozenClock) -> InMemoryMarketplace:
    """Return a marketplace with one operator."""
    opened = open_marketplace(clock=clock)
    registers = RegisterUser(email="o@example.com", password="correct horse battery", name="Olga")
    await opened.market.execute(registers, by=SYSTEM)
    olga = await opened.market.ask(IdentifyUser(user="o@example.com"), by=SYSTEM)
    assert olga.user_id is not None
    await opened.market.execute(GrantRole(user_id=olga.user_id, role=Role.OPERATOR), by=SYSTEM)
    await opened.dispatcher.settle()
    return opened


async def reconciled(opened: InMemoryMarketplace, clock: FrozenClock) -> int:
    """Compare the next day; return how many mails about it there are by then."""
    clock.advance(timedelta(days=1))
    await opened.market.execute(ReconcileBooks(), by=OPERATOR)
    await opened.dispatcher.settle()
    mails = (await opened.market.ask(ListMails(), by=SYSTEM)).items
    return sum(mail.template is Template.BOOKS_DIFFER for mail in mails)


async def test_what_differs_is_kept_and_told_once_until_it_is_gone_and_comes_back() -> None:
    clock = FrozenClock()
    opened = await with_olga(clock)
    with pytest.raises(NeverCompared):
        await opened.market.ask(ViewLastComparison(), by=OPERATOR)

    clean = await reconciled(opened, clock)
    sound = await opened.market.ask(ViewLastComparison(), by=OPERATOR)
    opened.provider.balances["platform", "EUR"] += 700
    first = await reconciled(opened, clock)
    found = await opened.market.ask(ViewLastComparison(), by=OPERATOR)
    second = await reconciled(opened, clock)
    known = await opened.market.ask(ViewLastComparison(), by=OPERATOR)
    opened.provider.balances["platform", "EUR"] -= 700
    gone = await reconciled(opened, clock)
    opened.provider.balances["platform", "EUR"] += 700

    assert (clean, sound.counts, sound.discrepancies, sound.compared_by) == (0, (), (), OPERATOR.principal)
    assert (first, found.fresh, found.counts) == (1, (DIFFERS,), (("balance_differs", 1),))
    assert [one.name for one in found.discrepancies] == [DIFFERS]
    assert (second, known.fresh, known.counts) == (1, (), (("balance_differs", 1),))
    assert known.compared_at - found.compared_at == timedelta(days=1)
    assert (gone, await reconciled(opened, clock)) == (1, 2)
    assert (await opened.market.ask(TrialBalance(), by=SYSTEM)).rows == ()  # nothing was mended


async def test_only_operators_compare_and_look() -> None:
    opened = open_marketplace()

    with pytest.raises(NotAllowed):
        await opened.market.execute(ReconcileBooks(), by=ANN)
    with pytest.raises(NotAllowed):
        await opened.market.ask(ViewLastComparison(), by=ANN)
