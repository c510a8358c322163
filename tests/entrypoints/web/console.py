"""Somebody who operates the marketplace of the street."""

from marketplace_core.identity import GrantRole, IdentifyUser, RegisterUser
from marketplace_core.kernel.access import SYSTEM, Role
from marketplace_core.kernel.ids import UserId
from tests.entrypoints.web.street import PASSWORD, Street, Visitor

OLGA = "olga@example.com"
WHY = {"why": "A test."}
"""Why an operator of a test moves money."""
HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}'


async def operator(street: Street) -> Visitor:
    """Return Olga, at work."""
    market = street.opened.market
    await market.execute(RegisterUser(email=OLGA, password=PASSWORD, name="Olga"), by=SYSTEM)
    await market.execute(GrantRole(user_id=await user_id(street, OLGA), role=Role.OPERATOR), by=SYSTEM)
    return await street.signed_in(OLGA)


async def user_id(street: Street, email: str) -> UserId:
    """Return who has this address."""
    actor = await street.opened.market.ask(IdentifyUser(user=email), by=SYSTEM)
    assert actor.user_id is not None
    return actor.user_id
