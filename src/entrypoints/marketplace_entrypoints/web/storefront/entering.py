"""Who a browser belongs to from now on: a guest who has just begun to buy, or somebody who has just signed in."""

from typing import Final

from marketplace_core.identity import IdentifyActor, Session, StartAsGuest
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_entrypoints.web.visit import Visit

DEVICE_LENGTH_MAX: Final = 100


async def become_guest(visit: Visit) -> None:
    """Let somebody buy who has no account."""
    command = StartAsGuest(locale=visit.language.code, device=device(visit))
    await become(visit, await visit.market.execute(command, by=ANONYMOUS))


async def become(visit: Visit, session: Session) -> None:
    """Keep a session in the browser, and go on in its name."""
    visit.begin(session)
    visit.by = await visit.ask(IdentifyActor(access_token=session.access_token))


def device(visit: Visit) -> str:
    """Say how this browser is recognised."""
    agent = visit.request.headers.get("user-agent", "")
    return "".join(letter for letter in agent if letter.isprintable())[:DEVICE_LENGTH_MAX]
