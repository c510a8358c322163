"""``marketplace adapters``: which adapters are installed, and which are chosen."""

from typing import Annotated

import typer
from rich.table import Table

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.plugins import GROUPS, installed, load_adapter
from marketplace_entrypoints.cli.run import JsonOption, console, show_json
from marketplace_entrypoints.composition.settings import Settings

adapters = typer.Typer(help="Adapters: what is installed, what is chosen, and why.", no_args_is_help=True)


@adapters.command("list")
def list_adapters(
    why: Annotated[
        bool, typer.Option("--why", help="Say what each adapter is and where its choice comes from.")
    ] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """List the installed adapters of every port; the chosen one of each is marked."""
    chosen = Settings().chosen()
    rows = [
        {
            "port": group.removeprefix("marketplace_core."),
            "name": name,
            "distribution": distribution,
            "chosen": chosen[group] == name,
            "summary": _summary(group, name),
        }
        for group in GROUPS
        for name, distribution in (installed(group) or {"": "none"}).items()
    ]
    if as_json:
        show_json(rows)
        return
    table = Table("", "port", "adapter", "from", *(["what it is"] if why else []), box=None, pad_edge=False)
    for row in rows:
        marked = "[green]●[/green]" if row["chosen"] else " "
        table.add_row(
            marked,
            str(row["port"]),
            str(row["name"]),
            str(row["distribution"]),
            *([str(row["summary"])] if why else []),
        )
    console.print(table)
    if why:
        console.print("\nAnother one is chosen by MARKETPLACE_<PORT>=<name>, for example MARKETPLACE_DATABASE=sqlite.")


def _summary(group: str, name: str) -> str:
    try:
        return load_adapter(group, name).summary
    except MarketplaceError as refusal:
        return refusal.message
