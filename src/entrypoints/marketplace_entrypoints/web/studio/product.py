"""One product: its texts, and whether buyers see it."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from marketplace_core.catalog import (
    ArchiveProduct,
    ChangeProduct,
    MalformedProduct,
    NotPublishable,
    PublishProduct,
    UnpublishProduct,
)
from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import StaleVersion
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Command
from marketplace_entrypoints.web.studio.desk import desk
from marketplace_entrypoints.web.studio.rooms import own_product
from marketplace_entrypoints.web.studio.texts import Texts
from marketplace_entrypoints.web.studio.words import PUBLISHING_PROBLEMS
from marketplace_entrypoints.web.visit import Visit


async def product(visit: Visit, shop: SellerView) -> Response:
    """Show everything about it."""
    return await desk(visit, shop, await own_product(visit, shop))


async def change(visit: Visit, shop: SellerView) -> Response:
    """Change its texts, unless they were changed elsewhere since this form was shown."""
    present = await own_product(visit, shop)
    form = await visit.form()
    texts, version = Texts.typed(form), form.whole("version", 0)
    if not form.fits:
        return await desk(visit, shop, present, status=422, form=form)
    if version != present.version and form.text("seen") == Texts.of(present).digest:
        version = present.version  # a picture or a price came between, the texts are as they were shown
    command = ChangeProduct(
        product_id=present.product_id,
        expected_version=version,
        title=texts.title,
        description=texts.description,
        category=texts.category,
        tags=texts.tags,
    )
    try:
        await visit.execute(command)
    except StaleVersion as refusal:
        visit.blame(form, refusal)
        return await desk(visit, shop, await own_product(visit, shop), status=409, form=form, stale=True)
    except MalformedProduct as refusal:
        visit.blame(form, refusal, "title", "description", "tags")
        return await desk(visit, shop, present, status=422, form=form)
    return visit.go(f"/studio/products/{present.product_id}", "saved")


def step(command: Callable[[ProductId], Command[Any]], notice: str) -> Callable[..., Awaitable[Response]]:
    """Return a handler that takes the product one step; what is missing for it is named on the product's page."""

    async def taken(visit: Visit, shop: SellerView) -> Response:
        present = await own_product(visit, shop)
        try:
            await visit.execute(command(present.product_id))
        except NotPublishable as refusal:
            named: Any = refusal.facts.get("problems", ())
            missing = [PUBLISHING_PROBLEMS[code] for code in named if code in PUBLISHING_PROBLEMS]
            return await desk(visit, shop, present, status=409, missing=missing or [refusal.message])
        return visit.go(f"/studio/products/{present.product_id}", notice)

    return taken


publish = step(lambda product_id: PublishProduct(product_id=product_id), "product-published")
unpublish = step(lambda product_id: UnpublishProduct(product_id=product_id), "product-unpublished")
archive = step(lambda product_id: ArchiveProduct(product_id=product_id), "archived")
