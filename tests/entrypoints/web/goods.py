"""More goods for the shop of the street, each shown in a video of its own."""

from collections.abc import Sequence

from marketplace_core.catalog import AttachVideo, CreateProduct, NewVariant, PublishProduct
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from tests.entrypoints.web.street import Street


async def on_sale(
    street: Street,
    *titles: str,
    seller_id: SellerId | None = None,
    stock: int = 1,
    description: str = "",
    sizes: Sequence[str] = (),
) -> Sequence[ProductId]:
    """Put products on sale, for 5.00 each, in these sizes if any are given, and let happen what follows."""
    market, owner, made = street.opened.market, seller_id or street.shop.seller_id, []
    forms: list[tuple[str, ...]] = [(size,) for size in sizes] or [()]
    for title in titles:
        product = await market.execute(
            CreateProduct(
                seller_id=owner,
                title=title,
                description=description,
                category="music",
                option_names=("Size",) if sizes else (),
                variants=tuple(
                    NewVariant(price_minor=500, currency="EUR", stock=stock, options=options) for options in forms
                ),
            ),
            by=SYSTEM,
        )
        video = AttachVideo(
            product_id=product.product_id,
            seller_id=owner,
            video_id=VideoId(product.product_id.replace("prd", "vid")),
            poster_url="/poster.jpg",
            hls_url="/master.m3u8",
            duration_ms=8_000,
            width=1080,
            height=1350,
        )
        await market.execute(video, by=SYSTEM)
        await market.execute(PublishProduct(product_id=product.product_id), by=SYSTEM)
        made.append(product.product_id)
    await street.opened.dispatcher.settle()
    return made
