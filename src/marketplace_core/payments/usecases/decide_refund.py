"""Decide on a refund that somebody asked for: approve or reject it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.access import no_refund, party_of
from marketplace_core.payments.domain.errors import PaymentNotFound, SecondOperatorNeeded
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import owe


@frozen(kw_only=True)
class ApproveRefund(Command[RefundState]):
    """Give the money back that was asked for."""

    permission: ClassVar[Permission] = Permission.SELLER

    refund_id: RefundId


@frozen(kw_only=True)
class ApproveRefundHandler:
    """Approve a refund.

    - A seller decides about a refund of their own part and of no other; an operator about any.
    - An operator's own large refund is approved by another operator.
    - What is left, and whether a card dispute is open, is looked at again now.
    - Approving what is approved changes nothing.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ApproveRefund, by: Actor) -> RefundState:
        """Carry it out.

        Raises ``RefundNotFound``, ``SecondOperatorNeeded``, ``RefundExceedsRemaining``, ``RefundBlockedByDispute``,
        ``WrongState``.
        """
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            who = _decider(refund, by)
            if refund.approved_at is not None:
                return refund.state
            is_own = who is Who.OPERATOR and refund.requested_by is Who.OPERATOR and refund.requester_id == by.user_id
            if is_own and refund.needs_second(self.policy):
                raise SecondOperatorNeeded("Another operator has to approve a refund of this size.")
            await owe(work, refund, who, self.clock.now())
        return refund.state


@frozen(kw_only=True)
class RejectRefund(Command[RefundState]):
    """Refuse a refund; ``note`` tells the buyer why."""

    permission: ClassVar[Permission] = Permission.SELLER

    refund_id: RefundId
    note: str


@frozen(kw_only=True)
class RejectRefundHandler:
    """Refuse a refund.

    - A seller decides about a refund of their own part and of no other; an operator about any.
    - The buyer is told why, in the words given.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: RejectRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``, ``MalformedRefund``, ``WrongState``."""
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            refund.reject(command.note, _decider(refund, by), self.clock.now())
            await work.refunds.save(refund)
            await work.deadlines.cancel(timers.DECIDE_REFUND, refund.refund_id)
        return refund.state


def _decider(refund: Refund, by: Actor) -> Who:
    sellers = {part.seller_id for part in refund.parts}
    if by.seller_id is not None and sellers != {by.seller_id} and not by.roles & {Role.OPERATOR, Role.SYSTEM}:
        raise no_refund()
    try:
        who = party_of(by, buyer_id=refund.buyer_id, seller_ids=sellers)
    except PaymentNotFound:
        raise no_refund() from None
    if who is Who.BUYER:
        # An operator, or a seller, who bought something decides as what they are, never as the buyer.
        who = Who.OPERATOR if Role.OPERATOR in by.roles else Who.SELLER
        if who is Who.SELLER and sellers != {by.seller_id}:
            raise no_refund()
    return Who.TIMER if who is Who.SYSTEM else who
