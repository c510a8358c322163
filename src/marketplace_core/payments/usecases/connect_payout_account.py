"""Connect a payout account: have the provider open it, and know whether it may be paid."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.errors import ProviderUnavailable
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.account import AccountState
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway
from marketplace_core.payments.usecases.release_escrow import plan_payout_run


@frozen(kw_only=True)
class ConnectPayoutAccount(Command[AccountState]):
    """Make a seller's account say what the provider says, opening it there if need be."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_id: SellerId


@frozen(kw_only=True)
class ConnectPayoutAccountHandler:
    """Connect a seller's account with the provider's.

    - The provider opens one account per seller, however often we ask.
    - Whether the seller can be paid is the provider's word, fetched.
    - An account that can be paid again takes part in the next payout run.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ConnectPayoutAccount, by: Actor) -> AccountState:
        """Carry it out. Raises ``SellerAccountNotFound``, ``ProviderUnavailable``, ``ProviderRefused``."""
        async with self.begin() as work:
            account = await work.seller_accounts.get(command.seller_id)
        if account.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This account is with {account.provider}, which is not connected.")
        if account.reference is not None:
            seen = await self.gateway.account(account.reference)
        else:
            # The key of a request that was never answered may be forgotten by now; searching first costs little.
            found = await self.gateway.find_account(command.seller_id)
            seen = found or await self.gateway.open_account(command.seller_id, key=account.key)
        async with self.begin() as work:
            account = await work.seller_accounts.get(command.seller_id)
            if account.observe(seen):
                await work.seller_accounts.save(account)
                await plan_payout_run(work, self.policy, self.clock.now())
        return account.state
