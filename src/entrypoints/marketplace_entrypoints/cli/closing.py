"""``marketplace seller matters|close|keep``: what is open about a shop, closing it, and keeping it after all."""

from typing import Annotated

import typer

from marketplace_core.identity import (
    CloseShop,
    KeepShop,
    SellerStatus,
    SellerView,
    ShopMatters,
    ViewSeller,
    ViewShopMatters,
)
from marketplace_core.kernel.ids import SellerId
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.identity import seller, show_shop
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

__all__ = ["seller"]
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
SellerIdArgument = Annotated[str, typer.Argument(metavar="SELLER", help="The seller (sel_…).")]


@seller.command("matters")
def matters(
    shop: Annotated[str | None, typer.Argument(help="The seller (sel_…); your own shop if left out.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show what is open about a shop: what keeps it from being closed, and what a closing shop waits for."""

    async def work(session: Session) -> ShopMatters:
        seller_id = SellerId(shop) if shop else session.by.own_seller
        return await session.opened.market.ask(ViewShopMatters(seller_id=seller_id), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    for kind in ("orders", "claims", "disputes", "refunds", "debts", "arrived", "due"):
        for one in getattr(found, kind):
            console.print(f"{kind}: {one}", soft_wrap=True)
    console.print("[red]It cannot be closed now.[/red]" if found.hinders else "It can be closed.")


@seller.command("close")
def close(
    shop: SellerIdArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Close a shop: nothing of it is shown or sold, and once everything is paid out it is closed for good."""
    _closing(CloseShop(seller_id=SellerId(shop)), shop, reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@seller.command("keep")
def keep(
    shop: SellerIdArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Keep a shop that is being closed."""
    _closing(KeepShop(seller_id=SellerId(shop)), shop, reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def _closing(
    command: CloseShop | KeepShop, shop: str, reason: str | None, *, dry_run: bool, as_json: bool, as_user: str | None
) -> None:
    async def then(session: Session, _: SellerStatus) -> SellerView:
        return await session.opened.market.ask(ViewSeller(seller=shop), by=session.by)

    show_shop(act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user), as_json=as_json)
