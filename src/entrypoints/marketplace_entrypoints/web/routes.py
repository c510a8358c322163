"""Every page."""

from typing import Final

from marketplace_entrypoints.web.console.routes import PAGES as CONSOLE
from marketplace_entrypoints.web.pages import Page
from marketplace_entrypoints.web.storefront.routes import PAGES as STOREFRONT
from marketplace_entrypoints.web.studio.routes import PAGES as STUDIO

PAGES: Final[tuple[Page, ...]] = (*STOREFRONT, *STUDIO, *CONSOLE)
