"""A seller's balance beside the entries that the books have for each of its figures."""

from marketplace_core.app import Marketplace
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import BalanceEntry, BalanceHeading, ListBalanceEntries, ViewBalance


async def all_entries(
    market: Marketplace, seller_id: SellerId, heading: BalanceHeading, currency: str = "EUR", *, limit: int = 2
) -> list[BalanceEntry]:
    """Walk through every page, newest first."""
    found: list[BalanceEntry] = []
    cursor = None
    while True:
        query = ListBalanceEntries(
            seller_id=seller_id,
            currency=currency,
            heading=heading,
            page=PageRequest(limit=limit, cursor=cursor),
        )
        page = await market.ask(query, by=SYSTEM)
        found.extend(page.items)
        cursor = page.next_cursor
        if cursor is None:
            return found


async def check_entries_sum_to_the_balance(market: Marketplace, *sellers: SellerId) -> None:
    """Fail unless every figure of every seller is the sum of its entries, and each running figure follows."""
    for seller_id in sellers:
        for balance in (await market.ask(ViewBalance(seller_id=seller_id), by=SYSTEM)).balances:
            figures = {
                BalanceHeading.HELD: balance.held,
                BalanceHeading.PAYABLE: balance.payable,
                BalanceHeading.IN_PAYOUT: balance.in_payout,
                BalanceHeading.PAID: balance.paid,
                BalanceHeading.RESERVE: balance.reserve,
                BalanceHeading.DEBT: balance.debt,
            }
            for heading, figure in figures.items():
                running = Money.zero(balance.currency)
                for entry in reversed(await all_entries(market, seller_id, heading, balance.currency)):
                    running = running + entry.amount
                    assert entry.balance == running, (seller_id, heading, entry)
                assert running == figure, (seller_id, heading)
