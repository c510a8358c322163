"""What is true after a product was changed."""

from attrs import frozen

from marketplace_core.catalog.domain.lifecycle import ProductStatus
from marketplace_core.catalog.domain.product import Product
from marketplace_core.kernel.errors import StaleVersion
from marketplace_core.kernel.ids import ProductId


@frozen(kw_only=True)
class ProductSaved:
    """The product as stored; ``version`` is what the next change may name."""

    product_id: ProductId
    version: int
    status: ProductStatus

    @classmethod
    def of(cls, product: Product) -> "ProductSaved":
        """Describe a product that was just saved."""
        return cls(product_id=product.product_id, version=product.version, status=product.status)


def require_version(product: Product, expected: int | None) -> None:
    """Pass if the caller named no version or the present one; otherwise raise ``StaleVersion``."""
    if expected is not None and product.version != expected:
        raise StaleVersion(
            "The product was changed by somebody else; read it again.", expected=expected, version=product.version
        )
