"""``marketplace delivery``: what the parcels of a shop cost."""

from collections.abc import Callable
from typing import Annotated

import typer

from marketplace_core.identity import SellerView, ViewSeller
from marketplace_core.kernel.money import Money
from marketplace_core.orders import DeliveryTerms, DeliveryView, SetDelivery, ViewDelivery
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

delivery = typer.Typer(help="Delivery: what the parcels of a shop cost.", no_args_is_help=True)
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
ShopOption = Annotated[str | None, typer.Option("--seller", help="The shop (slug or sel_…); your own by default.")]


@delivery.command("view")
def view(seller: ShopOption = None, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Say what a parcel of a shop costs."""

    async def work(session: Session) -> tuple[SellerView, DeliveryView]:
        return await _view(session, await _shop(session, seller))

    _show(*run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@delivery.command("set")
def set_terms(
    fee: Annotated[int, typer.Option(min=0, help="What a parcel costs, in minor units.")],
    free_from: Annotated[
        int | None, typer.Option(min=0, help="From how much of the shop's goods on it costs nothing; never by default.")
    ] = None,
    seller: ShopOption = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say what a parcel costs. Quotes that were given before are void; orders keep their delivery."""
    _set(seller, lambda: DeliveryTerms(fee_minor=fee, free_from_minor=free_from), as_json=as_json, as_user=as_user)


@delivery.command("reset")
def reset(seller: ShopOption = None, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Deliver on the marketplace's terms again."""
    _set(seller, lambda: None, as_json=as_json, as_user=as_user)


def _set(seller: str | None, terms: Callable[[], DeliveryTerms | None], *, as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> tuple[SellerView, DeliveryView]:
        shop = await _shop(session, seller)
        await session.opened.market.execute(SetDelivery(seller_id=shop.seller_id, terms=terms()), by=session.by)
        return await _view(session, shop)

    _show(*run(work, as_json=as_json, as_user=as_user), as_json=as_json)


async def _shop(session: Session, seller: str | None) -> SellerView:
    return await session.opened.market.ask(ViewSeller(seller=seller or session.by.own_seller), by=session.by)


async def _view(session: Session, shop: SellerView) -> tuple[SellerView, DeliveryView]:
    return shop, await session.opened.market.ask(ViewDelivery(seller_id=shop.seller_id), by=session.by)


def _show(shop: SellerView, found: DeliveryView, *, as_json: bool) -> None:
    if as_json:
        show_json(found)
        return
    terms = found.terms
    free = "" if terms.free_from_minor is None else f", nothing from {Money(terms.free_from_minor, shop.currency)} on"
    console.print(f"a parcel costs {Money(terms.fee_minor, shop.currency)}{free}")
    if not found.is_own:
        console.print("(these are the marketplace's terms; the shop has said nothing else)")
