"""Release escrow: the seller's part of an order becomes the seller's money."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.brake import BrakeCause
from marketplace_core.payments.domain.commission import Division
from marketplace_core.payments.domain.escrow import EscrowHold, release_id
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.hold import HOLD_MACHINE, HoldState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.braking import TRY_AGAIN_AFTER, paused, standing_still


@frozen(kw_only=True)
class ReleaseOutcome:
    """Whether the hold is released, how it was divided, and if not, what stands in the way."""

    seller_order_id: SellerOrderId
    state: HoldState
    division: Division | None
    blocked_by: tuple[str, ...] = ()


@frozen(kw_only=True)
class ReleaseEscrow(Command[ReleaseOutcome]):
    """Release the held payment of a seller order: on its timer, or because an operator says so."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class ReleaseEscrowHandler:
    """Pay a delivered part of an order to its seller.

    - Only money that is held, not frozen, and delivered is released, when its time has come; an operator may shorten
      the waiting time, and nothing else.
    - Where it was agreed so, what is sent in several parcels is released parcel by parcel: the goods of those that have
      arrived and whose time has come; the delivery with the last.
    - Commission is taken from the items under the terms of the day of the order, with its tax; the rest is the
      seller's and goes into the next payout run.
    - While the books do not add up nothing is released: a timer looks again later.
    - There is no way back; releasing twice is releasing once.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ReleaseEscrow, by: Actor) -> ReleaseOutcome:
        """Carry it out.

        Raises ``EscrowNotFound``; for an operator ``EscrowNotReleasable`` with the reasons, and ``MoneyPaused``.
        """
        now, is_operator = self.clock.now(), Role.SYSTEM not in by.roles
        async with self.begin() as work:
            hold = await work.holds.get(command.seller_order_id)
            if hold.state is HoldState.RELEASED:
                return _outcome(hold)
            blocked_by = hold.blocked_by(now, early=is_operator)
            if blocked_by and not is_operator:
                return _outcome(hold, blocked_by)
            brakes = () if blocked_by else await standing_still(work, BrakeCause.AUDIT)
            if brakes and is_operator:
                raise paused(brakes)
            if brakes:
                await work.deadlines.set(timers.RELEASE, hold.seller_order_id, now + TRY_AGAIN_AFTER)
                return _outcome(hold, ("paused",))
            await let_go(work, hold, now=now, policy=self.policy, early=is_operator)
        return _outcome(hold)


async def let_go(
    work: PaymentsWork, hold: EscrowHold, *, now: datetime, policy: PaymentPolicy, early: bool = False
) -> None:
    """Release a hold, book it, and have the next payout run look at it, in the caller's transaction."""
    release = hold.release(now=now, early=early)
    await book(work, journals.escrow_released(hold, release), now)
    if release.division.reserve:
        name = release_id(hold.seller_order_id, release.number)
        await work.deadlines.set(timers.MATURE_RESERVE, name, now + policy.agreed(hold.terms).reserve_for)
    await work.holds.save(hold)
    await work.deadlines.cancel(timers.RELEASE, hold.seller_order_id)
    if hold.state is HoldState.RELEASED:
        await work.deadlines.cancel(timers.HOLD_DEADLINE, hold.seller_order_id)
    else:
        await wait_for_release(work, hold, now)
    await plan_payout_run(work, policy, now)


async def wait_for_release(work: PaymentsWork, hold: EscrowHold, now: datetime) -> None:
    """Set the timer of a hold by which something of it is due next, if that is known."""
    due_at = hold.next_release(now)
    if hold.state not in HOLD_MACHINE.ends and due_at is not None:
        await work.deadlines.set(timers.RELEASE, hold.seller_order_id, due_at)


async def plan_payout_run(work: PaymentsWork, policy: PaymentPolicy, now: datetime) -> None:
    """Make sure that payouts are assembled at the next run.

    The timer's subject is the run's own time, so that a steady stream of releases cannot push the run away.
    """
    run_at = policy.next_payout_run(now)
    await work.deadlines.set(timers.SWEEP_PAYOUTS, run_at.isoformat(), run_at)


def _outcome(hold: EscrowHold, blocked_by: tuple[str, ...] = ()) -> ReleaseOutcome:
    return ReleaseOutcome(
        seller_order_id=hold.seller_order_id,
        state=hold.state,
        division=hold.releases[-1].division if hold.releases else None,
        blocked_by=blocked_by,
    )
