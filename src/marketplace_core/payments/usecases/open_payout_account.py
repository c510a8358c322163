"""Open a payout account: a seller may sell, so there must be somewhere to pay."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.seller_account import SellerAccount
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway


@frozen(kw_only=True)
class OpenPayoutAccount(Command[None]):
    """Open the account from which a seller will be paid out."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_id: SellerId
    currency: str


@frozen(kw_only=True)
class OpenPayoutAccountHandler:
    """Write down that a seller needs an account at the payment provider.

    - A seller has one account; opening it again changes nothing.
    - The provider is asked by a timer that is due at once, so that an outage there delays nobody here.
    - Selling does not wait for it; only being paid does.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    clock: Clock

    async def __call__(self, command: OpenPayoutAccount, by: Actor) -> None:
        """Carry it out."""
        async with self.begin() as work:
            if await work.seller_accounts.find(command.seller_id) is not None:
                return
            account = SellerAccount(
                seller_id=command.seller_id, currency=command.currency, provider=self.gateway.provider
            )
            await work.seller_accounts.save(account)
            await work.deadlines.set(timers.CONNECT_ACCOUNT, command.seller_id, self.clock.now())
