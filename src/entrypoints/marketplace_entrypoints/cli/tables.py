"""Pages as tables."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.table import Column, Table

from marketplace_core.kernel.paging import Page
from marketplace_entrypoints.cli.run import console, show_json

ViewT = TypeVar("ViewT")
Rows = Sequence[tuple[str, ...]]


def show_page(page: Page[ViewT], columns: Sequence[str], rows_of: Callable[[ViewT], Rows], *, as_json: bool) -> None:
    """Print a page as a table and how to go on, or as JSON."""
    if as_json:
        show_json(page)
        return
    # Identifiers are there to be copied: on a narrow terminal they are folded, never cut.
    table = Table(*(Column(name, overflow="fold") for name in columns), box=None, pad_edge=False)
    for view in page.items:
        for row in rows_of(view):
            table.add_row(*row)
    console.print(table)
    if page.next_cursor:
        console.print(f"more: --cursor {page.next_cursor}", soft_wrap=True)
