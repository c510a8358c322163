"""Begin onboarding: send a seller to the provider, which wants to know them before it pays them."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import IdFactory, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.errors import ProviderUnavailable, WrongState
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway


@frozen(kw_only=True)
class OnboardingBegun:
    """Where the seller goes now; the address works once and not for long."""

    seller_id: SellerId
    url: str


@frozen(kw_only=True)
class BeginOnboarding(Command[OnboardingBegun]):
    """Ask the provider where a seller tells it what it wants to know.

    The provider leads back to ``return_url``, or to ``refresh_url`` when the address is no good any more.
    """

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId
    return_url: str
    refresh_url: str


@frozen(kw_only=True)
class BeginOnboardingHandler:
    """Send a seller to the provider.

    - What the provider asks, and what is answered, stays between the two; we hear whether the seller can be paid.
    - A seller may do so for their own shop only, and as often as they like.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    ids: IdFactory

    async def __call__(self, command: BeginOnboarding, by: Actor) -> OnboardingBegun:
        """Carry it out.

        Raises ``SellerAccountNotFound``, ``WrongState`` while the account is not open yet, ``ProviderUnavailable``,
        ``ProviderRefused``, ``UnknownAtProvider``.
        """
        by.require_seller(command.seller_id)
        async with self.begin() as work:
            account = await work.seller_accounts.get(command.seller_id)
        if account.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This account is with {account.provider}, which is not connected.")
        if account.reference is None:
            raise WrongState("The payout account is not open at the provider yet.", state=account.state.value)
        url = await self.gateway.onboarding_link(
            account.reference,
            return_url=command.return_url,
            refresh_url=command.refresh_url,
            key=f"onboarding:{command.seller_id}:{self.ids.new('onb')}",
        )
        return OnboardingBegun(seller_id=command.seller_id, url=url)
