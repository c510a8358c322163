"""``marketplace policy``: the terms of trade, shown as a document and checked before they are used."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from marketplace_core.payments import ViewTerms
from marketplace_core.payments.terms import MalformedPolicy, document_of, policy_flaws, policy_of
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.composition.terms import policy_document

policy = typer.Typer(help="The terms of trade: show them, check a document of new ones.", no_args_is_help=True)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]


@policy.command("show")
def show(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show the terms under which orders are placed now, as a document (TOML; JSON with --json)."""

    async def work(session: Session) -> Mapping[str, Any]:
        return document_of(await session.opened.market.ask(ViewTerms(), by=session.by))

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@policy.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="The document: .toml or .json.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with a document of terms, every mistake in a sentence; show it in full if nothing is."""

    async def work(session: Session) -> Mapping[str, Any]:
        max_hold = session.opened.adapters.payments.payments.max_hold
        document = policy_document(file)
        try:
            return document_of(policy_of(document, max_hold=max_hold))
        except MalformedPolicy:
            if not as_json:
                for flaw in policy_flaws(document, max_hold=max_hold):
                    console.print(f"- {escape(flaw)}", soft_wrap=True)
            raise

    _show(run(work, as_json=as_json), as_json=as_json)


def _show(document: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        show_json(document)
        return
    for name, value in document.items():
        console.print(f"{name} = {json.dumps(value)}", markup=False, highlight=False, soft_wrap=True)
