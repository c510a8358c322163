"""A working marketplace in memory, with nothing installed but the core."""

import asyncio

from marketplace_core.identity import RegisterUser, ViewUser
from marketplace_core.inmemory import open_marketplace
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM


async def main() -> None:
    opened = open_marketplace()
    anna = await opened.market.execute(
        RegisterUser(email="anna@example.org", password="warm-kettles-7", name="Anna"), by=ANONYMOUS
    )
    await opened.settle()
    print(await opened.market.ask(ViewUser(user_id=anna.user_id), by=SYSTEM))
    print(opened.mailer.delivered[0].subject)


asyncio.run(main())
