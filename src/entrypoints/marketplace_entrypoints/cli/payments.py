"""``marketplace payment`` and ``escrow``: pay as a buyer, look after held money as an operator."""

from collections.abc import Awaitable
from typing import Annotated, Any, Final

import typer
from rich.markup import escape
from rich.table import Column, Table

from marketplace_core.kernel.errors import RuleBroken
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerId, SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.payments import (
    EscrowView,
    FreezeEscrow,
    HoldState,
    ListEscrows,
    OrderHoldsView,
    PaymentState,
    PaymentStep,
    PaymentView,
    ProviderRefused,
    ReconcilePayment,
    ReleaseEscrow,
    ReleaseOutcome,
    RequestPayment,
    UnfreezeEscrow,
    ViewEscrow,
    ViewOrderHolds,
    ViewOrderPayment,
    ViewPayment,
)
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.ledger import ledger
from marketplace_entrypoints.cli.payouts import payout
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page

__all__ = ["escrow", "ledger", "payment", "payout"]

payment = typer.Typer(help="Payments: pay an order, and see how a payment stands.", no_args_is_help=True)
escrow = typer.Typer(help="Held payments: look, release, freeze.", no_args_is_help=True)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
Limit = Annotated[int, typer.Option(help="How many.")]
Cursor = Annotated[str | None, typer.Option(help="Continue after an earlier page.")]
OrderArgument = Annotated[str, typer.Argument(help="An order (ord_…) or its payment (pay_…).")]
SellerOrderArgument = Annotated[str, typer.Argument(help="The seller order (sor_…).")]
CARDS: Final = {
    "good": "4242424242424242",
    "declined": "4000000000000002",
    "no-funds": "4000000000009995",
    "bank-asks": "4000000000003220",
    "late": "4000000000000077",
}
"""The published test cards by what they do."""
_DECLINES: Final = frozenset({"card_declined", "insufficient_funds", "authentication_failed"})
_HOLDS: Final = ("seller order", "state", "held", "released", "given back", "waits for", "release at")
_COLUMNS: Final = ("seller order", "seller", "state", "share", "held", "release at")


class NoTestCards(RuleBroken):
    """The configured payment provider has no test cards."""

    code = "cli.no_test_cards"


async def _payment(session: Session, name: str) -> PaymentView:
    market = session.opened.market
    if name.startswith("pay_"):
        return await market.ask(ViewPayment(payment_id=PaymentId(name)), by=session.by)
    return await market.ask(ViewOrderPayment(order_id=OrderId(name)), by=session.by)


@payment.command("view")
def view_payment(name: OrderArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show how a payment stands."""

    async def work(session: Session) -> PaymentView:
        return await _payment(session, name)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        _show_step(found.step)


@payment.command("holds")
def view_order_holds(
    order_id: Annotated[str, typer.Argument(help="The order (ord_…).")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show what is held of your order, until when, and what lets it go to the sellers."""

    async def work(session: Session) -> OrderHoldsView:
        return await session.opened.market.ask(ViewOrderHolds(order_id=OrderId(order_id)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table(*(Column(name, overflow="fold") for name in _HOLDS), box=None, pad_edge=False)
    for one in found.holds:
        waits_for = ", ".join((one.awaits.value, *one.freezes))
        release_at = f"{one.release_at:%Y-%m-%d %H:%M}" if one.release_at else "—"
        table.add_row(
            one.seller_order_id,
            one.state.value,
            str(one.held),
            str(one.released),
            str(one.refunded),
            escape(waits_for),
            release_at,
        )
    console.print(table)


@payment.command("pay")
def pay(
    name: OrderArgument,
    card: Annotated[str, typer.Option(help=f"A test card's number, or one of: {', '.join(CARDS)}.")] = "good",
    approve: Annotated[
        bool | None, typer.Option("--approve/--refuse", help="What the buyer answers a bank that asks.")
    ] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Pay with a test card, as the buyer's browser would at the provider, and come back.

    The card goes to the provider, never to us; afterwards we ask the provider how the payment stands.
    """

    async def work(session: Session) -> PaymentStep:
        market, buyer = session.opened.market, _buyer(session)
        name_ = (await _payment(session, name)).payment_id
        step = await market.execute(RequestPayment(payment_id=name_), by=session.by)
        if step.state is PaymentState.CREATED and step.client_secret is not None:
            await _at_the_provider(buyer.pay(step.provider_reference, step.client_secret, CARDS.get(card, card)))
            step = await market.execute(ReconcilePayment(payment_id=name_), by=session.by)
        if step.state is PaymentState.REQUIRES_ACTION and approve is not None:
            answer = buyer.authenticate(step.provider_reference, step.client_secret, approve=approve)
            await _at_the_provider(answer)
        return await market.execute(ReconcilePayment(payment_id=name_), by=session.by)

    step = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(step)
    else:
        _show_step(step)


def _buyer(session: Session) -> Any:
    buyer = getattr(session.opened.adapters.payments, "buyer", None)
    if buyer is None:
        raise NoTestCards("Only a provider with test cards can be paid from the command line.")
    return buyer


async def _at_the_provider(attempt: Awaitable[None]) -> None:
    try:
        await attempt
    except ProviderRefused as refusal:
        if refusal.reason not in _DECLINES:
            raise


def _show_step(step: PaymentStep) -> None:
    console.print(f"{step.payment_id}  [bold]{step.state.value}[/bold]  {step.amount}")
    if step.failure_code is not None:
        console.print(f"[red]declined: {escape(step.failure_code)}[/red]; another card may be shown")


@escrow.command("list")
def list_escrow(
    order: Annotated[str | None, typer.Option(help="Only of this order (ord_…).")] = None,
    seller: Annotated[str | None, typer.Option(help="Only of this seller (sel_…).")] = None,
    state: Annotated[list[HoldState] | None, typer.Option(help="Only in this state; may be given repeatedly.")] = None,
    limit: Limit = PAGE_SIZE_DEFAULT,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List held payments, the newest first."""

    async def work(session: Session) -> Page[EscrowView]:
        query = ListEscrows(
            order_id=OrderId(order) if order else None,
            seller_id=SellerId(seller) if seller else None,
            states=frozenset(state or ()),
            page=PageRequest(limit=limit, cursor=cursor),
        )
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _COLUMNS, _rows, as_json=as_json)


@escrow.command("view")
def view_escrow(seller_order_id: SellerOrderArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show the held payment of a seller order: how much, until when, and who got what."""

    async def work(session: Session) -> EscrowView:
        return await session.opened.market.ask(
            ViewEscrow(seller_order_id=SellerOrderId(seller_order_id)), by=session.by
        )

    _show_escrow(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@escrow.command("release")
def release(
    seller_order_id: SellerOrderArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Release a delivered part of an order to its seller before its time. There is no way back."""

    async def then(_: Session, outcome: ReleaseOutcome) -> ReleaseOutcome:
        return outcome

    command = ReleaseEscrow(seller_order_id=SellerOrderId(seller_order_id))
    outcome = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(outcome)
        return
    console.print(f"{outcome.seller_order_id} is [bold]{outcome.state.value}[/bold].")
    if outcome.division is not None:
        parts = outcome.division
        console.print(f"commission {parts.commission}, its tax {parts.vat}, payable [green]{parts.payable}[/green]")


@escrow.command("freeze")
def freeze(
    seller_order_id: SellerOrderArgument,
    reason: Annotated[str, typer.Option(help="A short word, such as risk.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Stop the release of held money for a reason."""
    command = FreezeEscrow(seller_order_id=SellerOrderId(seller_order_id), reason=reason)
    _decide(seller_order_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@escrow.command("unfreeze")
def unfreeze(
    seller_order_id: SellerOrderArgument,
    reason: Annotated[str, typer.Option(help="The reason to take away.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Take a reason away; with the last one the money goes on."""
    command = UnfreezeEscrow(seller_order_id=SellerOrderId(seller_order_id), reason=reason)
    _decide(seller_order_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def _decide(
    seller_order_id: str,
    command: Command[None],
    *,
    reason: str,
    dry_run: bool,
    as_json: bool,
    as_user: str | None,
) -> None:
    async def then(session: Session, _: None) -> EscrowView:
        query = ViewEscrow(seller_order_id=SellerOrderId(seller_order_id))
        return await session.opened.market.ask(query, by=session.by)

    view = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show_escrow(view, as_json=as_json)


def _show_escrow(view: EscrowView, *, as_json: bool) -> None:
    if as_json:
        show_json(view)
        return
    console.print(f"{view.seller_order_id}  [bold]{view.state.value}[/bold]  {view.held} of {view.share} held")
    if view.refunded:
        console.print(f"  given back {view.refunded}")
    if view.release_at is not None:
        console.print(f"  releasable from {view.release_at:%Y-%m-%d %H:%M:%S} UTC")
    for reason in view.freezes:
        console.print(f"  [red]frozen[/red] {escape(reason)}")
    for release_ in view.releases:
        parts = release_.division
        console.print(
            f"  released {parts.released}: commission {parts.commission}, its tax {parts.vat}, payable {parts.payable}"
        )


def _rows(view: EscrowView) -> Rows:
    release_at = f"{view.release_at:%Y-%m-%d %H:%M}" if view.release_at else "—"
    return [(view.seller_order_id, view.seller_id, view.state.value, str(view.share), str(view.held), release_at)]
