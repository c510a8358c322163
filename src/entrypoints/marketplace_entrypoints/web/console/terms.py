"""The terms of trade: every version, who put it to use when and why, and what changed with it."""

import json
from typing import Final

from starlette.responses import Response

from marketplace_core.operations import ComparePolicies, ListPolicies, PolicyChange, PolicyNotFound, ViewPolicy
from marketplace_entrypoints.web.console.desk import turned
from marketplace_entrypoints.web.visit import Visit

NUMBER_DIGITS_MAX: Final = 9
"""A number of more digits is no version's."""


async def versions(visit: Visit) -> Response:
    """List the stored versions, the newest first, and what held before the first."""
    found = await visit.ask(ListPolicies(page=turned(visit)))
    return visit.page(
        "console/terms.html",
        versions=found,
        first=None if found.next_cursor else await visit.ask(ViewPolicy(number=0)),
        in_use=(await visit.ask(ViewPolicy())).number,
    )


async def version(visit: Visit) -> Response:
    """Show one version whole, and what differs between it and the one before."""
    number = picked_number(visit)
    shown = await visit.ask(ViewPolicy(number=number))
    changed: tuple[PolicyChange, ...] = ()
    if number:
        changed = await visit.ask(ComparePolicies(before=number - 1, after=number))
    return visit.page(
        "console/terms_version.html",
        shown=shown,
        changed=changed,
        in_use=(await visit.ask(ViewPolicy())).number,
        written=written,
    )


def picked_number(visit: Visit) -> int:
    """Return which version is meant. Raises ``PolicyNotFound`` for what is no number."""
    name = visit.named("number")
    if not (name.isascii() and name.isdigit() and len(name) <= NUMBER_DIGITS_MAX):
        raise PolicyNotFound("There is no such version of the terms of trade.")
    return int(name)


def written(value: object) -> str:
    """Return a value as a document writes it; a dash for a key that is not there."""
    return "—" if value is None else json.dumps(value, ensure_ascii=False)
