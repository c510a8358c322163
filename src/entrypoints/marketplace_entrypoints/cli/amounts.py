"""What a buyer pays: shop by shop, and line by line."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from marketplace_core.kernel.money import Money
from marketplace_core.orders import SellerGroup, SellerOrderView, Totals
from marketplace_entrypoints.cli.run import console


def show_groups(groups: Sequence[SellerGroup | SellerOrderView]) -> None:
    """Show what each shop sells and delivers; ``together`` is the shop's share."""
    table = Table("", "each", "units", "total", box=None, pad_edge=False)
    for group in groups:
        table.add_row(f"[bold]{escape(group.seller_name)}[/bold]", "", "", "")
        for line in group.lines:
            title = escape(f"  {line.title} {line.variant_title}".rstrip())
            table.add_row(title, str(line.unit_price), str(line.quantity), str(line.total))
        if group.pricing.discount_minor:
            off = Money(-group.pricing.discount_minor, group.items.currency)
            table.add_row("  voucher of the shop", "", "", str(off))
        table.add_row("  delivery", "", "", str(group.delivery))
        table.add_row("  together", "", "", str(group.total))
    console.print(table)


def show_totals(totals: Totals, voucher: str | None) -> None:
    """Show what makes the total, line by line; what is nothing is left out."""
    table = Table("", "", box=None, pad_edge=False, show_header=False)
    table.add_row("goods", str(totals.goods))
    if totals.discount:
        table.add_row(f"voucher {voucher}", str(-totals.discount))
    table.add_row("delivery", str(totals.delivery))
    if totals.tax:
        table.add_row("tax", str(totals.tax))
    if totals.fee:
        table.add_row("service fee", str(totals.fee))
    table.add_row("[bold]total[/bold]", f"[bold]{totals.total}[/bold]")
    console.print(table)
