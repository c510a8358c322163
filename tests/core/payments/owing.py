"""Ways into a debt and out of it."""

from typing import Any

from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import OrderId, PayoutId, SellerId
from marketplace_core.payments.debts import (
    Means,
    SellerStandingView,
    SettledDebt,
    SettleDebt,
    ViewSellerStanding,
)
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share
from tests.core.payments.refunding import DEBT_ADA, give_back, of_ada
from tests.core.payments.till import OPERATOR, Till


async def in_debt(till: Till, items_minor: int = 5_000) -> PayoutId:
    """Have Ada paid out and then refund of her part: she owes it less 12 % commission and its tax. Return the payout.

    Another order's money, held, lets the provider pay the buyer.
    """
    await till.paid()
    await till.paid((a_share("sor_other", BOB, 50_000),), OrderId("ord_other"))
    await till.accounts()
    await till.deliver("sor_ada")
    await till.settle()
    (payout_id,) = await till.sweep()
    await till.settle()
    await give_back(till, of_ada(items_minor))
    await till.settle()
    assert await till.balance(DEBT_ADA) == items_minor * 88 // 100
    return payout_id


async def settle(till: Till, means: Means, minor: int, by: Actor = OPERATOR, **more: Any) -> SettledDebt:
    """Settle some of what Ada owes."""
    values: dict[str, Any] = {"note": "Because.", "currency": EUR, "seller_id": ADA} | more
    return await till.market.execute(SettleDebt(means=means, amount_minor=minor, **values), by=by)


async def standing(till: Till, by: Actor = OPERATOR, seller_id: SellerId = ADA) -> SellerStandingView:
    """See what a seller may do."""
    return await till.market.ask(ViewSellerStanding(seller_id=seller_id), by=by)


async def order(till: Till, number: int, minor: int, seller_id: SellerId = ADA) -> None:
    """Place an order of one seller."""
    await till.open((a_share(f"sor_{number}", seller_id, minor),), OrderId(f"ord_{number}"))
