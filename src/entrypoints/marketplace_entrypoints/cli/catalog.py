"""``marketplace catalog``: categories, and imports of whole product lists."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from marketplace_core.catalog import (
    CategoryCreated,
    CategoryView,
    CreateCategory,
    ImportProducts,
    ImportReport,
    ListCategories,
    Outcome,
    parse_shopify,
)
from marketplace_core.identity import ViewSeller
from marketplace_core.kernel.ids import OfferId, ProductId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

catalog = typer.Typer(help="The catalogue: categories, and imports of whole product lists.", no_args_is_help=True)
product = typer.Typer(help="Products: create, picture, price, stock, publish, withdraw.", no_args_is_help=True)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
SellerOption = Annotated[str | None, typer.Option("--seller", help="The shop, by id or slug; your own by default.")]
ProductArgument = Annotated[str, typer.Argument(help="The product (prd_…).")]
OfferArgument = Annotated[str, typer.Argument(help="The offer (off_…).")]
IMPORT_REFUSED_ROWS = 3
"""Exit code of an import that left rows out: they made no sense."""


async def _seller(session: Session, seller: str | None) -> SellerId:
    if seller is None:
        return session.by.own_seller
    return (await session.opened.market.ask(ViewSeller(seller=seller), by=session.by)).seller_id


@catalog.command("import")
def import_products(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A Shopify product CSV.")],
    seller: SellerOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")] = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Import the Shopify product CSV that sellers already have.

    Rows in error are named with line and reason, and nothing of their products is imported (exit code 3); the others
    are. Importing the same file again changes nothing.
    """

    async def work(session: Session) -> ImportReport:
        parsed = parse_shopify(file.read_bytes())
        seller_id = await _seller(session, seller)
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
    colours = {Outcome.CREATED: "green", Outcome.CHANGED: "yellow"}
    touched = [diff for diff in report.products if diff.outcome is not Outcome.UNCHANGED]
    if touched:
        table = Table("line", "product", "variants", "what", "changes", box=None, pad_edge=False)
        for diff in touched:
            colour = colours[diff.outcome]
            changes = "; ".join(f"{change.field}: {change.old} → {change.new}" for change in diff.changes)
            table.add_row(str(diff.line), diff.title, str(diff.variants), f"[{colour}]{diff.outcome.value}[/{colour}]", changes)
        console.print(table)
    for error in report.errors:
        console.print(f"[red]line {error.line}[/red]  {error.reason}  [dim]{error.handle or ''}[/dim]", soft_wrap=True)
    counts = {outcome: sum(diff.outcome is outcome for diff in report.products) for outcome in Outcome}
    variants = sum(diff.variants for diff in report.products)
    verb = "would be" if report.dry_run else "were"
    console.print(
        f"{len(report.products)} products with {variants} variants: {counts[Outcome.CREATED]} {verb} created, "
        f"{counts[Outcome.CHANGED]} {verb} changed, {counts[Outcome.UNCHANGED]} are as they were; "
        f"{len(report.errors)} rows in error.",
        soft_wrap=True,
    )


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
        console.print(f"{created.category_id}  {created.path}")


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
        console.print(f"{'  ' * depth}{category.name}  [dim]{category.slug}[/dim]")
        _show_tree(category.children, depth + 1)


