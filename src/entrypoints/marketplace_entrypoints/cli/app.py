"""``marketplace``: everything an operator may do, and both journeys for those who like to type."""

import typer

from marketplace_entrypoints.cli.commands import COMMANDS, GROUPS
from marketplace_entrypoints.logs import log_as_json

app = typer.Typer(
    name="marketplace",
    help="An open marketplace where many sellers sell: one cart, one payment, money held per seller until delivery.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
)
for name, command in COMMANDS.items():
    app.command(name)(command)
for name, group in GROUPS.items():
    app.add_typer(group, name=name)


def main() -> None:
    """Run the command line."""
    log_as_json("warning")
    app()
