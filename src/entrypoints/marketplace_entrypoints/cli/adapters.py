"""``marketplace adapters``: which adapters are installed, and which are chosen."""

from typing import Annotated

import anyio
import typer
from attrs import asdict
from rich.markup import escape
from rich.table import Table

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.plugins import GROUPS, installed, load_adapter
from marketplace_entrypoints.cli.run import JsonOption, console, show_json
from marketplace_entrypoints.composition.checking import Checked, check_adapters
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
    settings = Settings()
    chosen = settings.chosen()
    rows = [
        {
            "port": group.removeprefix("marketplace_core."),
            "name": name,
            "distribution": distribution,
            "chosen": chosen[group] == name,
            "because": _because(settings, group) if chosen[group] == name else None,
            "summary": _summary(group, name),
        }
        for group in GROUPS
        for name, distribution in (installed(group) or {"": "none"}).items()
    ]
    if as_json:
        show_json(rows)
        return
    table = Table(
        "", "port", "adapter", "from", *(["because of", "what it is"] if why else []), box=None, pad_edge=False
    )
    for row in rows:
        marked = "[green]●[/green]" if row["chosen"] else " "
        table.add_row(
            marked,
            str(row["port"]),
            str(row["name"]),
            str(row["distribution"]),
            *([str(row["because"] or ""), str(row["summary"])] if why else []),
        )
    console.print(table)
    if why:
        console.print("\nAnother one is chosen by MARKETPLACE_<PORT>=<name>, for example MARKETPLACE_DATABASE=sqlite.")


@adapters.command("check")
def check(
    use: Annotated[
        list[str] | None, typer.Option(help="Check another one than the chosen: search_engine=shelf. Repeatable.")
    ] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Open the chosen adapters as they are set up, and see that each brings what its port asks. Exits with 1 if not."""
    settings = Settings()
    chosen = settings.chosen()
    for each in use or ():
        port, _, name = each.partition("=")
        if f"marketplace_core.{port}" not in chosen or not name:
            raise typer.BadParameter(f"{each!r} is not <port>=<name>; ports are {', '.join(map(_port, chosen))}.")
        chosen[f"marketplace_core.{port}"] = name
    found = anyio.run(check_adapters, settings, chosen)
    if as_json:
        show_json([{"port": _port(one.group), "fine": one.is_fine, **asdict(one)} for one in found])
    else:
        for one in found:
            _show(one)
    if not all(one.is_fine for one in found):
        raise typer.Exit(1)


def _show(one: Checked) -> None:
    said = "[green]fine[/green]" if one.is_fine else "[red]not fine[/red]"
    console.print(f"{_port(one.group):<18}{escape(one.name):<14}{said}", soft_wrap=True)
    if one.says is not None:
        console.print(f"    {escape(one.says)}", soft_wrap=True)
    if one.refusal is not None:
        console.print(f"    {escape(one.refusal)}", soft_wrap=True)
    if one.lacks:
        console.print(f"    lacks {', '.join(one.lacks)}", soft_wrap=True)
    if one.could_have:
        console.print(f"    could have {', '.join(one.could_have)} as well", soft_wrap=True)


def _port(group: str) -> str:
    return group.removeprefix("marketplace_core.")


def _because(settings: Settings, group: str) -> str:
    port = _port(group)
    if port == "rate_limits" and settings.redis and not settings.rate_limits:
        return "MARKETPLACE_REDIS"
    return f"MARKETPLACE_{port.upper()}" if port in settings.model_fields_set else "the default"


def _summary(group: str, name: str) -> str:
    try:
        return load_adapter(group, name).summary
    except MarketplaceError as refusal:
        return refusal.message
