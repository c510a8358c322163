"""``marketplace explain``: where each cent is, why it is there, and what moves it next."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.table import Column, Table

from marketplace_core.kernel.ids import OrderId, PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.messages import Query
from marketplace_core.payments.books import (
    ExplainBalance,
    ExplainCommission,
    ExplainOrder,
    ExplainPayout,
    Explanation,
)
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

explain = typer.Typer(
    help="Where each cent is, why, and what moves it next. The parts sum to the total.", no_args_is_help=True
)
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]


@explain.command("order")
def explain_order(
    order_id: Annotated[str, typer.Argument(help="The order (ord_…).")], as_json: AsJson = False, as_user: AsUser = None
) -> None:
    """Say where each cent of an order is."""
    _tell(ExplainOrder(OrderId(order_id)), as_json=as_json, as_user=as_user)


@explain.command("payout")
def explain_payout(
    payout_id: Annotated[str, typer.Argument(help="The payout (pyt_…).")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say what a payout is made of, and what becomes of it."""
    _tell(ExplainPayout(PayoutId(payout_id)), as_json=as_json, as_user=as_user)


@explain.command("balance")
def explain_balance(
    seller_id: Annotated[str, typer.Argument(help="The seller (sel_…).")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say where a seller's money is."""
    _tell(ExplainBalance(SellerId(seller_id)), as_json=as_json, as_user=as_user)


@explain.command("commission")
def explain_commission(
    seller_order_id: Annotated[str, typer.Argument(help="The seller order (sor_…).")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say how the commission on a part of an order, with its tax, comes about."""
    _tell(ExplainCommission(SellerOrderId(seller_order_id)), as_json=as_json, as_user=as_user)


def _tell(query: Query[Any], *, as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> Any:
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    for one in found if isinstance(found, Sequence) else (found,):
        _show(one)


def _show(found: Explanation) -> None:
    table = Table(
        *(Column(name, overflow="fold") for name in ("where", "about", "amount", "why", "what moves it", "when")),
        box=None,
        pad_edge=False,
    )
    for part in found.parts:
        when = f"{part.at:%Y-%m-%d %H:%M}" if part.at else ""
        table.add_row(part.where, part.about, str(part.amount), part.why, part.next, when)
    console.print(table)
    console.print(f"{found.subject}: [bold]{found.total}[/bold] in all", soft_wrap=True)
