"""Sweep payouts: what was released to sellers is put into payouts."""

from collections import defaultdict
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, PayoutId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money, total
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.brake import FINDINGS_MAX, BrakeCause
from marketplace_core.payments.domain.errors import BooksDoNotBalance
from marketplace_core.payments.domain.payout import ITEMS_MAX, Payout
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import Audit, Claimant, PaymentsWork, PayoutGateway
from marketplace_core.payments.usecases.braking import as_findings, brake, paused, standing_still
from marketplace_core.payments.usecases.check_liquidity import CheckLiquidity, CheckLiquidityHandler
from marketplace_core.payments.usecases.release_escrow import plan_payout_run

CLAIMANTS_MAX: Final = 500
"""How many sellers one run pays; the others wait for the next run."""
VIOLATIONS_SHOWN: Final = 20


@frozen(kw_only=True)
class PayoutRun:
    """The payouts that a run has assembled."""

    payouts: tuple[PayoutId, ...]


@frozen(kw_only=True)
class SweepPayouts(Command[PayoutRun]):
    """Assemble one payout per seller from everything that was released and not yet claimed."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True


@frozen(kw_only=True)
class SweepPayoutsHandler:
    """Assemble payouts.

    - Before anything else the books are audited: if a single check fails that no operator has let go, nothing is paid
      to anybody.
    - Nor while the platform's balance at the provider is less than what is owed to others.
    - One payout per seller and currency, of at least the minimum, to an account that can be paid; a shop that closes is
      paid whatever is left.
    - A release is in one living payout only, however many runs happen at once.
    - Who waits longest comes first, and only as far as the platform's balance at the provider reaches.
    - Each payout is sent by a timer that is due at once.
    """

    begin: Begin[PaymentsWork]
    audit: Audit
    liquidity: CheckLiquidityHandler
    gateway: PayoutGateway
    policy: PaymentPolicy
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: SweepPayouts, by: Actor) -> PayoutRun:
        """Carry it out, one transaction per payout.

        Raises ``BooksDoNotBalance``, ``MoneyPaused``, ``ProviderUnavailable``.
        """
        await self._require_sound_books()
        await self.liquidity(CheckLiquidity(), by)
        await self._require_no_brake()
        async with self.begin() as work:
            claimants = await work.payouts.claimants(
                minimum_minor=self.policy.payout_minimum_minor, limit=CLAIMANTS_MAX
            )
        by_currency: defaultdict[str, list[Claimant]] = defaultdict(list)
        for claimant in claimants:
            by_currency[claimant.currency].append(claimant)
        assembled: list[PayoutId] = []
        is_complete = len(claimants) < CLAIMANTS_MAX
        for currency, waiting in sorted(by_currency.items()):
            available = await self.gateway.available(currency)
            for claimant in waiting:
                payout = await self._assemble(claimant, available)
                if payout is None:
                    is_complete = False
                    break
                available = available - payout.amount
                assembled.append(payout.payout_id)
        if not is_complete:
            async with self.begin() as work:
                await plan_payout_run(work, self.policy, self.clock.now())
        return PayoutRun(payouts=tuple(assembled))

    async def _require_sound_books(self) -> None:
        now = self.clock.now()
        violations = await self.audit.violations(now, limit=FINDINGS_MAX)
        async with self.begin() as work:
            found = await brake(work, BrakeCause.AUDIT, as_findings(violations), ids=self.ids, now=now)
        if found is not None and violations:
            raise BooksDoNotBalance(
                "The audit of the books found something; nothing is paid out until somebody has looked.",
                retry_after_seconds=600,
                violations=[f"{one.check} {one.subject}: {one.detail}" for one in violations[:VIOLATIONS_SHOWN]],
            )

    async def _require_no_brake(self) -> None:
        async with self.begin() as work:
            brakes = await standing_still(work, *BrakeCause)
        if brakes:
            raise paused(brakes)

    async def _assemble(self, claimant: Claimant, available: Money) -> Payout | None:
        now = self.clock.now()
        async with self.begin() as work:
            account = await work.seller_accounts.get(claimant.seller_id)
            items = tuple(await work.payouts.unclaimed(claimant.seller_id, claimant.currency, limit=ITEMS_MAX))
            amount = total([item.amount for item in items], claimant.currency)
            standing = await work.standings.find(claimant.seller_id, claimant.currency)
            minimum_minor = 1 if standing is not None and standing.closing else self.policy.payout_minimum_minor
            is_worth_it = amount.amount_minor >= minimum_minor
            if account.reference is None or not account.can_be_paid or not is_worth_it or available < amount:
                return None
            payout = Payout.assemble(
                payout_id=PayoutId(self.ids.new("pyt")),
                seller_id=claimant.seller_id,
                provider=self.gateway.provider,
                account=account.reference,
                items=items,
                now=now,
            )
            payout.approve()
            await work.payouts.save(payout)
            await work.ledger.post(journals.payout_assembled(payout), now)
            await work.deadlines.set(timers.SEND_PAYOUT, payout.payout_id, now)
        return payout
