"""``marketplace debt``: what sellers may do, what they owe, and how it is settled."""

from typing import Annotated, Final

import typer
from rich.markup import escape

from marketplace_core.kernel.ids import PayoutId, SellerId, SettlementId
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.payments.debts import (
    DebtorView,
    DecideWriteOff,
    ListDebtors,
    ListSettlements,
    Means,
    SellerStandingView,
    SettledDebt,
    SettleDebt,
    SettlementState,
    SettlementView,
    ViewSellerStanding,
)
from marketplace_entrypoints.cli.acting import DryRun, Reason, act, itself
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page

debt = typer.Typer(help="Sellers' debts: see what keeps a shop from selling, and settle it.", no_args_is_help=True)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
SellerArgument = Annotated[str, typer.Argument(help="The seller (sel_…).")]
SettlementArgument = Annotated[str, typer.Argument(help="The settlement (dst_…).")]
Amount = Annotated[int, typer.Option(min=1, help="In minor units.")]
Currency = Annotated[str, typer.Option(help="Of the debt.")]
_COLUMNS: Final = ("asked", "settlement", "seller", "means", "state", "amount", "note")


@debt.command("show")
def show(
    seller: Annotated[str | None, typer.Argument(help="The seller (sel_…); your own shop if left out.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show what a shop may do, what stands in the way, and what it owes."""

    async def work(session: Session) -> SellerStandingView:
        seller_id = SellerId(seller) if seller else session.by.own_seller
        return await session.opened.market.ask(ViewSellerStanding(seller_id=seller_id), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    console.print(found.seller_id)
    for words, obstacles in (
        ("can list", found.not_listing),
        ("can sell", found.not_selling),
        ("can be paid", found.not_paid),
    ):
        because = ", ".join(obstacle.value for obstacle in obstacles)
        console.print(f"  {words}: " + (f"[red]no[/red], {because}" if because else "yes"))
    console.print(f"  owes {found.debt} of at most {found.debt_limit}")
    if found.debt_due is not None:
        console.print(f"  due {found.debt_due:%Y-%m-%d %H:%M}")
    if found.room is not None:
        console.print(f"  may sell for {found.room} until the provider pays it")


@debt.command("debtors")
def debtors(
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List the shops that owe something, the newest first."""

    async def work(session: Session) -> Page[DebtorView]:
        return await session.opened.market.ask(ListDebtors(page=PageRequest(limit=limit, cursor=cursor)), by=session.by)

    show_page(
        run(work, as_json=as_json, as_user=as_user), ("seller", "owes", "since", "sells"), _debtor, as_json=as_json
    )


def _debtor(view: DebtorView) -> Rows:
    since = f"{view.debt_since:%Y-%m-%d}" if view.debt_since else ""
    return [(view.seller_id, str(view.debt), since, "no" if view.stopped else "yes")]


@debt.command("list")
def list_settlements(
    seller: Annotated[str | None, typer.Option(help="Only of this seller (sel_…).")] = None,
    state: Annotated[
        list[SettlementState] | None, typer.Option(help="Only in this state; may be given repeatedly.")
    ] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List settlements of debts, the newest first."""

    async def work(session: Session) -> Page[SettlementView]:
        query = ListSettlements(
            seller_id=SellerId(seller) if seller else None,
            states=frozenset(state or ()),
            page=PageRequest(limit=limit, cursor=cursor),
        )
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _COLUMNS, _rows, as_json=as_json)


@debt.command("write-off")
def write_off(
    seller: SellerArgument,
    amount: Amount,
    reason: Annotated[str, typer.Option(help="Why; kept with who did it and when.")],
    currency: Currency = "EUR",
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Write off what a seller will never pay. A large amount waits for another operator."""
    command = SettleDebt(
        seller_id=SellerId(seller), currency=currency, means=Means.WRITE_OFF, amount_minor=amount, note=reason
    )
    _settle(command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@debt.command("top-up")
def top_up(
    seller: SellerArgument,
    amount: Amount,
    reference: Annotated[str, typer.Option(help="Under which the money arrived at the provider; used once.")],
    currency: Currency = "EUR",
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Book money of a seller that has arrived: it pays the debt, and the rest is payable to the seller."""
    command = SettleDebt(
        seller_id=SellerId(seller), currency=currency, means=Means.TOP_UP, amount_minor=amount, note=reference
    )
    _settle(command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@debt.command("take-back")
def take_back(
    seller: SellerArgument,
    amount: Amount,
    payout: Annotated[str, typer.Option(help="The paid payout whose transfer is taken back (pyt_…).")],
    reason: Annotated[str, typer.Option(help="Why; kept with who did it and when.")],
    currency: Currency = "EUR",
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Have the provider take back what the seller's own balance there has."""
    command = SettleDebt(
        seller_id=SellerId(seller),
        currency=currency,
        means=Means.REVERSAL,
        amount_minor=amount,
        note=reason,
        payout_id=PayoutId(payout),
    )
    _settle(command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@debt.command("approve")
def approve(
    settlement: SettlementArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Approve a large write-off that another operator asked for."""
    _decide(settlement, True, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@debt.command("reject")
def reject(
    settlement: SettlementArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Reject a write-off that was asked for."""
    _decide(settlement, False, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def _settle(command: SettleDebt, *, reason: str | None, dry_run: bool, as_json: bool, as_user: str | None) -> None:
    settled = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show(settled, as_json=as_json)


def _decide(
    settlement: str, approve: bool, *, reason: str | None, dry_run: bool, as_json: bool, as_user: str | None
) -> None:
    settlement_id = SettlementId(settlement)

    async def then(_: Session, state: SettlementState) -> SettledDebt:
        return SettledDebt(settlement_id=settlement_id, state=state)

    command = DecideWriteOff(settlement_id=settlement_id, approve=approve)
    decided = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show(decided, as_json=as_json)


def _show(settled: SettledDebt, *, as_json: bool) -> None:
    if as_json:
        show_json(settled)
        return
    console.print(f"{settled.settlement_id} is [bold]{settled.state.value}[/bold]")


def _rows(view: SettlementView) -> Rows:
    asked = f"{view.requested_at:%Y-%m-%d %H:%M}"
    return [
        (
            asked,
            view.settlement_id,
            view.seller_id,
            view.means.value,
            view.state.value,
            str(view.amount),
            escape(view.note),
        )
    ]
