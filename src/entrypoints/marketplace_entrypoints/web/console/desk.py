"""What every room of the console shares: pages of lists, what a filter says, and commands that may be refused."""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any, Final, TypeVar

from starlette.responses import Response

from marketplace_core.kernel.access import Permission
from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PageRequest
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.console.reasons import blocked
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.pages import Page, do, show
from marketplace_entrypoints.web.visit import Handler, Visit

ROWS: Final = 30
SAID: Final = frozenset({ErrorKind.INVALID, ErrorKind.RULE_BROKEN, ErrorKind.CONFLICT})
"""Refusals that an operator can do something about: they are said where the operator stands."""
WHY: Final = "why"
"""The field in which an operator says why money is moved by hand."""
EnumT = TypeVar("EnumT", bound=Enum)
Shown = Callable[[Visit, Form, int], Awaitable[Response]]
"""Shows the page that a form stands on, with the form as it was sent, under a status."""


def room(path: str, handler: Handler) -> Page:
    """Show something to operators, and to nobody else."""
    return show(path, handler, Permission.OPERATOR)


def work(path: str, handler: Handler) -> Page:
    """Do something for operators, and for nobody else."""
    return do(path, handler, Permission.OPERATOR)


def turned(visit: Visit, limit: int = ROWS) -> PageRequest:
    """Return which page of a list is asked for."""
    return PageRequest(limit=limit, cursor=visit.asked("cursor") or None)


def picked(visit: Visit, name: str, kind: type[EnumT]) -> EnumT | None:
    """Return what a list is narrowed to; anything that is no such thing narrows nothing."""
    wanted = visit.asked(name)
    return next((member for member in kind if member.value == wanted), None)


async def carry_out(
    visit: Visit, command: Command[Any], *, again: Shown, after: str, notice: str, reason: str | None = None
) -> Response:
    """Carry out a command and go on; a refusal that the operator can do something about is said where they stand."""
    try:
        await visit.execute(command, reason=reason)
    except MarketplaceError as refusal:
        return await _said(visit, refusal, again)
    return visit.go(after, notice)


async def move_money(visit: Visit, command: Command[Any], *, again: Shown, after: str, notice: str) -> Response:
    """Carry out a command that moves money or keeps it from moving: for a reason, or only to see what would happen."""
    form = await visit.form()
    if form.text("what") == "rehearse":
        try:
            seen = await visit.market.rehearse(command, by=visit.by)
        except MarketplaceError as refusal:
            return await _said(visit, refusal, again)
        form.steps = [*seen.steps, *(() if seen.asks is None else (f"ask the provider: {seen.asks}",))]
        return await again(visit, form, 200)
    reason = form.text(WHY, required=True)
    if not form.fits:
        return await again(visit, form, 422)
    return await carry_out(visit, command, again=again, after=after, notice=notice, reason=reason)


async def _said(visit: Visit, refusal: MarketplaceError, again: Shown) -> Response:
    if refusal.kind not in SAID:
        raise refusal
    form = await visit.form()
    if "blocked_by" in refusal.facts:
        reasons = refusal.facts["blocked_by"]
        form.refusal = blocked(visit.language, reasons if isinstance(reasons, list) else ())
    else:
        visit.blame(form, refusal, "reason", WHY)
    return await again(visit, form, status_of(refusal))
