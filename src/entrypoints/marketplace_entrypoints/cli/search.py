"""``marketplace search``: find products, hold the index against the catalogue, write it anew."""

from collections.abc import Sequence
from typing import Annotated, Final

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, PageRequest
from marketplace_core.search import (
    Drift,
    FacetValue,
    IndexRepaired,
    IndexVerified,
    InvalidFilter,
    Reindex,
    Reindexed,
    RepairIndex,
    Search,
    SearchFilters,
    SearchResults,
    Sort,
    VerifyIndex,
)
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, complaints, console, run, show_json

search = typer.Typer(help="Search: find products, prove the index, write it anew.", no_args_is_help=True)
NAMED_MAX: Final = 20
"""So many of a kind are named; --json names all."""
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]


@search.command("find")
def find(
    words: Annotated[list[str] | None, typer.Argument(help="Words to find; everything without any.")] = None,
    category: Annotated[str | None, typer.Option(help="A category, by id or slug, and all below.")] = None,
    seller: Annotated[str | None, typer.Option(help="A shop, by id or slug.")] = None,
    price_min: Annotated[int | None, typer.Option(help="In minor units; needs --currency.")] = None,
    price_max: Annotated[int | None, typer.Option(help="In minor units; needs --currency.")] = None,
    currency: Annotated[str | None, typer.Option(help="Of the price range, such as EUR.")] = None,
    in_stock: Annotated[bool, typer.Option("--in-stock", help="Only what can be had now.")] = False,
    has_video: Annotated[bool, typer.Option("--has-video", help="Only what has a video.")] = False,
    sort: Annotated[Sort | None, typer.Option(help="Relevance if there are words, otherwise newest first.")] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Find products by words, filters and price.

    Every word must occur, at least as a beginning; slips of the keyboard are forgiven.
    """

    def bound(amount_minor: int | None) -> Money | None:
        if amount_minor is None:
            return None
        if currency is None:
            raise InvalidFilter("A price range needs a currency.", field="currency")
        return Money(amount_minor, currency)

    async def work(session: Session) -> SearchResults:
        filters = SearchFilters(
            category=category,
            seller=seller,
            price_min=bound(price_min),
            price_max=bound(price_max),
            in_stock=in_stock,
            has_video=has_video,
        )
        page = PageRequest(limit=limit, cursor=cursor)
        query = Search(text=" ".join(words or ()), filters=filters, sort=sort, page=page)
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        _show(found)


@search.command("reindex")
def reindex(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Write the whole index anew; searches go on meanwhile."""

    async def work(session: Session) -> Reindexed:
        with complaints.status("writing the index"):
            return await session.opened.market.execute(Reindex(), by=session.by)

    done = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(done)
    else:
        caught_up = f" {done.caught_up} that changed meanwhile were brought up to date." if done.caught_up else ""
        console.print(f"{done.findable} products can be found; {done.removed} were taken out.{caught_up}")


@search.command("verify")
def verify(
    repair: Annotated[bool, typer.Option("--repair", help="Write again what differs, and look again.")] = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Hold the index against the catalogue and name all that differs. Exits with 1 while anything does."""

    async def work(session: Session) -> IndexVerified | IndexRepaired:
        with complaints.status("comparing the index with the catalogue"):
            if repair:
                return await session.opened.market.execute(RepairIndex(), by=session.by)
            return await session.opened.market.ask(VerifyIndex(), by=session.by)

    done = run(work, as_json=as_json, as_user=as_user)
    found, left = (done.found, done.left) if isinstance(done, IndexRepaired) else (done, done)
    if as_json:
        show_json({"drift": found.size, "left": left.size, "indexes": found.drifts, "repair": repair})
    else:
        for drift in found.drifts:
            _show_drift(drift)
        if repair and found.size:
            console.print(
                f"Written again; {left.size} still differ." if left.size else "Written again; nothing differs now."
            )
    if left.size:
        raise typer.Exit(1)


def _show_drift(drift: Drift) -> None:
    name = "the index that stands in" if drift.index == "standin" else "the index"
    if not drift.size:
        console.print(f"{name}: agrees with the catalogue ({drift.products} products).")
        return
    console.print(f"{name}: {drift.size} differences ({drift.products} products in the catalogue).")
    kinds: tuple[tuple[str, Sequence[str]], ...] = (
        ("not found though they should be", drift.missing),
        ("found though they should not be", drift.extra),
        ("found as they are no more", drift.stale),
        ("settings that are not ours", drift.settings),
    )
    for kind, names in kinds:
        if names:
            more = f" and {len(names) - NAMED_MAX} more" if len(names) > NAMED_MAX else ""
            console.print(escape(f"  {len(names)} {kind}: {', '.join(names[:NAMED_MAX])}{more}"), soft_wrap=True)


def _show(found: SearchResults) -> None:
    table = Table("title", "shop", "from", "", "product", box=None, pad_edge=False)
    for hit in found.hits:
        marks = " ".join(mark for mark, shown in (("video", hit.has_video), ("sold out", not hit.in_stock)) if shown)
        table.add_row(escape(hit.title), escape(hit.seller_name), str(hit.price_from or "–"), marks, hit.product_id)
    console.print(table)
    console.print(f"{found.total} in all{' (from a simpler engine)' if found.degraded else ''}")
    for name, values in (("categories", found.facets.categories), ("shops", found.facets.sellers)):
        if values:
            console.print(f"{name}: {escape(_counted(values))}", soft_wrap=True)
    if found.next_cursor:
        console.print(f"more: --cursor {found.next_cursor}", soft_wrap=True)


def _counted(values: tuple[FacetValue, ...]) -> str:
    return ", ".join(f"{value.value} {value.count}" for value in values)
