"""Where the seller's money is, and the lines of the books behind every figure."""

from typing import Final

from starlette.responses import RedirectResponse, Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import (
    BalanceHeading,
    BalanceView,
    BeginOnboarding,
    ListBalanceEntries,
    ListPayouts,
    SellerBalance,
    ViewBalance,
)
from marketplace_entrypoints.own_addresses import MONEY_PAGE, ONBOARDING_PAGE
from marketplace_entrypoints.web.studio.rooms import turned
from marketplace_entrypoints.web.studio.words import COUNTERPARTS, HEADINGS, JOURNALS, PAYOUT_STATES
from marketplace_entrypoints.web.visit import Visit

PAYOUTS: Final = 20
RARE: Final = frozenset({BalanceHeading.RESERVE, BalanceHeading.DEBT})
ENTRIES: Final = 100


async def money(visit: Visit, shop: SellerView) -> Response:
    """Show the figures, the payouts, and whether the seller can be paid."""
    balance = await visit.ask(ViewBalance(seller_id=shop.seller_id))
    payouts = await visit.ask(ListPayouts(seller_id=shop.seller_id, page=turned(visit, PAYOUTS)))
    return visit.page(
        "studio/money.html",
        shop=shop,
        balance=balance,
        figures=[(each, _figures(each)) for each in balance.balances],
        headings=HEADINGS,
        payouts=payouts.items,
        next_cursor=payouts.next_cursor,
        states=PAYOUT_STATES,
    )


async def onboarding(visit: Visit, shop: SellerView) -> Response:
    """Send the seller on to the payment provider, which wants to know them; it sends them back to their money."""
    address = visit.house.address
    begun = await visit.execute(
        BeginOnboarding(
            seller_id=shop.seller_id, return_url=address + MONEY_PAGE, refresh_url=address + ONBOARDING_PAGE
        )
    )
    # Not one of our own pages, and the provider's word for where it is: nobody else chooses this address.
    return RedirectResponse(begun.url, 303, headers={"Cache-Control": "no-store"})


async def entries(visit: Visit, shop: SellerView) -> Response:
    """Show the lines behind one figure, the newest first; each says what the figure was after it."""
    currency, heading = visit.named("currency"), _heading(visit.named("heading"))
    page = PageRequest(limit=ENTRIES, cursor=visit.asked("cursor") or None)
    found = await visit.ask(ListBalanceEntries(seller_id=shop.seller_id, currency=currency, heading=heading, page=page))
    balance = await visit.ask(ViewBalance(seller_id=shop.seller_id))
    return visit.page(
        "studio/entries.html",
        shop=shop,
        currency=currency,
        heading=heading,
        headings=HEADINGS,
        figure=_figure(balance, heading, currency),
        entries=found.items,
        next_cursor=found.next_cursor,
        further=page.cursor is not None,
        journals=JOURNALS,
        counterparts=COUNTERPARTS,
    )


def _figures(balance: SellerBalance) -> list[tuple[BalanceHeading, Money]]:
    """Return the figures that are shown: reserve and debt only where there is any."""
    all_of_them = [(heading, figure(balance, heading)) for heading in HEADINGS]
    return [(heading, amount) for heading, amount in all_of_them if amount or heading not in RARE]


def figure(balance: SellerBalance, heading: BalanceHeading) -> Money:
    """Return one figure of a balance."""
    match heading:
        case BalanceHeading.HELD:
            return balance.held
        case BalanceHeading.PAYABLE:
            return balance.payable
        case BalanceHeading.IN_PAYOUT:
            return balance.in_payout
        case BalanceHeading.PAID:
            return balance.paid
        case BalanceHeading.RESERVE:
            return balance.reserve
        case BalanceHeading.DEBT:
            return balance.debt


def _figure(balance: BalanceView, heading: BalanceHeading, currency: str) -> Money:
    own = next((each for each in balance.balances if each.currency == currency), None)
    return figure(own, heading) if own else Money.zero(currency)


def _heading(name: str) -> BalanceHeading:
    for heading in BalanceHeading:
        if heading.value == name:
            return heading
    raise NotFound("There is no such figure.")
