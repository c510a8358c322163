"""Every page of the studio."""

from typing import Final

from marketplace_entrypoints.web.pages import Page

PAGES: Final[tuple[Page, ...]] = ()
