"""How every command runs: one event loop, one open marketplace, one place where errors become exit codes."""

import json
import sys
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import anyio
import typer
from attrs import frozen
from rich.console import Console
from rich.markup import escape

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.plainly import plain
from marketplace_entrypoints.problems import exit_code_of, problem_of

ResultT = TypeVar("ResultT")
console: Final = Console(highlight=False)
complaints: Final = Console(stderr=True, highlight=False)
OPERATOR: Final = Actor(principal="operator:cli", roles=frozenset({Role.OPERATOR}))
"""Whoever can run the command line beside the data folder is an operator."""


@frozen(kw_only=True)
class Session:
    """What a command works with: the open marketplace, who acts, and whether the answer is for a program."""

    opened: OpenMarketplace
    by: Actor
    as_json: bool


JsonOption = typer.Option("--json", help="Print the answer as JSON.")
AsOption = typer.Option(
    "--as", help="Act as this user (e-mail or id) instead of as the operator.", envvar="MARKETPLACE_AS", metavar="USER"
)


def run(work: Callable[[Session], Awaitable[ResultT]], *, as_json: bool = False, as_user: str | None = None) -> ResultT:
    """Open the marketplace, do the work, and end the process with the right exit code if it is refused.

    A refusal is one sentence on standard error, or its problem document with ``--json``; exit codes are those of
    ``problems.EXIT_CODE``. A bug keeps its traceback and exits with 1.
    """

    async def main() -> ResultT:
        async with open_marketplace(Settings()) as opened:
            by = OPERATOR if as_user is None else await opened.market.ask(IdentifyUser(user=as_user), by=SYSTEM)
            return await work(Session(opened=opened, by=by, as_json=as_json))

    return apart(main, as_json=as_json)


def apart(work: Callable[[], Awaitable[ResultT]], *, as_json: bool = False) -> ResultT:
    """Do work that needs no open marketplace, such as preparing its database, with the same refusals."""
    with told(as_json=as_json):
        return anyio.run(work)


@contextmanager
def told(*, as_json: bool = False) -> Generator[None]:
    """Say why something was refused, and end with its exit code."""
    try:
        yield
    except MarketplaceError as refusal:
        refuse(refusal, as_json=as_json)
        raise typer.Exit(exit_code_of(refusal)) from None


def refuse(refusal: MarketplaceError, *, as_json: bool) -> None:
    """Say on standard error why it was refused."""
    if as_json:
        sys.stderr.write(json.dumps(problem_of(refusal), ensure_ascii=False) + "\n")
    else:
        complaints.print(f"[bold red]{refusal.code}[/bold red]  {escape(refusal.message)}", soft_wrap=True)


def show_json(value: Any) -> None:
    """Print any core value as one JSON document on standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")
