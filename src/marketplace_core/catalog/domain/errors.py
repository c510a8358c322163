"""The complaints of the catalogue."""

from marketplace_core.kernel.errors import InvalidInput, NotFound, RuleBroken


class ProductNotFound(NotFound):
    """There is no such product, or it is not the actor's to know of."""

    code = "catalog.product_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such product.")


class OfferNotFound(NotFound):
    """There is no such offer, or it is not the actor's to know of."""

    code = "catalog.offer_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such offer.")


class ImageNotFound(NotFound):
    """The product has no such image."""

    code = "catalog.image_not_found"

    def __init__(self) -> None:
        super().__init__("The product has no such image.")


class CategoryNotFound(NotFound):
    """There is no such category."""

    code = "catalog.category_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such category.")


class ShopNotFound(NotFound):
    """There is no such shop, or it is not the actor's to know of."""

    code = "catalog.shop_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such shop.")


class MalformedProduct(InvalidInput):
    """A text, number or list of the product is outside its limits; ``facts["errors"]`` names field and reason."""

    code = "catalog.malformed_product"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}", errors=[{"field": field, "message": message}])
        self.field = field
        self.reason = message


class HandleTaken(RuleBroken):
    """The shop has another product with this handle."""

    code = "catalog.handle_taken"

    def __init__(self, handle: str) -> None:
        super().__init__(f"The shop has another product with the handle {handle!r}.", handle=handle)


class SkuTaken(RuleBroken):
    """The shop has another variant with this SKU."""

    code = "catalog.sku_taken"

    def __init__(self, sku: str) -> None:
        super().__init__(f"The shop has another variant with the SKU {sku!r}.", sku=sku)


class VariantExists(RuleBroken):
    """The product has another variant with these option values."""

    code = "catalog.variant_exists"


class CategorySlugTaken(RuleBroken):
    """There is another category with this slug."""

    code = "catalog.category_slug_taken"

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is another category with the slug {slug!r}.", slug=slug)


class CategoryTooDeep(RuleBroken):
    """The category tree has a limited depth."""

    code = "catalog.category_too_deep"


class WrongCurrency(RuleBroken):
    """A shop sells in one currency."""

    code = "catalog.wrong_currency"


class IllegalTransition(RuleBroken):
    """The product's present status does not allow this step."""

    code = "catalog.illegal_transition"


class NotPublishable(RuleBroken):
    """Something is missing before the product can be shown; ``facts["problems"]`` names each thing."""

    code = "catalog.not_publishable"


class MediaNotReady(NotPublishable):
    """The product's only picture or video is not ready to be shown."""

    code = "catalog.media_not_ready"


class LimitReached(RuleBroken):
    """The product has as many of these as it may have."""

    code = "catalog.limit_reached"


class ImageNotUploaded(RuleBroken):
    """The image's bytes have not arrived."""

    code = "catalog.image_not_uploaded"


class ImageRejected(InvalidInput):
    """What was uploaded is not the announced picture; it was thrown away."""

    code = "catalog.image_rejected"


class OutOfStock(RuleBroken):
    """There are too few units; ``facts["lines"]`` names each short offer with requested and available units."""

    code = "catalog.out_of_stock"


class StockTooLow(RuleBroken):
    """The count would fall below what open orders hold."""

    code = "catalog.stock_too_low"


class VariantHeld(RuleBroken):
    """Open orders hold units of the variant; it can be removed once they are paid for or over."""

    code = "catalog.variant_held"


class StockNotHeld(RuleBroken):
    """The order holds no stock (any more)."""

    code = "catalog.stock_not_held"


class HeldOtherwise(RuleBroken):
    """The order holds stock for other lines than these."""

    code = "catalog.held_otherwise"


class UnreadableImport(InvalidInput):
    """The file as a whole cannot be read; nothing was imported."""

    code = "catalog.unreadable_import"
