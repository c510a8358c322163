"""``marketplace media``: what uploads have left behind in the file store."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from marketplace_core.kernel.files import Leftover
from marketplace_entrypoints.cli.run import JsonOption, Session, console, run, show_json

media = typer.Typer(help="Files: what uploads have left behind.", no_args_is_help=True)


@media.command("orphans")
def orphans(
    remove: Annotated[bool, typer.Option("--remove", help="Remove them; without it they are only shown.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Show uploads that nobody confirmed within a day, whole or in parts. Workers remove them by themselves."""

    async def work(session: Session) -> Sequence[Leftover]:
        return await session.opened.upload_leftovers(remove=remove)

    found = run(work, as_json=as_json)
    if as_json:
        rows = [
            {
                "key": one.key,
                "size_bytes": one.size_bytes,
                "age_seconds": int(one.age.total_seconds()),
                "in_parts": bool(one.upload_id),
            }
            for one in found
        ]
        show_json({"removed": remove, "orphans": rows})
        return
    if found:
        table = Table("key", "bytes", "hours", "came", box=None, pad_edge=False)
        for one in found:
            hours, came = f"{one.age.total_seconds() / 3600:.0f}", "in parts" if one.upload_id else "whole"
            table.add_row(one.key, str(one.size_bytes), hours, came)
        console.print(table)
    console.print(f"{len(found)} left behind, {'removed' if remove else 'nothing removed'}.")
