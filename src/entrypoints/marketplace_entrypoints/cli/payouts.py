"""``marketplace payout``: where sellers' money is, and how it reaches them."""

from typing import Annotated, Any, Final

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.kernel.ids import PayoutId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.payments import (
    AccountState,
    BalanceEntry,
    BalanceHeading,
    BalanceView,
    BeginOnboarding,
    CancelPayout,
    ConnectPayoutAccount,
    HoldPayout,
    ListBalanceEntries,
    ListPayouts,
    OnboardingBegun,
    PayoutRun,
    PayoutState,
    PayoutView,
    RetryPayout,
    SweepPayouts,
    ViewBalance,
    ViewPayout,
)
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.statement import statement
from marketplace_entrypoints.cli.tables import Rows, show_page
from marketplace_entrypoints.own_addresses import MONEY_PAGE, ONBOARDING_PAGE

payout = typer.Typer(help="Sellers' money: balances, payout runs, payouts.", no_args_is_help=True)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
Limit = Annotated[int, typer.Option(help="How many.")]
Cursor = Annotated[str | None, typer.Option(help="Continue after an earlier page.")]
PayoutArgument = Annotated[str, typer.Argument(help="The payout (pyt_…).")]
_ENTRIES: Final = ("posted", "what", "to or from", "about", "amount", "balance")
_COLUMNS: Final = ("payout", "seller", "state", "amount", "assembled")


@payout.command("balance")
def balance(
    seller: Annotated[str | None, typer.Argument(help="The seller (sel_…); your own shop if left out.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show where a seller's money is: held, payable, on its way, paid, in reserve, owed."""

    async def work(session: Session) -> BalanceView:
        seller_id = SellerId(seller) if seller else session.by.own_seller
        return await session.opened.market.ask(ViewBalance(seller_id=seller_id), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table("held", "payable", "on its way", "paid", "reserve", "owed", box=None, pad_edge=False)
    for one in found.balances:
        figures = (one.held, one.payable, one.in_payout, one.paid, one.reserve, one.debt)
        table.add_row(*(str(figure) for figure in figures))
    console.print(table)
    console.print(f"payout account: {found.account.value if found.account else 'none yet'}")


@payout.command("entries")
def balance_entries(
    heading: Annotated[BalanceHeading, typer.Argument(help="Which figure of the balance.")],
    seller: Annotated[str | None, typer.Option(help="The seller (sel_…); your own shop if left out.")] = None,
    currency: Annotated[str, typer.Option(help="In which currency.")] = "EUR",
    limit: Limit = PAGE_SIZE_DEFAULT,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List the entries behind one figure of a seller's balance, the newest first; together they sum to it."""

    async def work(session: Session) -> Page[BalanceEntry]:
        seller_id = SellerId(seller) if seller else session.by.own_seller
        query = ListBalanceEntries(
            seller_id=seller_id,
            currency=currency,
            heading=heading,
            page=PageRequest(limit=limit, cursor=cursor),
        )
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _ENTRIES, _entry_rows, as_json=as_json)


@payout.command("run")
def run_payouts(
    reason: Reason = None, dry_run: DryRun = False, as_json: AsJson = False, as_user: AsUser = None
) -> None:
    """Assemble payouts now; refused while the audit of the books finds anything. The worker sends them."""

    async def then(_: Session, made: PayoutRun) -> PayoutRun:
        return made

    made = act(SweepPayouts(), then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(made)
        return
    console.print(f"{len(made.payouts)} payouts: {', '.join(made.payouts) or 'nothing to pay'}")


@payout.command("list")
def list_payouts(
    seller: Annotated[str | None, typer.Option(help="Only of this seller (sel_…).")] = None,
    state: Annotated[
        list[PayoutState] | None, typer.Option(help="Only in this state; may be given repeatedly.")
    ] = None,
    limit: Limit = PAGE_SIZE_DEFAULT,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List payouts, the newest first."""

    async def work(session: Session) -> Page[PayoutView]:
        query = ListPayouts(
            seller_id=SellerId(seller) if seller else None,
            states=frozenset(state or ()),
            page=PageRequest(limit=limit, cursor=cursor),
        )
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _COLUMNS, _rows, as_json=as_json)


@payout.command("view")
def view_payout(payout_id: PayoutArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show a payout and what it pays."""

    async def work(session: Session) -> PayoutView:
        return await session.opened.market.ask(ViewPayout(payout_id=PayoutId(payout_id)), by=session.by)

    _show_payout(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@payout.command("hold")
def hold(
    payout_id: PayoutArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Hold a payout back before it is sent; ``retry`` lets it go."""
    command = HoldPayout(payout_id=PayoutId(payout_id))
    _decide(payout_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@payout.command("retry")
def retry(
    payout_id: PayoutArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Send a failed payout again, or let one go that was held back. Money that is out is not sent twice."""
    command = RetryPayout(payout_id=PayoutId(payout_id))
    _decide(payout_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@payout.command("cancel")
def cancel(
    payout_id: PayoutArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Cancel a payout that was not sent; what it claimed is payable again."""
    command = CancelPayout(payout_id=PayoutId(payout_id))
    _decide(payout_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@payout.command("account")
def account(
    seller: Annotated[str, typer.Argument(help="The seller (sel_…).")], as_json: AsJson = False, as_user: AsUser = None
) -> None:
    """Ask the provider how a seller's payout account stands, opening it there if need be."""

    async def work(session: Session) -> AccountState:
        return await session.opened.market.execute(ConnectPayoutAccount(seller_id=SellerId(seller)), by=session.by)

    state = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"seller_id": seller, "state": state})
        return
    console.print(f"The payout account of {seller} is {state.value}.")


payout.command("statement")(statement)


def _decide(
    payout_id: str, command: Command[Any], *, reason: str | None, dry_run: bool, as_json: bool, as_user: str | None
) -> None:
    async def then(session: Session, _: Any) -> PayoutView:
        return await session.opened.market.ask(ViewPayout(payout_id=PayoutId(payout_id)), by=session.by)

    view = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show_payout(view, as_json=as_json)


@payout.command("onboarding")
def onboarding(
    seller: Annotated[str, typer.Argument(help="The seller (sel_…).")], as_json: AsJson = False, as_user: AsUser = None
) -> None:
    """Print the address where a seller tells the payment provider what it wants to know; it works once."""

    async def work(session: Session) -> OnboardingBegun:
        address = session.opened.address
        command = BeginOnboarding(
            seller_id=SellerId(seller), return_url=address + MONEY_PAGE, refresh_url=address + ONBOARDING_PAGE
        )
        return await session.opened.market.execute(command, by=session.by)

    begun = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(begun)
        return
    console.print(begun.url, soft_wrap=True, markup=False)


def _show_payout(view: PayoutView, *, as_json: bool) -> None:
    if as_json:
        show_json(view)
        return
    console.print(f"{view.payout_id}  [bold]{view.state.value}[/bold]  {view.amount} to {view.seller_id}")
    if view.failure_code is not None:
        console.print(f"  [red]{escape(view.failure_code)}[/red], attempt {view.attempt}")
    for item in view.items:
        console.print(f"  {item.entry_id}  {item.amount}", soft_wrap=True)


def _entry_rows(entry: BalanceEntry) -> Rows:
    about = entry.seller_order_id or entry.payout_id or "—"
    posted_at = f"{entry.posted_at:%Y-%m-%d %H:%M}"
    return [(posted_at, entry.kind.value, entry.counterpart.value, about, str(entry.amount), str(entry.balance))]


def _rows(view: PayoutView) -> Rows:
    assembled_at = f"{view.assembled_at:%Y-%m-%d %H:%M}"
    return [(view.payout_id, view.seller_id, view.state.value, str(view.amount), assembled_at)]
