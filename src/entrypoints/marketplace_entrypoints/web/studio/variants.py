"""The forms a product comes in: new ones, their prices, their stock and how it came about."""

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from marketplace_core.catalog import (
    AddVariant,
    AdjustStock,
    ChangePrice,
    MalformedProduct,
    NotPublishable,
    OfferNotFound,
    ProductStatus,
    ProductView,
    RemoveVariant,
    RenameVariant,
    StockTooLow,
    VariantView,
    ViewStock,
)
from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import OfferId
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import msg
from marketplace_entrypoints.web.studio.desk import desk
from marketplace_entrypoints.web.studio.rooms import own_product
from marketplace_entrypoints.web.studio.texts import OPTIONS, plain, price_of, variant_of
from marketplace_entrypoints.web.studio.words import MOVEMENT_REASONS, MOVEMENTS
from marketplace_entrypoints.web.visit import Visit

WAYS: Final = (
    ("to", msg("There are exactly …")),
    ("more", msg("More have come: …")),
    ("less", msg("Some are gone: …")),
)


async def add(visit: Visit, shop: SellerView) -> Response:
    """Add a variant."""
    product, form = await own_product(visit, shop), await visit.form()
    variant = variant_of(form, product.currency, "new_", _options(product))
    if variant is None:
        form.refusal = visit.language.say("Type what the new variant is, or at least its price.")
    if variant is None or not form.fits:
        return await desk(visit, shop, product, status=422, added=form)
    try:
        await visit.execute(AddVariant(product_id=product.product_id, variant=variant))
    except MarketplaceError as refusal:
        visit.blame(form, refusal, "nothing")
        return await desk(visit, shop, product, status=status_of(refusal), added=form)
    return visit.go(f"/studio/products/{product.product_id}#variants", "variant-added")


async def prices(visit: Visit, shop: SellerView) -> Response:
    """Set the prices that differ."""
    product, form = await own_product(visit, shop), await visit.form()
    asked = {
        variant: price_of(form, f"price_{variant.offer_id}", product.currency)
        for variant in product.variants
        if f"price_{variant.offer_id}" in form.values
    }
    if not form.fits:
        return await desk(visit, shop, product, status=422, prices=form)
    for variant, price in asked.items():
        if price != variant.price:
            try:
                await visit.execute(ChangePrice(offer_id=variant.offer_id, price=price))
            except MarketplaceError as refusal:
                visit.blame(form, refusal, "nothing")
                return await desk(visit, shop, product, status=status_of(refusal), prices=form)
    return visit.go(f"/studio/products/{product.product_id}#variants", "saved")


async def stock(visit: Visit, shop: SellerView) -> Response:
    """Show how many there are, and how each came and went."""
    product = await own_product(visit, shop)
    return await _stock(visit, shop, product)


async def count(visit: Visit, shop: SellerView) -> Response:
    """Correct how many there are."""
    product, form = await own_product(visit, shop), await visit.form()
    variant = _named(visit, product)
    units, way = form.whole("units"), form.text("way")
    reason = form.text("reason", required=True)
    if not form.fits:
        return await _stock(visit, shop, product, form, status=422)
    delta = {"more": units, "less": -units}.get(way)
    command = AdjustStock(offer_id=variant.offer_id, delta=delta, to=units if delta is None else None, reason=reason)
    try:
        await visit.execute(command)
    except (StockTooLow, MalformedProduct) as refusal:
        visit.blame(form, refusal, "reason")
        return await _stock(visit, shop, product, form, status=status_of(refusal))
    return visit.go(f"/studio/products/{product.product_id}/stock/{variant.offer_id}", "stock-counted")


async def rename(visit: Visit, shop: SellerView) -> Response:
    """Call a variant something else."""
    product, form = await own_product(visit, shop), await visit.form()
    variant = _named(visit, product)
    values = tuple(form.text(f"o{number}", required=True) for number in _options(product))
    if not form.fits:
        return await _stock(visit, shop, product, naming=form, status=422)
    try:
        await visit.execute(RenameVariant(offer_id=variant.offer_id, options=values, sku=form.text("sku") or None))
    except MarketplaceError as refusal:
        visit.blame(form, refusal, "sku")
        return await _stock(visit, shop, product, naming=form, status=status_of(refusal))
    return visit.go(f"/studio/products/{product.product_id}#variants", "saved")


async def remove(visit: Visit, shop: SellerView) -> Response:
    """Sell the product in this form no more."""
    product, form = await own_product(visit, shop), await visit.form()
    try:
        await visit.execute(RemoveVariant(offer_id=_named(visit, product).offer_id))
    except NotPublishable:
        form.refusal = visit.language.say("Buyers see the product: one variant with a price has to stay.")
        return await _stock(visit, shop, product, naming=form, status=409)
    except MarketplaceError as refusal:
        visit.blame(form, refusal)
        return await _stock(visit, shop, product, naming=form, status=status_of(refusal))
    return visit.go(f"/studio/products/{product.product_id}#variants", "variant-removed")


async def _stock(
    visit: Visit,
    shop: SellerView,
    product: ProductView,
    form: Form | None = None,
    *,
    naming: Form | None = None,
    status: int = 200,
) -> Response:
    variant = _named(visit, product)
    found = await visit.ask(ViewStock(offer_id=variant.offer_id))
    return visit.page(
        "studio/stock.html",
        status=status,
        shop=shop,
        product=product,
        variant=variant,
        price=plain(variant.price),
        level=found.level,
        movements=found.movements,
        kinds=MOVEMENTS,
        reasons=MOVEMENT_REASONS,
        ways=[(way, visit.language.say(said)) for way, said in WAYS],
        form=form or Form(language=visit.language),
        naming=naming or Form(language=visit.language),
        options=_options(product),
        kept=product.status is ProductStatus.ARCHIVED,
    )


def _options(product: ProductView) -> Sequence[int]:
    return OPTIONS[: len(product.option_names)]


def _named(visit: Visit, product: ProductView) -> VariantView:
    """Return the variant whose offer the path names. Raises ``OfferNotFound``."""
    offer_id = OfferId(visit.named("offer_id"))
    for variant in product.variants:
        if variant.offer_id == offer_id:
            return variant
    raise OfferNotFound
