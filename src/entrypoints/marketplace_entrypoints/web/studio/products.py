"""All products of the shop, and a new one."""

from typing import Final

from starlette.responses import Response

from marketplace_core.catalog import CreateProduct, ListOwnProducts, ProductStatus
from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import msg
from marketplace_entrypoints.web.studio.rooms import turned
from marketplace_entrypoints.web.studio.texts import (
    OPTIONS,
    ROWS,
    ROWS_MAX,
    ROWS_MORE,
    Texts,
    category_choices,
    option_names,
    rows_of,
    variants_of,
)
from marketplace_entrypoints.web.studio.words import PRODUCT_STATES
from marketplace_entrypoints.web.visit import Visit

PRODUCTS: Final = 25
WITHOUT_PICTURE: Final = 100
FILTERS: Final = (
    ("", msg("All")),
    ("draft", msg("Drafts")),
    ("published", msg("Published")),
    ("archived", msg("Archived")),
)


async def products(visit: Visit, shop: SellerView) -> Response:
    """Show them, those of one status if asked; or those of the newest hundred that have no picture."""
    chosen, bare = visit.asked("status"), visit.asked("missing") == "picture"
    status = ProductStatus(chosen) if chosen in {each.value for each in ProductStatus} else None
    page = turned(visit, WITHOUT_PICTURE if bare else PRODUCTS)
    found = await visit.ask(ListOwnProducts(seller_id=shop.seller_id, status=status, page=page))
    kept = [card for card in found.items if card.image_url is None and card.status is not ProductStatus.ARCHIVED]
    return visit.page(
        "studio/products.html",
        shop=shop,
        products=kept if bare else found.items,
        next_cursor=None if bare else found.next_cursor,
        chosen=status.value if status else "",
        bare=bare,
        filters=FILTERS,
        states=PRODUCT_STATES,
    )


async def new(visit: Visit, shop: SellerView) -> Response:
    """Ask what it is."""
    return await _new(visit, shop, Form(language=visit.language), ROWS)


async def create(visit: Visit, shop: SellerView) -> Response:
    """Start a draft, or show the form with more rows for variants."""
    form = await visit.form()
    rows = rows_of(form)
    if form.ticked("more"):
        return await _new(visit, shop, form, min(rows + ROWS_MORE, ROWS_MAX))
    texts, variants = Texts.typed(form), variants_of(form, shop.currency, rows)
    if not form.fits:
        return await _new(visit, shop, form, rows, status=422)
    command = CreateProduct(
        seller_id=shop.seller_id,
        title=texts.title,
        description=texts.description,
        category=texts.category,
        tags=texts.tags,
        option_names=option_names(form),
        variants=variants,
    )
    try:
        created = await visit.execute(command)
    except MarketplaceError as refusal:
        visit.blame(form, refusal, "title", "description", "tags")
        return await _new(visit, shop, form, rows, status=422)
    return visit.go(f"/studio/products/{created.product_id}", "product-created")


async def _new(visit: Visit, shop: SellerView, form: Form, rows: int, *, status: int = 200) -> Response:
    return visit.page(
        "studio/product_new.html",
        status=status,
        shop=shop,
        form=form,
        rows=rows,
        rows_max=ROWS_MAX,
        options=OPTIONS,
        categories=await category_choices(visit),
    )
