"""Set the brakes when something was found, and ask whether they are on. Runs in an open transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from marketplace_core.kernel.ids import IdFactory
from marketplace_core.payments.domain.brake import Brake, BrakeCause, unseen
from marketplace_core.payments.domain.errors import MoneyPaused
from marketplace_core.payments.ports import PaymentsWork, Violation

TRY_AGAIN_AFTER: Final = timedelta(minutes=10)
"""When a timer looks again that found a brake on."""


def as_findings(violations: Sequence[Violation]) -> tuple[str, ...]:
    """Name what an audit has found: the check and the row. Amounts may move on while it is looked at."""
    return tuple(dict.fromkeys(f"{one.check} {one.subject}" for one in violations))


async def brake(
    work: PaymentsWork, cause: BrakeCause, findings: Sequence[str], *, ids: IdFactory, now: datetime
) -> Brake | None:
    """Set the brake for what nobody has let go yet, or add it to the one that is on; return the one that is on."""
    last = await work.brakes.last(cause)
    if last is not None and last.is_on:
        if last.find(findings):
            await work.brakes.save(last)
        return last
    fresh = unseen(findings, last)
    if not fresh:
        return None
    made = Brake.pull(ids.new("brk"), cause, findings, now)
    await work.brakes.save(made)
    return made


async def standing_still(work: PaymentsWork, *causes: BrakeCause) -> tuple[Brake, ...]:
    """Return the brakes of such causes that are on."""
    return tuple(one for one in await work.brakes.on() if one.cause in causes)


def paused(brakes: Sequence[Brake]) -> MoneyPaused:
    """Say that money stands still, and what for."""
    short_of_money = all(one.cause is BrakeCause.LIQUIDITY for one in brakes)
    return MoneyPaused(
        "No payout leaves while our balance at the provider is less than what is owed to others."
        if short_of_money
        else "Money to sellers stands still until somebody has looked at what was found.",
        retry_after_seconds=int(TRY_AGAIN_AFTER.total_seconds()),
        causes=[one.cause.value for one in brakes],
        findings=[finding for one in brakes for finding in one.findings[:20]],
    )
