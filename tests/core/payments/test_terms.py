"""What anybody may know of the terms before they sell."""

from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.payments import PaymentPolicy, ViewTerms
from tests.core.payments.till import a_till


async def test_anybody_may_know_what_selling_costs_and_when_the_money_comes() -> None:
    till = a_till()

    terms = await till.market.ask(ViewTerms(), by=ANONYMOUS)

    assert terms == PaymentPolicy()
