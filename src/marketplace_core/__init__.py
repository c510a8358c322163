"""The marketplace engine: many sellers, one checkout, money held until delivery, video first."""

from marketplace_core.app import Marketplace
from marketplace_core.kernel.errors import MarketplaceError

__all__ = ["Marketplace", "MarketplaceError", "__version__"]
__version__ = "0.1.0"
