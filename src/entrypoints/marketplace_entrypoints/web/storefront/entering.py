"""Who a browser belongs to from now on: a guest who has just begun to buy, or somebody who has just signed in."""

from collections.abc import Sequence
from typing import Final

from marketplace_core.cart import InvalidGuestToken, LeftOut, TakeOverCart, ViewCart
from marketplace_core.identity import IdentifyActor, Session, SignOut, StartAsGuest
from marketplace_core.kernel.access import ANONYMOUS, Permission
from marketplace_entrypoints.web import cookies
from marketplace_entrypoints.web.storefront.basket import remember
from marketplace_entrypoints.web.visit import Visit

DEVICE_LENGTH_MAX: Final = 100


async def become_guest(visit: Visit) -> None:
    """Let somebody buy who has no account."""
    await visit.tries.join(visit.host)
    command = StartAsGuest(locale=visit.language.code, device=device(visit))
    await _become(visit, await visit.market.execute(command, by=ANONYMOUS))


async def enter(visit: Visit, session: Session) -> Sequence[LeftOut]:
    """Go on in the name of an account, with what was in the guest's cart; return what of that had to stay out.

    The session that the browser had before ends: from now on nobody holds its tokens who should.
    """
    known = visit.by.user_id is not None
    before, spent = (_token(visit, cookies.ACCESS), _token(visit, cookies.REFRESH)) if known else ("", "")
    await _become(visit, session)
    left_out = await _with_cart(visit, before)
    if known:
        await visit.execute(SignOut(access_token=before or None, refresh_token=spent or None))
    return left_out


async def _with_cart(visit: Visit, before: str) -> Sequence[LeftOut]:
    if not visit.by.may(Permission.BUYER):
        return ()
    if before:
        try:
            taken = await visit.execute(TakeOverCart(guest_token=before))
        except InvalidGuestToken:
            pass  # it was an account: its cart stays with it
        else:
            remember(visit, taken.cart)
            return taken.left_out
    remember(visit, await visit.ask(ViewCart()))
    return ()


async def _become(visit: Visit, session: Session) -> None:
    visit.begin(session)
    visit.by = await visit.ask(IdentifyActor(access_token=session.access_token))


def _token(visit: Visit, name: str) -> str:
    renewed = visit.cookies.changed.get(name)
    return (renewed.value or "") if renewed is not None else visit.cookies.get(name)


def device(visit: Visit) -> str:
    """Say how this browser is recognised."""
    agent = visit.request.headers.get("user-agent", "")
    return "".join(letter for letter in agent if letter.isprintable())[:DEVICE_LENGTH_MAX]
