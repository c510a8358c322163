"""Freeze escrow: stop the release of a held payment, for a reason."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.escrow import checked_reason
from marketplace_core.payments.ports import PaymentsWork


@frozen(kw_only=True)
class FreezeEscrow(Command[None]):
    """Stop the release of a held payment. ``reason`` is a short word such as ``risk`` or ``undelivered``."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_order_id: SellerOrderId
    reason: str


@frozen(kw_only=True)
class FreezeEscrowHandler:
    """Freeze a held payment.

    - Only money that is held can be frozen; parcels go on.
    - Several reasons may stand at once; the same one twice is one.
    """

    begin: Begin[PaymentsWork]

    async def __call__(self, command: FreezeEscrow, by: Actor) -> None:
        """Carry it out. Raises ``EscrowNotFound``, ``MalformedReason``, ``WrongState``."""
        async with self.begin() as work:
            hold = await work.holds.get(command.seller_order_id)
            hold.freeze(checked_reason(command.reason))
            await work.holds.save(hold)
