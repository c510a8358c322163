"""``marketplace policy``: the terms of trade, shown, checked, put to use and compared, version by version."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.markup import escape

from marketplace_core.kernel.documents import Document
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.operations import (
    CheckPolicy,
    ComparePolicies,
    ListPolicies,
    PolicyChange,
    PolicyVersion,
    ReturnToPolicy,
    UsePolicy,
    ViewPolicy,
)
from marketplace_core.payments.terms import MalformedPolicy
from marketplace_entrypoints.cli.acting import DryRun, act, itself
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, refuse, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page
from marketplace_entrypoints.composition.terms import policy_document
from marketplace_entrypoints.problems import exit_code_of

policy = typer.Typer(
    help="The terms of trade: show them, check a document of new ones, use it, go back, compare.", no_args_is_help=True
)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
File = Annotated[Path, typer.Argument(help="The document: .toml or .json.", exists=True, dir_okay=False)]
Why = Annotated[str, typer.Option("--reason", help="Why; kept with who did it and when.")]
_COLUMNS: Final = ("version", "name", "in use since", "who", "why", "says (SHA-256)")


@policy.command("show")
def show(
    version: Annotated[int | None, typer.Argument(min=0, help="A stored version; the one in use if left out.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show terms of trade as a document (TOML; JSON with --json); 0 is what held before the first stored version."""

    async def work(session: Session) -> PolicyVersion:
        return await session.opened.market.ask(ViewPolicy(number=version), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if not as_json:
        reason = " ".join(found.reason.split())
        said = f"# version {found.number}, by {found.used_by} at {found.used_at:%Y-%m-%d %H:%M} UTC: {reason}"
        console.print(said, markup=False, highlight=False, soft_wrap=True)
    _show(found.document, as_json=as_json)


@policy.command("list")
def list_policies(
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List the stored versions, the newest first; it is the one in use."""

    async def work(session: Session) -> Page[PolicyVersion]:
        query = ListPolicies(page=PageRequest(limit=limit, cursor=cursor))
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _COLUMNS, _rows, as_json=as_json)


@policy.command("check")
def check(file: File, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Say what is wrong with a document of terms, every mistake in a sentence; show it in full if nothing is."""
    query = CheckPolicy(document=_read(file, as_json=as_json))

    async def work(session: Session) -> Document:
        try:
            return await session.opened.market.ask(query, by=session.by)
        except MalformedPolicy as malformed:
            _say(malformed, as_json=as_json)
            raise

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@policy.command("diff")
def diff(
    before: Annotated[int, typer.Argument(min=0, help="A stored version; 0 is what held before the first.")],
    after: Annotated[int | None, typer.Argument(min=0, help="Another; the one in use if left out.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say what differs from one version to another, key by key."""

    async def work(session: Session) -> tuple[PolicyChange, ...]:
        return await session.opened.market.ask(ComparePolicies(before=before, after=after), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    for one in found:
        console.print(f"{one.key}: {_written(one.before)} → {_written(one.after)}", markup=False, soft_wrap=True)
    if not found:
        console.print("They say the same.")


@policy.command("use")
def use(file: File, reason: Why, dry_run: DryRun = False, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Use the terms of a document for orders that are placed from now on; earlier ones keep what was agreed.

    Every process takes them up within seconds. Terms that are in use already are not stored again.
    """
    command = UsePolicy(document=_read(file, as_json=as_json), reason=reason)
    _use(command, reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@policy.command("return")
def return_to(
    version: Annotated[int, typer.Argument(min=0, help="The version to use again; 0 is what held before the first.")],
    reason: Why,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Use the terms of an earlier version again: they become a new one."""
    command = ReturnToPolicy(number=version, reason=reason)
    _use(command, reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def _use(command: Command[PolicyVersion], reason: str, *, dry_run: bool, as_json: bool, as_user: str | None) -> None:
    used = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(used)
    else:
        console.print(f"Version [bold]{used.number}[/bold] of the terms, {escape(used.name)}, is in use.")


def _read(file: Path, *, as_json: bool) -> tuple[tuple[str, Any], ...]:
    try:
        return tuple(policy_document(file).items())
    except MalformedPolicy as malformed:
        refuse(malformed, as_json=as_json)
        raise typer.Exit(exit_code_of(malformed)) from None


def _say(malformed: MalformedPolicy, *, as_json: bool) -> None:
    flaws = malformed.facts.get("flaws")
    for flaw in flaws if isinstance(flaws, list) and not as_json else ():
        console.print(f"- {escape(str(flaw))}", soft_wrap=True)


def _show(document: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        show_json(document)
        return
    for name, value in document.items():
        console.print(f"{name} = {json.dumps(value)}", markup=False, highlight=False, soft_wrap=True)


def _written(value: object) -> str:
    return "—" if value is None else json.dumps(value)


def _rows(one: PolicyVersion) -> Rows:
    since = f"{one.used_at:%Y-%m-%d %H:%M}"
    return [(str(one.number), one.name, since, one.used_by, escape(one.reason), one.digest[:12])]
