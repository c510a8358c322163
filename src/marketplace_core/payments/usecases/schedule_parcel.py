"""Schedule the release of a parcel: some of a part of an order arrived, and more is on its way."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen
from attrs.validators import ge

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.policy import PaymentPolicy, Proof
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.release_escrow import wait_for_release


@frozen(kw_only=True)
class ScheduleParcel(Command[None]):
    """Start the release of the ``number``-th parcel of a part; joins the transaction that notes its arrival.

    ``items_minor`` is what the goods in it are worth, ``expected_minor`` what is still to arrive, in minor units;
    ``proof`` says who vouches for the arrival at ``delivered_at``.
    """

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_order_id: SellerOrderId
    number: int = field(validator=ge(1))
    items_minor: int = field(validator=ge(0))
    expected_minor: int = field(validator=ge(0))
    proof: Proof
    delivered_at: datetime


@frozen(kw_only=True)
class ScheduleParcelHandler:
    """Decide when what has arrived of a part of an order is paid to its seller.

    - Only where that was agreed with the order; otherwise everything waits for the last parcel.
    - The better the proof, the sooner; a better one can only make it sooner.
    - What has not arrived stays held, whatever became of the rest.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ScheduleParcel, by: Actor) -> None:
        """Carry it out. Raises ``EscrowNotFound``; ``WrongState`` if the share was never paid."""
        async with self.begin() as work:
            hold = await work.holds.get(command.seller_order_id)
            policy = self.policy.agreed(hold.terms)
            if not policy.release_per_shipment:
                return
            hold.arrive(
                command.number,
                command.items_minor,
                command.proof,
                expected=command.expected_minor,
                delivered_at=command.delivered_at,
                policy=policy,
            )
            await wait_for_release(work, hold, self.clock.now())
            await work.holds.save(hold)
