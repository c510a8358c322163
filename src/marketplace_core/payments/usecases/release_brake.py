"""Release a brake: an operator has looked, and money goes on."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.brake import BrakeCause
from marketplace_core.payments.domain.errors import BrakeNotFound
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.release_escrow import plan_payout_run


@frozen(kw_only=True)
class ReleaseBrake(Command[None]):
    """Let money go on that stands still; ``note`` says why."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    cause: BrakeCause
    note: str


@frozen(kw_only=True)
class ReleaseBrakeHandler:
    """Let the brake go.

    - What it names counts as seen: the next inspection sets it again only for something else.
    - What waited goes on by its own timers; payouts are assembled at the next run.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ReleaseBrake, by: Actor) -> None:
        """Carry it out. Raises ``BrakeNotFound``, ``MalformedReason``."""
        now = self.clock.now()
        async with self.begin() as work:
            last = await work.brakes.last(command.cause)
            if last is None or not last.is_on:
                raise BrakeNotFound(f"No brake is on for {command.cause.value}.")
            last.release(command.note, by.principal, now)
            await work.brakes.save(last)
            await plan_payout_run(work, self.policy, now)
