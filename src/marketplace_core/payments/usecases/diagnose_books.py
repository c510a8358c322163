"""Diagnose the books: what is wrong with them, and what would mend it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.brake import FINDINGS_MAX
from marketplace_core.payments.ports import Audit, PaymentsWork, Violation
from marketplace_core.payments.usecases.mending import Proposal, proposals


@frozen(kw_only=True)
class Diagnosis:
    """What is wrong with the books, and which journals would mend some of it."""

    violations: tuple[Violation, ...]
    proposals: tuple[Proposal, ...]


@frozen
class DiagnoseBooks(Command[Diagnosis]):
    """Look for what must never be in the books, and for journals that would mend it. Changes nothing."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class DiagnoseBooksHandler:
    """Audit the books and look for what would mend them.

    - Everything that is wrong is named with its row.
    - A journal is proposed only where the rows say what must be booked, or where a journal is about nothing.
    """

    begin: Begin[PaymentsWork]
    audit: Audit
    clock: Clock

    async def __call__(self, command: DiagnoseBooks, by: Actor) -> Diagnosis:
        """Answer with what was found."""
        violations = tuple(await self.audit.violations(self.clock.now(), limit=FINDINGS_MAX))
        if not violations:
            return Diagnosis(violations=(), proposals=())
        async with self.begin() as work:
            return Diagnosis(violations=violations, proposals=await proposals(work, violations))
