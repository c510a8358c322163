"""The receipt as it is printed: narrow, in the order in which one would ask."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from marketplace_entrypoints.demo.check.receipt import Around, Letter, Moment, Receipt


def printed(receipt: Receipt) -> Panel:
    """Return it."""
    title = "[bold]Receipt[/bold]"
    return Panel(Group(*_parts(receipt)), title=title, border_style="green", padding=(1, 1), expand=False)


def _parts(receipt: Receipt) -> Iterator[RenderableType]:
    def money(amount_minor: int) -> str:
        return amount(amount_minor, receipt.currency)

    yield f"[bold]Where[/bold] {escape(receipt.address)}"
    yield f"[dim]on {escape(', '.join(receipt.engines) or 'engines that were not named')}[/dim]\n"
    yield f"[bold]What happened[/bold] to {receipt.order_id}"
    yield _timeline(receipt.timeline)
    yield "\n[bold]Mails[/bold]"
    yield _mails(receipt.mails)
    yield "\n[bold]Who holds which cent[/bold] of this order"
    rows = [(share.holder, share.what, money(share.amount_minor)) for share in receipt.shares]
    rows.append(("still held", "in escrow", money(receipt.escrow_minor)))
    rows.append(("[bold]the buyer paid[/bold]", "", f"[bold]{money(receipt.paid_minor)}[/bold]"))
    yield _grid(rows, figures=True)
    yield f"[dim]The provider's fee of {money(receipt.provider_fee_minor)} is the marketplace's to bear.[/dim]"
    yield "\n[bold]Every shop's money[/bold]"
    yield _balances(receipt.balances, receipt.currency)
    yield "\n[bold]Trial balance[/bold] (debits less credits)"
    kinds = [(kind.replace("_", " "), money(balance)) for kind, balance in receipt.trial_balance.items() if balance]
    total = f"[bold]{money(receipt.trial_balance_sum_minor)}[/bold]"
    yield _grid([*kinds, ("[bold]sum[/bold]", total)], figures=True)
    unpaid = receipt.unpaid
    yield f"\n[bold]The order nobody paid[/bold] {unpaid.order_id}"
    stock = f"{unpaid.stock_before} before, {unpaid.stock_meanwhile} meanwhile, {unpaid.stock_after} after"
    yield _grid([("state", unpaid.state), ("available", stock), ("ledger rows", _looked(unpaid.ledger_rows))])
    yield "\n[bold]What went wrong[/bold] in the town, as the console tells it"
    for trouble in receipt.troubles:
        yield Text.assemble((f"{trouble.what}  ", "dim"), (trouble.page, "cyan"), overflow="fold")
    if receipt.around is not None:
        yield "\n[bold]Around the marketplace[/bold]"
        yield _around(receipt.around)
    for one in receipt.left_out:
        yield f"\n[yellow]Not made:[/yellow] {one.step}, for {one.why}."
    seconds = sum(step.seconds for step in receipt.steps)
    counted = f"All {len(receipt.steps)} steps" if not receipt.left_out else f"{len(receipt.steps)} steps"
    yield f"\n[green]{counted} went as they should,[/green] in {seconds:.0f} seconds."


def _around(around: Around) -> Table:
    rows = []
    if around.arrived is not None:
        rows.append(("arrived by SMTP", escape(f"{around.arrived.subject}, for {around.arrived.to}")))
    if around.logs:
        lines, requests = sum(log.lines for log in around.logs), sum(log.requests for log in around.logs)
        rows.append(("followed", f"request {around.request_id}, in two logs under one trace"))
        rows.append(("logs", f"{len(around.logs)}, of {lines} lines: every one a JSON object"))
        rows.append(("requests", f"{requests} of these lines, every one with its id and its trace"))
    rows += [(f"log of {name}", f"{lines} lines in words of its own") for name, lines in around.servers]
    return _grid(rows)


def _looked(rows: int | None) -> str:
    return "not looked for" if rows is None else str(rows)


def amount(amount_minor: int, currency: str) -> str:
    """Return an amount of a currency with two decimals, as in 1,234.50 EUR."""
    return f"{amount_minor / 100:,.2f} {currency}"


def _timeline(moments: Sequence[Moment]) -> Table:
    table = Table.grid(padding=(0, 2))
    for moment in moments:
        at = datetime.fromisoformat(moment.at)
        table.add_row(f"[dim]{at:%H:%M:%S}[/dim]", moment.what.replace("_", " "), escape(moment.where))
    return table


def _mails(letters: Sequence[Letter]) -> Table:
    table = Table.grid(padding=(0, 2))
    for letter in letters:
        table.add_row(f"[dim]{escape(letter.to)}[/dim]", escape(letter.subject))
    return table


def _balances(balances: Mapping[str, Mapping[str, int]], currency: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2), header_style="dim")
    table.add_column("")
    for name in ("held", "payable", "on its way", "paid out"):
        table.add_column(name, justify="right")
    for shop, one in balances.items():
        figures = (one["held"], one["payable"], one["in_payout"], one["paid"])
        table.add_row(escape(shop), *(f"{figure / 100:,.2f}" for figure in figures))
    totals = [sum(one[kind] for one in balances.values()) for kind in ("held", "payable", "in_payout", "paid")]
    table.add_row(f"[bold]together, {currency}[/bold]", *(f"[bold]{total / 100:,.2f}[/bold]" for total in totals))
    return table


def _grid(rows: Sequence[tuple[str, ...]], *, figures: bool = False) -> Table:
    table = Table.grid(padding=(0, 2))
    for number in range(1, len(rows[0]) + 1):
        table.add_column(justify="right" if figures and number == len(rows[0]) else "left")
    for row in rows:
        table.add_row(*row)
    return table
