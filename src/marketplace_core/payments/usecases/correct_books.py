"""Correct the books: book what they lack, as journals of its own."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.brake import FINDINGS_MAX
from marketplace_core.payments.domain.errors import ProposalNotFound
from marketplace_core.payments.ports import Audit, PaymentsWork
from marketplace_core.payments.usecases.mending import proposals


@frozen
class CorrectBooks(Command[tuple[str, ...]]):
    """Post the proposed journals of these names, as the last diagnosis had them."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    names: tuple[str, ...]


@frozen(kw_only=True)
class CorrectBooksHandler:
    """Mend the books.

    - Nothing that was booked is changed or removed: what is missing is added, what is about nothing is mirrored.
    - Only what a diagnosis proposes now, by its name; all of it or nothing.
    - Brakes stay as they are: an operator lets them go after another look.
    """

    begin: Begin[PaymentsWork]
    audit: Audit
    clock: Clock

    async def __call__(self, command: CorrectBooks, by: Actor) -> tuple[str, ...]:
        """Carry it out. Raises ``ProposalNotFound``, ``AlreadyPosted``, ``InsufficientFunds``."""
        now = self.clock.now()
        async with self.begin() as work:
            violations = await self.audit.violations(now, limit=FINDINGS_MAX)
            known = {one.name: one for one in await proposals(work, violations)}
            for name in command.names:
                if name not in known:
                    raise ProposalNotFound(f"{name} is not proposed (any more).", known=list(known))
                await work.ledger.post(known[name].journal, now)
        return command.names
