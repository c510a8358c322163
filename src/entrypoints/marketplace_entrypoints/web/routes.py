"""Every page."""

from typing import Final

from marketplace_core.kernel.access import Permission
from marketplace_entrypoints.web.console.routes import PAGES as CONSOLE
from marketplace_entrypoints.web.live import Live
from marketplace_entrypoints.web.pages import Page, show
from marketplace_entrypoints.web.storefront.routes import PAGES as STOREFRONT
from marketplace_entrypoints.web.studio.routes import PAGES as STUDIO

PAGES: Final[tuple[Page, ...]] = (
    show("/events", Live().events, Permission.SIGNED_IN),
    *STOREFRONT,
    *STUDIO,
    *CONSOLE,
)
