"""Fills an open marketplace with the demonstration, through the one door. What is there already stays as it is."""

from datetime import datetime, timedelta
from typing import Final

from marketplace_core.identity import ListUsers, UserNotFound
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import RuleBroken
from marketplace_core.kernel.paging import PageRequest
from marketplace_entrypoints.demo.catalogue import BUYERS, OPERATOR, PURCHASES, SHOPS
from marketplace_entrypoints.demo.hands import Hands, Pictures
from marketplace_entrypoints.demo.stocking import grow_tree, in_turns, make_operator, open_shop, register, stock
from marketplace_entrypoints.demo.tell import Teller
from marketplace_entrypoints.demo.trade import orders_placed, trade

FOUNDED: Final = timedelta(days=21)


class NotTheDemonstration(RuleBroken):
    """This marketplace belongs to somebody: the demonstration does not move in beside them."""

    code = "demo.not_the_demonstration"


async def is_seeded(hands: Hands) -> bool:
    """Tell whether the last thing of the demonstration is there."""
    last = PURCHASES[-1]
    try:
        placed = await orders_placed(hands, last)
    except UserNotFound:
        return False
    return len(placed) >= sum(purchase.buyer == last.buyer for purchase in PURCHASES)


async def require_own_or_empty(hands: Hands) -> None:
    """Pass for an empty marketplace and for the demonstration's own. Raises ``NotTheDemonstration``."""
    try:
        await hands.actor(OPERATOR)
    except UserNotFound:
        if (await hands.market.ask(ListUsers(page=PageRequest(limit=1)), by=SYSTEM)).items:
            raise NotTheDemonstration(
                "This data folder holds a marketplace that is not the demonstration's; "
                "name another folder by MARKETPLACE_DATA."
            ) from None


async def seed(hands: Hands, pictures: Pictures, tell: Teller, *, present: datetime) -> bool:
    """Fill the marketplace, beginning three weeks before ``present`` and ending there; tell whether anything was done.

    An interrupted seed is continued. Nothing else may run on the marketplace meanwhile: its clock is in the past.
    Raises ``NotTheDemonstration``.
    """
    await require_own_or_empty(hands)
    if await is_seeded(hands):
        return False
    people = (OPERATOR, *BUYERS, *(shop.owner for shop in SHOPS))
    with tell.stage("People and shops", len(people) + len(SHOPS)) as advance:
        hands.travel(present - FOUNDED)
        await register(hands, people, advance)
        await make_operator(hands)
        for shop in SHOPS:
            await open_shop(hands, shop)
            advance()
        await grow_tree(hands)
    with tell.stage("Products and their pictures", len(in_turns())) as advance:
        await stock(hands, pictures, present, advance)
    with tell.stage("Two weeks of orders", len(PURCHASES)) as advance:
        await trade(hands, present, advance)
    return True
