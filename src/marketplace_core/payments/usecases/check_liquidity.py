"""Check liquidity: while our balance at the provider is less than what is owed to others, no payout leaves."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import SYSTEM, Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.brake import BrakeCause
from marketplace_core.payments.domain.liquidity import Cover, covers, findings
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import Audit, PaymentsWork, PayoutGateway
from marketplace_core.payments.usecases.braking import brake
from marketplace_core.payments.usecases.release_escrow import plan_payout_run

COVERED_AGAIN: Final = "Covered again."
"""The note of a brake that was let go because the balance reaches again."""


@frozen(kw_only=True)
class Liquidity:
    """What is owed and what there is, by currency, and whether payouts stand still because of it."""

    covers: tuple[Cover, ...]
    stands_still: bool


@frozen(kw_only=True)
class CheckLiquidity(Command[Liquidity]):
    """Compare our balance at the provider with what is owed to others; set the brake, or let it go."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True


@frozen(kw_only=True)
class LiquidityLook:
    """Looks at both sides. Nothing is locked, so what moves meanwhile must not look like a gap."""

    audit: Audit
    gateway: PayoutGateway

    async def __call__(self) -> tuple[Cover, ...]:
        """Return what is owed and what there is. Raises ``ProviderUnavailable``.

        The balance is looked at before the books, and where it seems short once more after them: what was paid out or
        came in between is seen in one of the two.
        """
        before = await self.gateway.platform_balances()
        owed = await self.audit.owed()
        found = covers(owed, before)
        return covers(owed, before, await self.gateway.platform_balances()) if findings(found) else found


@frozen(kw_only=True)
class CheckLiquidityHandler:
    """Check liquidity.

    - Every few minutes, and before every payout run.
    - Too little: payouts that were not begun wait. Releases and refunds go on.
    - Enough again: payouts go on by themselves.
    - What an operator lets go although too little is there does not set the brake again until it was covered once.
    - A provider that cannot be asked says nothing about the balance: the brake stays as it is.
    """

    begin: Begin[PaymentsWork]
    look: LiquidityLook
    policy: PaymentPolicy
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: CheckLiquidity, by: Actor) -> Liquidity:
        """Carry it out. Raises ``ProviderUnavailable``."""
        found = await self.look()
        short = findings(found)
        now = self.clock.now()
        async with self.begin() as work:
            if short:
                on = await brake(work, BrakeCause.LIQUIDITY, short, ids=self.ids, now=now)
                return Liquidity(covers=found, stands_still=on is not None)
            last = await work.brakes.last(BrakeCause.LIQUIDITY)
            if last is not None and last.settled_at is None:
                if last.is_on:
                    last.release(COVERED_AGAIN, SYSTEM.principal, now)
                    await plan_payout_run(work, self.policy, now)
                last.settled_at = now
                await work.brakes.save(last)
        return Liquidity(covers=found, stands_still=False)
