"""``marketplace catalog``: categories, and imports of whole product lists."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.markup import escape
from rich.table import Column, Table

from marketplace_core.catalog import (
    IMPORT_BYTES_MAX,
    CategoryCreated,
    CategoryView,
    CreateCategory,
    FieldChange,
    ImportProducts,
    ImportReport,
    ListCategories,
    Outcome,
    parse_shopify,
)
from marketplace_entrypoints.cli.product import product
from marketplace_entrypoints.cli.run import Session, console, run, show_json
from marketplace_entrypoints.cli.shops import AsJson, AsUser, SellerOption, shop_of

__all__ = ["catalog", "product"]

catalog = typer.Typer(help="The catalogue: categories, and imports of whole product lists.", no_args_is_help=True)

IMPORT_REFUSED_ROWS: Final = 3
"""Exit code of an import that left rows out: they made no sense."""
VALUE_LENGTH_MAX: Final = 48
COLOURS: Final = {Outcome.CREATED: "green", Outcome.CHANGED: "yellow"}


@catalog.command("import")
def import_products(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A Shopify product CSV.")],
    seller: SellerOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")] = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Import the Shopify product CSV that sellers already have.

    A product is found again by its handle, a variant by its SKU or else by its options: importing the same file again
    changes nothing. Rows in error are named with line and reason, and nothing of their products is imported (exit code
    3); the others are. Pictures are not fetched, and an unknown category becomes "uncategorised".
    """

    async def work(session: Session) -> ImportReport:
        with file.open("rb") as handle:
            parsed = parse_shopify(handle.read(IMPORT_BYTES_MAX + 1))
        seller_id = await shop_of(session, seller)
        command = ImportProducts(seller_id=seller_id, rows=parsed.products, errors=parsed.errors, dry_run=dry_run)
        return await session.opened.market.execute(command, by=session.by)

    report = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(report)
    else:
        _show_report(report)
    if report.errors:
        raise typer.Exit(IMPORT_REFUSED_ROWS)


def _show_report(report: ImportReport) -> None:
    touched = [diff for diff in report.products if diff.outcome is not Outcome.UNCHANGED]
    if touched:
        table = Table("line", Column("handle", overflow="fold"), "variants", "", "what", box=None, pad_edge=False)
        for diff in touched:
            shown = diff.changes if diff.outcome is Outcome.CHANGED else _of_a_new_one(diff.changes)
            said = f"[{COLOURS[diff.outcome]}]{diff.outcome.value}[/]"
            changes = "\n".join(_said(change) for change in shown)
            table.add_row(str(diff.line), diff.handle, str(diff.variants), said, changes)
        console.print(table)
    for error in report.errors:
        where = f"[red]line {error.line}[/]  {escape(error.handle or 'no handle')}"
        console.print(f"{where}  {escape(error.reason)}", soft_wrap=True)
    verb = "would be" if report.dry_run else "were"
    console.print(
        f"{len(report.products)} products with {report.variants} variants: "
        f"{report.count(Outcome.CREATED)} {verb} created, {report.count(Outcome.CHANGED)} {verb} changed, "
        f"{report.count(Outcome.UNCHANGED)} are as they were; "
        f"{len(report.refused)} products refused for {len(report.errors)} rows in error.",
        soft_wrap=True,
    )
    remarks = Counter(note.partition(":")[0] for diff in report.products for note in diff.notes)
    for remark, times in remarks.items():
        console.print(f"[dim]{times} × {escape(remark)}[/] (--json names each)", soft_wrap=True)


def _of_a_new_one(changes: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
    return tuple(change for change in changes if change.field.startswith(("price", "stock")))


def _said(change: FieldChange) -> str:
    new = escape(_short(change.new))
    if change.old is None:
        return f"{escape(change.field)}: {new}"
    return f"{escape(change.field)}: {escape(_short(change.old))} → {new}"


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= VALUE_LENGTH_MAX else f"{line[: VALUE_LENGTH_MAX - 1]}…"


@catalog.command("add-category")
def add_category(
    slug: Annotated[str, typer.Argument(help="Its address.")],
    name: Annotated[str, typer.Option(help="What it is called.")],
    parent: Annotated[str | None, typer.Option(help="The one above, by id or slug.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Add a category to the tree."""

    async def work(session: Session) -> CategoryCreated:
        return await session.opened.market.execute(CreateCategory(slug=slug, name=name, parent=parent), by=session.by)

    created = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(created)
    else:
        console.print(f"{created.category_id}  {created.slug}", soft_wrap=True)


@catalog.command("categories")
def categories(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show the tree of categories."""

    async def work(session: Session) -> tuple[CategoryView, ...]:
        return await session.opened.market.ask(ListCategories(), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        _show_tree(found, 0)


def _show_tree(level: tuple[CategoryView, ...], depth: int) -> None:
    for category in level:
        console.print(f"{'  ' * depth}{escape(category.name)}  [dim]{category.slug}[/]", soft_wrap=True)
        _show_tree(category.children, depth + 1)
