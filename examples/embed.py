"""A working marketplace in memory, with nothing installed but the core."""

import asyncio

from marketplace_core.identity import IdentifyUser, RegisterUser
from marketplace_core.inmemory import open_marketplace
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM


async def main() -> None:
    opened = open_marketplace()
    anna = RegisterUser(email="anna@example.org", password="warm-kettles-7", name="Anna")
    await opened.market.execute(anna, by=ANONYMOUS)
    await opened.settle()
    print(await opened.market.ask(IdentifyUser(user=anna.email), by=SYSTEM))
    print(opened.mailer.delivered[0].subject)


asyncio.run(main())
