"""Inspect the books: whatever must never be in them makes money to sellers stand still."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.brake import FINDINGS_MAX, BrakeCause
from marketplace_core.payments.ports import Audit, PaymentsWork, Violation
from marketplace_core.payments.usecases.braking import as_findings, brake

LOOKED_AT_MAX: Final = FINDINGS_MAX


@frozen(kw_only=True)
class Inspection:
    """What was found, and whether money to sellers stands still because of it."""

    violations: tuple[Violation, ...]
    stands_still: bool


@frozen(kw_only=True)
class InspectBooks(Command[Inspection]):
    """Audit the books, and set the brake if they are not sound."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class InspectBooksHandler:
    """Audit the books.

    - Every few minutes, and before every payout run.
    - Anything found makes releases and payouts stand still until an operator lets them go. Refunds go on.
    - What an operator has let go does not set the brake again; anything else does.
    """

    begin: Begin[PaymentsWork]
    audit: Audit
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: InspectBooks, by: Actor) -> Inspection:
        """Carry it out."""
        now = self.clock.now()
        violations = tuple(await self.audit.violations(now, limit=LOOKED_AT_MAX))
        async with self.begin() as work:
            found = await brake(work, BrakeCause.AUDIT, as_findings(violations), ids=self.ids, now=now)
        return Inspection(violations=violations, stands_still=found is not None)
