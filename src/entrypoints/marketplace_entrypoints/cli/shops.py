"""Which shop a command is about, and the options that commands of the catalogue share."""

from typing import Annotated

import typer

from marketplace_core.identity import ViewSeller
from marketplace_core.kernel.ids import SellerId
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
SellerOption = Annotated[str | None, typer.Option("--seller", help="The shop, by id or slug; your own by default.")]
ProductArgument = Annotated[str, typer.Argument(help="The product (prd_…).")]
OfferArgument = Annotated[str, typer.Argument(help="The offer (off_…).")]


async def shop_of(session: Session, seller: str | None) -> SellerId:
    """Return the shop that is named by id or slug, or the one of whoever acts."""
    if seller is None:
        return session.by.own_seller
    return (await session.opened.market.ask(ViewSeller(seller=seller), by=session.by)).seller_id
