"""Pictures of a product: announced, sent straight to the file store, confirmed; or all at once in a plain form."""

from starlette.responses import JSONResponse, Response

from marketplace_core.catalog import (
    ArrangeImages,
    ConfirmImage,
    ImageNotFound,
    ImageUpload,
    MalformedProduct,
    ProductView,
    RemoveImage,
    RequestImageUpload,
)
from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import InvalidInput, MarketplaceError
from marketplace_core.kernel.ids import ImageId
from marketplace_entrypoints.web.studio.desk import refused_at
from marketplace_entrypoints.web.studio.rooms import own_product, told
from marketplace_entrypoints.web.studio.uploads import NoFile, pass_on, sent, type_of
from marketplace_entrypoints.web.visit import Visit


class NotAPicture(InvalidInput):
    """The file is of another type, empty, or too large."""

    code = "web.not_a_picture"

    def __init__(self) -> None:
        super().__init__("A picture is a JPEG, PNG or WebP file of at most 10 MB.")


async def announce(visit: Visit, shop: SellerView) -> Response:
    """Tell a script where to send a picture."""
    product, form = await own_product(visit, shop), await visit.form()
    content_type, upload_bytes = form.text("content_type"), form.whole("upload_bytes", 0)
    upload = await _asked(visit, product, content_type, upload_bytes, form.text("sha256"))
    confirm = f"/studio/products/{product.product_id}/pictures/{upload.image_id}/confirmation"
    return JSONResponse({**told(visit, upload.slot), "confirm": confirm})


async def confirm(visit: Visit, shop: SellerView) -> Response:
    """Show a picture that a script has sent, and answer with all of them."""
    product = await own_product(visit, shop)
    await visit.execute(ConfirmImage(product_id=product.product_id, image_id=ImageId(visit.named("image_id"))))
    return visit.page("studio/pictures.html", product=await own_product(visit, shop))


async def add(visit: Visit, shop: SellerView) -> Response:
    """Take a picture out of a plain form."""
    product, form = await own_product(visit, shop), await visit.form()
    try:
        file = sent(form.files.get("picture"))
        if file is None:
            raise NoFile
        upload = await _asked(visit, product, type_of(file), file.size or 0)
        await pass_on(visit, upload.slot, file)
        await visit.execute(ConfirmImage(product_id=product.product_id, image_id=upload.image_id))
    except MarketplaceError as refusal:
        return await refused_at(visit, shop, refusal, "pictures")
    return visit.go(f"/studio/products/{product.product_id}#pictures", "picture-added")


async def move(visit: Visit, shop: SellerView) -> Response:
    """Show a picture one place sooner, or later."""
    product, form = await own_product(visit, shop), await visit.form()
    order = [image.image_id for image in product.images if image.url]
    moved = ImageId(visit.named("image_id"))
    if moved not in order:
        raise ImageNotFound
    place = order.index(moved) + (-1 if form.text("way") == "sooner" else 1)
    order.remove(moved)
    order.insert(max(0, place), moved)
    try:
        await visit.execute(ArrangeImages(product_id=product.product_id, image_ids=tuple(order)))
    except MarketplaceError as refusal:
        return await refused_at(visit, shop, refusal, "pictures")
    return visit.go(f"/studio/products/{product.product_id}#pictures")


async def remove(visit: Visit, shop: SellerView) -> Response:
    """Take a picture away."""
    product = await own_product(visit, shop)
    try:
        await visit.execute(RemoveImage(product_id=product.product_id, image_id=ImageId(visit.named("image_id"))))
    except MarketplaceError as refusal:
        return await refused_at(visit, shop, refusal, "pictures")
    return visit.go(f"/studio/products/{product.product_id}#pictures", "picture-removed")


async def _asked(
    visit: Visit, product: ProductView, content_type: str, upload_bytes: int, sha256: str = ""
) -> ImageUpload:
    command = RequestImageUpload(
        product_id=product.product_id, content_type=content_type, upload_bytes=upload_bytes, sha256=sha256
    )
    try:
        return await visit.execute(command)
    except MalformedProduct:
        raise NotAPicture from None
