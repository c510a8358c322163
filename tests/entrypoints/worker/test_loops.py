"""What a worker does by itself, on a real data folder."""

from datetime import timedelta
from pathlib import Path

from marketplace_core.cart import AddToCart, ViewCart
from marketplace_core.identity import IdentifyUser, ListUsers, StartAsGuest
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.ids import OfferId
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from marketplace_entrypoints.worker.loops import loops
from tests.entrypoints.cli.music_shop import opened_shop


async def test_guests_who_never_ordered_are_forgotten_with_their_carts(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", clock="shifted")
    async with open_marketplace(settings) as opened:
        market, shop = opened.market, await opened_shop(opened)
        accounts = len((await market.ask(ListUsers(), by=SYSTEM)).items)
        guest = await market.execute(StartAsGuest(), by=ANONYMOUS)
        by = await market.ask(IdentifyUser(user=guest.user_id), by=SYSTEM)
        await market.execute(AddToCart(offer_id=OfferId(shop.offers[0]), quantity=1), by=by)
        ShiftedClock(tmp_path / "data" / "clock-shift").advance(timedelta(days=31).total_seconds())
        young = await market.execute(StartAsGuest(), by=ANONYMOUS)

        await loops(opened, payout_sweep_seconds=60)["guests"].step()

        left = (await market.ask(ListUsers(), by=SYSTEM)).items
        cart = await market.ask(ViewCart(), by=by)
        assert {guest.user_id, young.user_id} & {user.user_id for user in left} == {young.user_id}
        assert len(left) == accounts + 1
        assert cart.groups == ()
