"""``marketplace claim``: claims of buyers, opened, answered, decided and followed."""

import re
from pathlib import Path
from typing import Annotated, Final
from uuid import uuid4

import typer
from rich.markup import escape

from marketplace_core.kernel.ids import ClaimId, ClaimPhotoId, OfferId, OrderId, SellerId, SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.payments.claims import (
    AcceptClaimOffer,
    AddClaimPhoto,
    AddToClaim,
    AnswerClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimedGoods,
    ClaimForecast,
    ClaimKind,
    ClaimPhotoContent,
    ClaimState,
    ClaimView,
    DecideClaim,
    ForeseeClaim,
    ListClaims,
    OpenClaim,
    ReadClaimPhoto,
    ViewClaim,
    WithdrawClaim,
)
from marketplace_entrypoints.claim_photos import photo_name
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page
from marketplace_entrypoints.plainly import plain

claim = typer.Typer(
    help="Claims of buyers: open, answer, decide about and follow what is wrong with an order.", no_args_is_help=True
)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
ClaimArgument = Annotated[str, typer.Argument(help="The claim (clm_…).")]
Text = Annotated[str, typer.Option(help="What to say; the buyer, the shop and operators read it.")]
Items = Annotated[int, typer.Option("--items", min=0, help="For goods, in minor units.")]
Delivery = Annotated[int, typer.Option("--delivery", min=0, help="For delivery, in minor units.")]
_COLUMNS: Final = ("opened", "claim", "order", "part", "state", "wanted", "due", "kind")
_GOODS: Final = re.compile(r"(off_[0-9A-Za-z_]{1,60})(?::([0-9]{1,5}))?")


@claim.command("open")
def open_claim(
    seller_order_id: Annotated[str, typer.Argument(help="The seller order (sor_…).")],
    kind: Annotated[ClaimKind, typer.Option(help="What is wrong.")],
    text: Text,
    goods: Annotated[
        list[str] | None,
        typer.Option(
            "--goods", help="A line and how many of it, OFFER:QUANTITY (off_…:2). May be given repeatedly; all if none."
        ),
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="Idempotency key: the same one again is the same claim. A new one by default.")
    ] = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say as the buyer that something is wrong with a part of an order; what is held for it stays held."""
    named = tuple(_goods(one) for one in goods or ())
    command = OpenClaim(seller_order_id=SellerOrderId(seller_order_id), kind=kind, text=text, goods=named)

    async def then(session: Session, claim_id: ClaimId) -> ClaimView:
        return await session.opened.market.ask(ViewClaim(claim_id=claim_id), by=session.by)

    once = key or f"cli-{uuid4().hex}"
    _show(
        act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user, key=once), as_json=as_json
    )


@claim.command("list")
def list_claims(
    order: Annotated[str | None, typer.Option(help="Only of this order (ord_…).")] = None,
    seller: Annotated[str | None, typer.Option(help="Only about this seller's parts (sel_…).")] = None,
    state: Annotated[list[ClaimState] | None, typer.Option(help="Only in this state; may be given repeatedly.")] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only what you opened yourself as a buyer.")] = False,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List claims, the newest first."""

    async def work(session: Session) -> Page[ClaimView]:
        query = ListClaims(
            order_id=OrderId(order) if order else None,
            seller_id=SellerId(seller) if seller else None,
            states=frozenset(state or ()),
            mine=mine,
            page=PageRequest(limit=limit, cursor=cursor),
        )
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _COLUMNS, _rows, as_json=as_json)


@claim.command("show")
def show(claim_id: ClaimArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show a claim: what is wrong, what is wanted, what was said, and what becomes of it."""

    async def work(session: Session) -> ClaimView:
        return await session.opened.market.ask(ViewClaim(claim_id=ClaimId(claim_id)), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@claim.command("answer")
def answer(
    claim_id: ClaimArgument,
    says: Annotated[ClaimAnswer, typer.Argument(help="agree: refund it all; offer: a part of it; contest: none.")],
    text: Text,
    items: Items = 0,
    delivery: Delivery = 0,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Answer a claim as its seller."""
    command = AnswerClaim(
        claim_id=ClaimId(claim_id), answer=says, text=text, items_minor=items, delivery_minor=delivery
    )
    _do(claim_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@claim.command("accept")
def accept(
    claim_id: ClaimArgument,
    offered: Annotated[int, typer.Option(min=1, help="The offer that is taken, in minor units.")],
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Take the seller's offer as the buyer."""
    command = AcceptClaimOffer(claim_id=ClaimId(claim_id), offered_minor=offered)
    _do(claim_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@claim.command("withdraw")
def withdraw(
    claim_id: ClaimArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Take a claim back as the buyer."""
    command = WithdrawClaim(claim_id=ClaimId(claim_id))
    _do(claim_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@claim.command("say")
def say(claim_id: ClaimArgument, text: Text, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Say something in a claim that concerns you."""
    _add(claim_id, AddToClaim(claim_id=ClaimId(claim_id), text=text), as_json=as_json, as_user=as_user)


@claim.command("foresee")
def foresee(
    seller_order_id: Annotated[str, typer.Argument(help="The seller order (sor_…).")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show as the buyer what may be claimed now of a part of an order, and if nothing, why and until when."""

    async def work(session: Session) -> ClaimForecast:
        question = ForeseeClaim(seller_order_id=SellerOrderId(seller_order_id))
        return await session.opened.market.ask(question, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    kinds = ", ".join(kind.value for kind in found.kinds) or f"nothing: {found.why_not}"
    console.print(f"{found.seller_order_id}  [bold]{kinds}[/bold]  at most {found.left.amount}", soft_wrap=True)
    for line in found.lines:
        console.print(f"  {line.offer_id} {line.quantity} × {escape(line.title)}, {line.total}", soft_wrap=True)
    for name, moment in (("from", found.opens_at), ("until", found.closes_at)):
        if moment is not None:
            console.print(f"  {name} {moment:%Y-%m-%d %H:%M}")


@claim.command("add-photo")
def add_photo(
    claim_id: ClaimArgument,
    file: Annotated[Path, typer.Argument(help="A JPEG, PNG or WebP of at most 8 MiB.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show a photo in a claim that concerns you; where and when it was taken is removed."""
    command = AddClaimPhoto(claim_id=ClaimId(claim_id), content=file.read_bytes())
    _add(claim_id, command, as_json=as_json, as_user=as_user)


@claim.command("save-photo")
def save_photo(
    claim_id: ClaimArgument,
    photo_id: Annotated[str, typer.Argument(help="The photo (cph_…).")],
    to: Annotated[Path | None, typer.Option(help="The file to write; named after the photo by default.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Write a photo of a claim that concerns you into a file."""

    async def work(session: Session) -> ClaimPhotoContent:
        question = ReadClaimPhoto(claim_id=ClaimId(claim_id), photo_id=ClaimPhotoId(photo_id))
        return await session.opened.market.ask(question, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    target = to or Path(photo_name(found))
    target.write_bytes(found.content)
    if as_json:
        show_json({"file": str(target), **plain(found.photo)})
    else:
        console.print(f"{escape(str(target))}  {found.photo.size_bytes} bytes", soft_wrap=True)


@claim.command("decide")
def decide(
    claim_id: ClaimArgument,
    decision: Annotated[
        ClaimDecision, typer.Argument(help="refund: all of it; partial: --items and --delivery of it; release: none.")
    ],
    reason: Annotated[str, typer.Option(help="Why; the buyer and the shop read it.")],
    items: Items = 0,
    delivery: Delivery = 0,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Decide a claim as an operator who is no party of it."""
    command = DecideClaim(
        claim_id=ClaimId(claim_id), decision=decision, reason=reason, items_minor=items, delivery_minor=delivery
    )
    _do(claim_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def _add(claim_id: str, command: Command[None] | Command[ClaimPhotoId], *, as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> ClaimView:
        market = session.opened.market
        await market.execute(command, by=session.by)
        return await market.ask(ViewClaim(claim_id=ClaimId(claim_id)), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


def _do(
    claim_id: str,
    command: Command[ClaimState],
    *,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
    as_user: str | None,
) -> None:
    async def then(session: Session, _: ClaimState) -> ClaimView:
        return await session.opened.market.ask(ViewClaim(claim_id=ClaimId(claim_id)), by=session.by)

    view = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show(view, as_json=as_json)


def _goods(named: str) -> ClaimedGoods:
    found = _GOODS.fullmatch(named)
    if found is None:
        raise typer.BadParameter("goods are written off_… or off_…:2, an offer and how many of it.")
    return ClaimedGoods(offer_id=OfferId(found[1]), quantity=int(found[2] or 1))


def _show(view: ClaimView, *, as_json: bool) -> None:
    if as_json:
        show_json(view)
        return
    console.print(
        f"{view.claim_id}  [bold]{view.state.value}[/bold]  {view.kind.value}, {view.wanted.amount} wanted of "
        f"{view.seller_order_id}",
        soft_wrap=True,
    )
    for line in view.lines:
        console.print(f"  {line.quantity} × {escape(line.title)}", soft_wrap=True)
    for name, amount in (("offered", view.offer), ("goes back", view.granted)):
        if amount is not None:
            console.print(f"  {name} [bold]{amount.amount}[/bold]")
    if view.due_at is not None:
        back = f", then {view.if_silent.amount} goes back" if view.if_silent else ""
        console.print(f"  due {view.due_at:%Y-%m-%d %H:%M}{back}")
    for said in view.messages:
        console.print(f"  {said.said_at:%Y-%m-%d %H:%M} {said.who.value}: {escape(said.text)}", soft_wrap=True)
    for photo in view.photos:
        measures = f"{photo.width} × {photo.height}, {photo.size_bytes} bytes"
        console.print(
            f"  {photo.added_at:%Y-%m-%d %H:%M} {photo.who.value}: {photo.photo_id} ({measures})", soft_wrap=True
        )


def _rows(view: ClaimView) -> Rows:
    opened, due = f"{view.opened_at:%Y-%m-%d %H:%M}", "—" if view.due_at is None else f"{view.due_at:%Y-%m-%d %H:%M}"
    return [
        (
            opened,
            view.claim_id,
            view.order_id,
            view.seller_order_id,
            view.state.value,
            str(view.wanted.amount),
            due,
            view.kind.value,
        )
    ]
