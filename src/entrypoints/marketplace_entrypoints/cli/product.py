"""``marketplace product``: create, picture, price, count, publish and withdraw products."""

import mimetypes
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from marketplace_core.catalog import (
    AddVariant,
    AdjustStock,
    ArchiveProduct,
    ArrangeImages,
    ChangePrice,
    ChangeProduct,
    ConfirmImage,
    CreateProduct,
    DetachVideo,
    ListOwnProducts,
    ListProducts,
    NewVariant,
    ProductCard,
    ProductCreated,
    ProductSaved,
    ProductView,
    PublishProduct,
    RemoveImage,
    RemoveVariant,
    RenameVariant,
    RequestImageUpload,
    StockLevel,
    StockView,
    UnpublishProduct,
    VariantAdded,
    ViewProduct,
    ViewStock,
)
from marketplace_core.kernel.ids import ImageId, OfferId, ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_entrypoints.cli.run import Session, console, run, show_json
from marketplace_entrypoints.cli.shops import AsJson, AsUser, OfferArgument, ProductArgument, SellerOption, shop_of
from marketplace_entrypoints.cli.tables import show_page

product = typer.Typer(help="Products: create, picture, price, stock, publish, withdraw.", no_args_is_help=True)


@product.command("list")
def list_products(
    seller: SellerOption = None,
    category: Annotated[str | None, typer.Option(help="Only below this category, by id or slug.")] = None,
    with_video: Annotated[bool, typer.Option("--with-video", help="Only those whose video can be played.")] = False,
    own: Annotated[bool, typer.Option("--own", help="A shop's own products, drafts included.")] = False,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List products, the newest first: what buyers see, or a shop's own."""

    async def work(session: Session) -> Page[ProductCard]:
        page = PageRequest(limit=limit, cursor=cursor)
        if own:
            query = ListOwnProducts(seller_id=await shop_of(session, seller), page=page)
            return await session.opened.market.ask(query, by=session.by)
        listed = ListProducts(category=category, seller=seller, with_video=with_video, page=page)
        return await session.opened.market.ask(listed, by=session.by)

    columns = ("product", "title", "shop", "status", "price", "in stock")
    show_page(run(work, as_json=as_json, as_user=as_user), columns, _rows_of, as_json=as_json)


def _rows_of(card: ProductCard) -> tuple[tuple[str, ...], ...]:
    price = "–" if card.price_from is None else str(card.price_from)
    stocked = "yes" if card.in_stock else "no"
    return ((card.product_id, escape(card.title), escape(card.seller_name), card.status.value, price, stocked),)


@product.command("view")
def view(product_id: ProductArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Look at one product: its variants with offers, prices and stock, its pictures and its video."""

    async def work(session: Session) -> ProductView:
        return await session.opened.market.ask(ViewProduct(product_id=ProductId(product_id)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    by = escape(found.seller_name)
    console.print(
        f"[bold]{escape(found.title)}[/]  {found.status.value}, version {found.version}, by {by}", soft_wrap=True
    )
    for variant in found.variants:
        words = (
            f"  {variant.offer_id}  {escape(variant.title or 'one form')}  {variant.price}  {variant.available} left"
        )
        console.print(f"{words}  [dim]{escape(variant.sku or '')}[/]", soft_wrap=True)
    for image in found.images:
        console.print(f"  {image.image_id}  {image.state.value}  {image.url or ''}", soft_wrap=True)
    if found.video:
        console.print(f"  {found.video.video_id}  {found.video.state.value}", soft_wrap=True)


@product.command("create")
def create(
    title: Annotated[str, typer.Option(help="What it is called.")],
    price: Annotated[int, typer.Option(help="In minor units: 1200 is 12.00 EUR.")],
    currency: Annotated[str, typer.Option(help="Three capital letters.")] = "EUR",
    stock: Annotated[int, typer.Option(help="How many there are.")] = 0,
    sku: Annotated[str | None, typer.Option(help="Your own number for it.")] = None,
    description: Annotated[str, typer.Option(help="A plain text.")] = "",
    category: Annotated[str | None, typer.Option(help="By id or slug.")] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE of the first variant, such as Size=Small.")
    ] = None,
    seller: SellerOption = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Start a product with one variant; it is a draft until it is published."""
    named = [each.partition("=") for each in option or ()]

    async def work(session: Session) -> ProductCreated:
        command = CreateProduct(
            seller_id=await shop_of(session, seller),
            title=title,
            description=description,
            category=category,
            option_names=tuple(name for name, _, _ in named),
            variants=(
                NewVariant(
                    options=tuple(value for _, _, value in named),
                    price_minor=price,
                    currency=currency,
                    stock=stock,
                    sku=sku,
                ),
            ),
        )
        return await session.opened.market.execute(command, by=session.by)

    created = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(created)
    else:
        console.print(f"{created.product_id}  {created.handle}  offer {created.variants[0].offer_id}", soft_wrap=True)


@product.command("add-variant")
def add_variant(
    product_id: ProductArgument,
    price: Annotated[int, typer.Option(help="In minor units: 1200 is 12.00 EUR.")],
    option: Annotated[list[str], typer.Option(help="A value for each option of the product, in their order.")],
    currency: Annotated[str, typer.Option(help="Three capital letters.")] = "EUR",
    stock: Annotated[int, typer.Option(help="How many there are.")] = 0,
    sku: Annotated[str | None, typer.Option(help="Your own number for it.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Add a form to a product, with its price and stock."""

    async def work(session: Session) -> VariantAdded:
        new = NewVariant(options=tuple(option), price_minor=price, currency=currency, stock=stock, sku=sku)
        command = AddVariant(product_id=ProductId(product_id), variant=new)
        return await session.opened.market.execute(command, by=session.by)

    added = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(added)
    else:
        console.print(f"{added.variant_id}  offer {added.offer_id}", soft_wrap=True)


@product.command("rename-variant")
def rename_variant(
    offer_id: OfferArgument,
    option: Annotated[list[str], typer.Option(help="A value for each option of the product, in their order.")],
    sku: Annotated[str | None, typer.Option(help="Your own number for it; left out, it has none.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Call a form of a product something else; orders keep the name under which it was bought."""
    command = RenameVariant(offer_id=OfferId(offer_id), options=tuple(option), sku=sku)
    _save(command, as_json=as_json, as_user=as_user)


@product.command("remove-variant")
def remove_variant(offer_id: OfferArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Sell a product in this form no more; not while open orders hold units of it."""
    _save(RemoveVariant(offer_id=OfferId(offer_id)), as_json=as_json, as_user=as_user)


@product.command("change")
def change(
    product_id: ProductArgument,
    title: Annotated[str | None, typer.Option(help="A new title.")] = None,
    description: Annotated[str | None, typer.Option(help="A new text.")] = None,
    category: Annotated[str | None, typer.Option(help="Another category, by id or slug.")] = None,
    version: Annotated[int | None, typer.Option(help="Refuse if the product is at another version.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Change a product's texts or category; what is left out stays."""
    command = ChangeProduct(
        product_id=ProductId(product_id),
        expected_version=version,
        title=title,
        description=description,
        category=category,
    )
    _save(command, as_json=as_json, as_user=as_user)


@product.command("picture")
def picture(
    product_id: ProductArgument,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A JPEG, PNG or WebP.")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Upload a picture through the address the marketplace gives out, and confirm it."""

    async def work(session: Session) -> ProductSaved:
        market, by = session.opened.market, session.by
        request = RequestImageUpload(
            product_id=ProductId(product_id),
            content_type=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            upload_bytes=file.stat().st_size,
        )
        upload = await market.execute(request, by=by)
        await session.opened.send_to_slot(upload.slot, file)
        return await market.execute(ConfirmImage(product_id=ProductId(product_id), image_id=upload.image_id), by=by)

    _show_saved(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@product.command("remove-picture")
def remove_picture(
    product_id: ProductArgument,
    image_id: Annotated[str, typer.Argument(help="The picture (img_…).")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Take a picture away; a published product keeps at least one picture or a video."""
    command = RemoveImage(product_id=ProductId(product_id), image_id=ImageId(image_id))
    _save(command, as_json=as_json, as_user=as_user)


@product.command("arrange-pictures")
def arrange_pictures(
    product_id: ProductArgument,
    image_ids: Annotated[list[str], typer.Argument(help="Every picture (img_…), in their new order.")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show the pictures in another order; the first one is shown in lists."""
    order = tuple(ImageId(image_id) for image_id in image_ids)
    _save(ArrangeImages(product_id=ProductId(product_id), image_ids=order), as_json=as_json, as_user=as_user)


@product.command("detach-video")
def detach_video(product_id: ProductArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show the product without its video; the video itself stays."""
    _save(DetachVideo(product_id=ProductId(product_id)), as_json=as_json, as_user=as_user)


@product.command("price")
def price(
    offer_id: OfferArgument,
    amount: Annotated[int, typer.Argument(help="In minor units: 1200 is 12.00 EUR.")],
    currency: Annotated[str, typer.Option(help="Three capital letters.")] = "EUR",
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Change what an offer costs; carts show the change, quotes given before are refused."""
    command = ChangePrice(offer_id=OfferId(offer_id), price=Money(amount, currency))
    _save(command, as_json=as_json, as_user=as_user)


@product.command("stock")
def stock(
    offer_id: OfferArgument,
    reason: Annotated[str, typer.Option(help="Why.")],
    delta: Annotated[int | None, typer.Option(help="So many more, or fewer.")] = None,
    to: Annotated[int | None, typer.Option(help="Counted anew: so many unsold.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Change how many units there are; never below what open orders hold."""

    async def work(session: Session) -> StockLevel:
        command = AdjustStock(offer_id=OfferId(offer_id), delta=delta, to=to, reason=reason)
        return await session.opened.market.execute(command, by=session.by)

    level = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(level)
    else:
        _show_level(level)


@product.command("movements")
def movements(offer_id: OfferArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Look at an offer's stock and how it came and went, the latest first."""

    async def work(session: Session) -> StockView:
        return await session.opened.market.ask(ViewStock(offer_id=OfferId(offer_id)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    _show_level(found.level)
    for movement in found.movements:
        why = escape(movement.reason or movement.order_id or "")
        console.print(
            f"  {movement.at:%Y-%m-%d %H:%M:%S}  {movement.kind.value:9}  {movement.quantity:+d}  {why}", soft_wrap=True
        )


def _show_level(level: StockLevel) -> None:
    counts = f"{level.on_hand} in all, {level.held} held, {level.sold} sold"
    console.print(f"{level.available} available ({counts})", soft_wrap=True)


@product.command("publish")
def publish(product_id: ProductArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Publish a product: buyers see it and can buy it. What is missing is named."""
    _save(PublishProduct(product_id=ProductId(product_id)), as_json=as_json, as_user=as_user)


@product.command("withdraw")
def withdraw(product_id: ProductArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Turn a published product back into a draft."""
    _save(UnpublishProduct(product_id=ProductId(product_id)), as_json=as_json, as_user=as_user)


@product.command("archive")
def archive(product_id: ProductArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Put a product away for good; orders keep what they know of it."""
    _save(ArchiveProduct(product_id=ProductId(product_id)), as_json=as_json, as_user=as_user)


def _save(command: Command[ProductSaved], *, as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> ProductSaved:
        return await session.opened.market.execute(command, by=session.by)

    _show_saved(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


def _show_saved(saved: ProductSaved, *, as_json: bool) -> None:
    if as_json:
        show_json(saved)
    else:
        console.print(f"{saved.product_id} is {saved.status.value}, version {saved.version}.", soft_wrap=True)
