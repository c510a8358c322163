"""Every page of the console."""

from typing import Final

from marketplace_entrypoints.web.pages import Page

PAGES: Final[tuple[Page, ...]] = ()
