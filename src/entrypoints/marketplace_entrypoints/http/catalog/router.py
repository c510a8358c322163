"""What buyers browse and what sellers keep."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response

from marketplace_core.catalog import (
    AddVariant,
    AdjustStock,
    ArchiveProduct,
    ArrangeImages,
    ChangePrice,
    ChangeProduct,
    ConfirmImage,
    CreateCategory,
    CreateProduct,
    DetachVideo,
    ImportProducts,
    ListCategories,
    ListOwnProducts,
    ListProducts,
    ProductStatus,
    PublishProduct,
    RemoveImage,
    RemoveVariant,
    RenameVariant,
    RequestImageUpload,
    UnpublishProduct,
    ViewProduct,
    ViewStock,
    parse_shopify,
)
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.ids import ImageId, OfferId, ProductId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_entrypoints.http.catalog.answers import (
    CategoriesOut,
    CategoryCreatedOut,
    ImageUploadOut,
    ImportReportOut,
    ProductCreatedOut,
    ProductOut,
    ProductPageOut,
    ProductSavedOut,
    StockLevelOut,
    StockOut,
    VariantAddedOut,
)
from marketplace_entrypoints.http.catalog.schemas import (
    CategoryIn,
    ImageIn,
    ImageOrderIn,
    PriceIn,
    ProductChangesIn,
    ProductIn,
    StockIn,
    VariantIn,
    VariantNameIn,
)
from marketplace_entrypoints.http.catalog.versions import ProductVersion, tag_of
from marketplace_entrypoints.http.dependencies import By, Market, Paging, etag

router = APIRouter(prefix="/v1", tags=["catalog"])
ProductPath = Annotated[str, Path(max_length=64, examples=["prd_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
OfferPath = Annotated[str, Path(max_length=64, examples=["off_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
ImagePath = Annotated[str, Path(max_length=64, examples=["img_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
SellerPath = Annotated[str, Path(max_length=64, examples=["sel_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
BRIEFLY = "public, max-age=15"
"""How long anybody may keep a public answer; its ETag tells whether it still holds."""


@router.get("/categories", response_model=CategoriesOut, operation_id="list_categories")
async def list_categories(market: Market, by: By, response: Response) -> CategoriesOut:
    """List the tree of categories."""
    response.headers["Cache-Control"] = BRIEFLY
    return CategoriesOut.model_validate({"items": await market.ask(ListCategories(), by=by)})


@router.post("/categories", status_code=201, response_model=CategoryCreatedOut, operation_id="create_category")
async def create_category(body: CategoryIn, market: Market, by: By) -> CategoryCreatedOut:
    """Add a category; for operators."""
    created = await market.execute(CreateCategory(slug=body.slug, name=body.name, parent=body.parent), by=by)
    return CategoryCreatedOut.model_validate(created)


@router.get("/products", response_model=ProductPageOut, operation_id="list_products")
async def list_products(
    market: Market,
    by: By,
    page: Paging,
    response: Response,
    category: Annotated[
        str | None, Query(max_length=100, description="An id or a slug; all below it count too")
    ] = None,
    seller: Annotated[str | None, Query(max_length=100, description="An id or a slug")] = None,
    with_video: Annotated[bool, Query(description="Only those whose video can be played")] = False,
) -> ProductPageOut:
    """List the products that can be bought, the newest first."""
    response.headers["Cache-Control"] = BRIEFLY
    query = ListProducts(category=category, seller=seller, with_video=with_video, page=page)
    found = await market.ask(query, by=by)
    return ProductPageOut.model_validate(found)


@router.get(
    "/products/{product_id}",
    response_model=ProductOut,
    operation_id="view_product",
    responses={304: {"description": "The version you have is the present one"}},
)
async def view_product(
    product_id: ProductPath,
    market: Market,
    by: By,
    response: Response,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> ProductOut | Response:
    """Look at a product: everybody at a published one, its seller and operators at any."""
    view = await market.ask(ViewProduct(product_id=ProductId(product_id)), by=by)
    shown = ProductOut.model_validate(view)
    tag = tag_of(view)
    kept = BRIEFLY if by.principal == ANONYMOUS.principal else "private, no-cache"
    headers = {"ETag": tag, "Cache-Control": kept, "Vary": "Authorization"}
    if if_none_match is not None and tag in if_none_match:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return shown


@router.get("/sellers/{seller_id}/products", response_model=ProductPageOut, operation_id="list_own_products")
async def list_own_products(
    seller_id: SellerPath,
    market: Market,
    by: By,
    page: Paging,
    status: Annotated[ProductStatus | None, Query()] = None,
) -> ProductPageOut:
    """List a shop's own products in any status, the newest first; for the shop and operators."""
    found = await market.ask(ListOwnProducts(seller_id=SellerId(seller_id), status=status, page=page), by=by)
    return ProductPageOut.model_validate(found)


@router.post("/products", status_code=201, response_model=ProductCreatedOut, operation_id="create_product")
async def create_product(body: ProductIn, market: Market, by: By, response: Response) -> ProductCreatedOut:
    """Start a product of your shop; it is a draft until it is published."""
    by.require(CreateProduct.permission)
    created = await market.execute(
        CreateProduct(
            seller_id=by.own_seller,
            title=body.title,
            description=body.description,
            category=body.category,
            option_names=tuple(body.option_names),
            variants=tuple(variant.variant() for variant in body.variants),
            handle=body.handle,
            tags=tuple(body.tags),
        ),
        by=by,
    )
    response.headers["Location"] = f"/v1/products/{created.product_id}"
    response.headers["ETag"] = etag(created.version)
    return ProductCreatedOut.model_validate(created)


@router.patch("/products/{product_id}", response_model=ProductSavedOut, operation_id="change_product")
async def change_product(
    product_id: ProductPath, body: ProductChangesIn, market: Market, by: By, version: ProductVersion, response: Response
) -> ProductSavedOut:
    """Change a product's texts, category or tags; with `If-Match` only the version you looked at."""
    saved = await market.execute(
        ChangeProduct(
            product_id=ProductId(product_id),
            expected_version=version,
            title=body.title,
            description=body.description,
            category=body.category,
            tags=None if body.tags is None else tuple(body.tags),
        ),
        by=by,
    )
    response.headers["ETag"] = etag(saved.version)
    return ProductSavedOut.model_validate(saved)


@router.post("/products/{product_id}/publication", response_model=ProductSavedOut, operation_id="publish_product")
async def publish_product(product_id: ProductPath, market: Market, by: By) -> ProductSavedOut:
    """Publish a product: buyers see it and can buy it. What is missing is named."""
    return ProductSavedOut.model_validate(await market.execute(PublishProduct(product_id=ProductId(product_id)), by=by))


@router.delete("/products/{product_id}/publication", response_model=ProductSavedOut, operation_id="unpublish_product")
async def unpublish_product(product_id: ProductPath, market: Market, by: By) -> ProductSavedOut:
    """Withdraw a product; it becomes a draft again."""
    return ProductSavedOut.model_validate(
        await market.execute(UnpublishProduct(product_id=ProductId(product_id)), by=by)
    )


@router.delete("/products/{product_id}", response_model=ProductSavedOut, operation_id="archive_product")
async def archive_product(product_id: ProductPath, market: Market, by: By) -> ProductSavedOut:
    """Put a product away for good; orders keep what they know of it."""
    return ProductSavedOut.model_validate(await market.execute(ArchiveProduct(product_id=ProductId(product_id)), by=by))


@router.post(
    "/products/{product_id}/variants", status_code=201, response_model=VariantAddedOut, operation_id="add_variant"
)
async def add_variant(product_id: ProductPath, body: VariantIn, market: Market, by: By) -> VariantAddedOut:
    """Add a form of a product with its price and stock."""
    added = await market.execute(AddVariant(product_id=ProductId(product_id), variant=body.variant()), by=by)
    return VariantAddedOut.model_validate(added)


@router.put("/offers/{offer_id}/variant", response_model=ProductSavedOut, operation_id="rename_variant")
async def rename_variant(offer_id: OfferPath, body: VariantNameIn, market: Market, by: By) -> ProductSavedOut:
    """Call a form of a product something else; orders keep the name under which it was bought."""
    command = RenameVariant(offer_id=OfferId(offer_id), options=tuple(body.options), sku=body.sku)
    return ProductSavedOut.model_validate(await market.execute(command, by=by))


@router.delete("/offers/{offer_id}", response_model=ProductSavedOut, operation_id="remove_variant")
async def remove_variant(offer_id: OfferPath, market: Market, by: By) -> ProductSavedOut:
    """Sell a product in this form no more; not while open orders hold units of it."""
    return ProductSavedOut.model_validate(await market.execute(RemoveVariant(offer_id=OfferId(offer_id)), by=by))


@router.put("/offers/{offer_id}/price", response_model=ProductSavedOut, operation_id="change_price")
async def change_price(offer_id: OfferPath, body: PriceIn, market: Market, by: By) -> ProductSavedOut:
    """Change what an offer costs; carts show the change, quotes given before are refused."""
    price = Money(body.price_minor, body.currency)
    return ProductSavedOut.model_validate(
        await market.execute(ChangePrice(offer_id=OfferId(offer_id), price=price), by=by)
    )


@router.get("/offers/{offer_id}/stock", response_model=StockOut, operation_id="view_stock")
async def view_stock(offer_id: OfferPath, market: Market, by: By) -> StockOut:
    """Look at an offer's counters and their last changes; for its seller and operators."""
    return StockOut.model_validate(await market.ask(ViewStock(offer_id=OfferId(offer_id)), by=by))


@router.post("/offers/{offer_id}/stock", response_model=StockLevelOut, operation_id="adjust_stock")
async def adjust_stock(offer_id: OfferPath, body: StockIn, market: Market, by: By) -> StockLevelOut:
    """Change how many units there are; never below what open orders hold."""
    command = AdjustStock(offer_id=OfferId(offer_id), delta=body.delta, to=body.to, reason=body.reason)
    return StockLevelOut.model_validate(await market.execute(command, by=by))


@router.post(
    "/products/{product_id}/images", status_code=201, response_model=ImageUploadOut, operation_id="request_image_upload"
)
async def request_image_upload(product_id: ProductPath, body: ImageIn, market: Market, by: By) -> ImageUploadOut:
    """Ask for an address to upload a picture to; send the bytes there, then confirm."""
    upload = await market.execute(
        RequestImageUpload(
            product_id=ProductId(product_id),
            content_type=body.content_type,
            upload_bytes=body.upload_bytes,
            sha256=body.sha256,
        ),
        by=by,
    )
    return ImageUploadOut.model_validate(upload)


@router.post(
    "/products/{product_id}/images/{image_id}/confirmation",
    response_model=ProductSavedOut,
    operation_id="confirm_image",
)
async def confirm_image(product_id: ProductPath, image_id: ImagePath, market: Market, by: By) -> ProductSavedOut:
    """Say that a picture is uploaded; it is looked at before it is shown."""
    command = ConfirmImage(product_id=ProductId(product_id), image_id=ImageId(image_id))
    return ProductSavedOut.model_validate(await market.execute(command, by=by))


@router.delete("/products/{product_id}/images/{image_id}", response_model=ProductSavedOut, operation_id="remove_image")
async def remove_image(product_id: ProductPath, image_id: ImagePath, market: Market, by: By) -> ProductSavedOut:
    """Take a picture away."""
    command = RemoveImage(product_id=ProductId(product_id), image_id=ImageId(image_id))
    return ProductSavedOut.model_validate(await market.execute(command, by=by))


@router.put("/products/{product_id}/images/order", response_model=ProductSavedOut, operation_id="arrange_images")
async def arrange_images(product_id: ProductPath, body: ImageOrderIn, market: Market, by: By) -> ProductSavedOut:
    """Show the pictures in another order; the first one is shown in lists."""
    image_ids = tuple(ImageId(image_id) for image_id in body.image_ids)
    command = ArrangeImages(product_id=ProductId(product_id), image_ids=image_ids)
    return ProductSavedOut.model_validate(await market.execute(command, by=by))


@router.delete("/products/{product_id}/video", response_model=ProductSavedOut, operation_id="detach_video")
async def detach_video(product_id: ProductPath, market: Market, by: By) -> ProductSavedOut:
    """Show the product without its video; the video itself stays."""
    return ProductSavedOut.model_validate(await market.execute(DetachVideo(product_id=ProductId(product_id)), by=by))


@router.post(
    "/sellers/{seller_id}/products/import",
    response_model=ImportReportOut,
    operation_id="import_products",
    openapi_extra={"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def import_products(
    seller_id: SellerPath,
    request: Request,
    market: Market,
    by: By,
    dry_run: Annotated[bool, Query(description="Only say what would be done")] = False,
) -> ImportReportOut:
    """Import the Shopify product CSV that sellers already have (at most 1 MiB here; the command line takes 5 MiB).

    Rows in error are named with line and reason, and nothing of their products is imported; importing the same file
    again changes nothing.
    """
    by.require(ImportProducts.permission)
    by.require_seller(SellerId(seller_id))
    parsed = parse_shopify(await request.body())
    command = ImportProducts(seller_id=SellerId(seller_id), rows=parsed.products, errors=parsed.errors, dry_run=dry_run)
    return ImportReportOut.model_validate(await market.execute(command, by=by))
