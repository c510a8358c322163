"""``marketplace page``: draft, look, publish, look back."""

from typing import Annotated

import typer
from rich.markup import escape

from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.landing import (
    CallToAction,
    DraftSaved,
    DraftView,
    ListVersions,
    PageDocument,
    PageDown,
    PageLive,
    PageProblem,
    PageVersion,
    PageView,
    PublishPage,
    SaveDraft,
    UnpublishPage,
    ViewDraft,
    ViewPage,
    ViewVersion,
)
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

page = typer.Typer(help="Seller pages: draft, look, publish, look back.", no_args_is_help=True)
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
SellerOption = Annotated[str | None, typer.Option("--seller", help="The shop; your own by default.")]
VersionOption = Annotated[int | None, typer.Option("--version", help="Only if the page is still at this version.")]


def _shop(session: Session, seller: str | None) -> SellerId:
    return session.by.own_seller if seller is None else SellerId(seller)


@page.command("view")
def view(
    slug: Annotated[str, typer.Argument(help="The address of the shop, such as mias-guitars.")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """See a shop's page as visitors see it, with its video and products as they are today."""

    async def work(session: Session) -> PageView:
        return await session.opened.market.ask(ViewPage(slug=slug), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        _show_page(found)


@page.command("draft")
def draft(seller: SellerOption = None, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """See the draft of a page, how visitors would see it, and what would keep it from being published."""

    async def work(session: Session) -> DraftView:
        return await session.opened.market.ask(ViewDraft(seller_id=_shop(session, seller)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    shown = f"version {found.published_number} is public" if found.published_number else "not public"
    console.print(f"[bold]{found.page_id}[/bold]  at version {found.version}, {shown}")
    _show_page(found.preview)
    _show_problems(found.problems)


@page.command("save")
def save(
    headline: Annotated[str, typer.Option(help="One line on top.")] = "",
    text: Annotated[str, typer.Option(help="A plain text.")] = "",
    video: Annotated[str | None, typer.Option(help="The hero video (vid_…).")] = None,
    product: Annotated[list[str] | None, typer.Option(help="A product (prd_…); say it again for more.")] = None,
    label: Annotated[str | None, typer.Option(help="What the button says; needs --target.")] = None,
    target: Annotated[str | None, typer.Option(help="Where it leads: https://, mailto:, or a /path.")] = None,
    version: VersionOption = None,
    seller: SellerOption = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Save the draft of a page, replacing the one before; visitors keep seeing what is published.

    A draft may be unfinished; what would keep it from being published is listed.
    """
    if (label is None) != (target is None):
        raise typer.BadParameter("A button needs both --label and --target.")

    async def work(session: Session) -> DraftSaved:
        document = PageDocument(
            headline=headline,
            text=text,
            hero_video=None if video is None else VideoId(video),
            products=tuple(ProductId(product_id) for product_id in product or ()),
            call_to_action=None if label is None or target is None else CallToAction(label=label, target=target),
        )
        command = SaveDraft(seller_id=_shop(session, seller), document=document, expected_version=version)
        return await session.opened.market.execute(command, by=session.by)

    saved = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(saved)
        return
    console.print(f"[bold]{saved.page_id}[/bold]  saved as version {saved.version}")
    _show_problems(saved.problems)


@page.command("publish")
def publish(
    version: VersionOption = None, seller: SellerOption = None, as_json: AsJson = False, as_user: AsUser = None
) -> None:
    """Show a page to everybody; everything that is missing is named at once."""

    async def work(session: Session) -> PageLive:
        command = PublishPage(seller_id=_shop(session, seller), expected_version=version)
        return await session.opened.market.execute(command, by=session.by)

    live = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(live)
    else:
        console.print(f"[green]{escape(live.slug)}[/green]  shows version {live.number}")


@page.command("unpublish")
def unpublish(seller: SellerOption = None, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Take a page down; draft and versions stay."""

    async def work(session: Session) -> PageDown:
        return await session.opened.market.execute(UnpublishPage(seller_id=_shop(session, seller)), by=session.by)

    down = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(down)
    else:
        console.print(f"{down.page_id} is not public.")


@page.command("versions")
def versions(
    number: Annotated[int | None, typer.Argument(min=1, max=1_000_000_000, help="Show this version whole.")] = None,
    seller: SellerOption = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List the versions of a page that were published, the newest first, or show one of them whole."""

    async def work(session: Session) -> Page[PageVersion] | PageVersion:
        market, shop = session.opened.market, _shop(session, seller)
        if number is not None:
            return await market.ask(ViewVersion(seller_id=shop, number=number), by=session.by)
        request = PageRequest(limit=limit, cursor=cursor)
        return await market.ask(ListVersions(seller_id=shop, page=request), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json or isinstance(found, PageVersion):
        show_json(found)
        return
    for version in found.items:
        console.print(
            f"{version.number:>4}  {version.published_at:%Y-%m-%d %H:%M}  {escape(version.document.headline)}"
        )
    if found.next_cursor:
        console.print(f"more: --cursor {found.next_cursor}")


def _show_page(found: PageView) -> None:
    console.print(f"[bold]{escape(found.headline or found.seller_name)}[/bold]")
    if found.text:
        console.print(escape(found.text))
    if found.hero_video:
        console.print(f"video  {found.hero_video.video_id}  {escape(found.hero_video.hls_url or 'cannot be played')}")
    for product in found.products:
        note = "" if product.purchasable else f"  ({product.reason})"
        console.print(f"  {escape(product.title)}  {product.price or ''}{note}", soft_wrap=True)
    if found.call_to_action:
        console.print(escape(f"[{found.call_to_action.label}] → {found.call_to_action.target}"), soft_wrap=True)


def _show_problems(problems: tuple[PageProblem, ...]) -> None:
    for problem in problems:
        console.print(f"  [yellow]{problem.field}[/yellow]  {escape(problem.message)}", soft_wrap=True)
