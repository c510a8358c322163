"""Decide about a large write-off that an operator asked for."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SettlementId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals
from marketplace_core.payments.domain.debt import Means
from marketplace_core.payments.domain.errors import ExceedsDebt, SecondOperatorNeeded, WrongState
from marketplace_core.payments.domain.states.settlement import SettlementState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.settle_debt import debt_of


@frozen(kw_only=True)
class DecideWriteOff(Command[SettlementState]):
    """Approve a large write-off that another operator asked for, or reject it."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    settlement_id: SettlementId
    approve: bool


@frozen(kw_only=True)
class DecideWriteOffHandler:
    """Decide about a large write-off.

    - Whoever asked for it does not approve it, and may take it back.
    - No more is written off than is owed by then. Approving what is approved changes nothing.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: DecideWriteOff, by: Actor) -> SettlementState:
        """Carry it out. Raises ``SettlementNotFound``, ``SecondOperatorNeeded``, ``ExceedsDebt``, ``WrongState``."""
        now = self.clock.now()
        async with self.begin() as work:
            settlement = await work.settlements.get(command.settlement_id)
            if settlement.means is not Means.WRITE_OFF:
                raise WrongState("Only a write-off is decided about.", state=settlement.state.value)
            if command.approve and settlement.state is SettlementState.BOOKED:
                return settlement.state
            if not command.approve:
                settlement.reject(now)
                await work.settlements.save(settlement)
                return settlement.state
            if settlement.requester_id == by.user_id:
                raise SecondOperatorNeeded("Another operator has to approve a write-off of this size.")
            debt = await debt_of(work, settlement)
            if settlement.amount > debt:
                raise ExceedsDebt("That is more than is owed.", debt_minor=debt.amount_minor)
            settlement.book(now)
            await work.settlements.save(settlement)
            await book(work, journals.debt_written_off(settlement), now)
        return settlement.state
