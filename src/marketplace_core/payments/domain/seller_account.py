"""Where a seller is paid to: the account at the payment provider, and whether it may be paid (money design 4.10)."""

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments.domain.errors import ProviderMismatch
from marketplace_core.payments.domain.states.account import ACCOUNT_MACHINE, AccountState, AccountTrigger


@frozen(kw_only=True)
class ProviderAccount:
    """The provider's account object in our words; ``reference`` is the provider's identifier."""

    reference: str
    seller_id: str
    payouts_enabled: bool


@define(kw_only=True, eq=False)
class SellerAccount(Aggregate):
    """A seller's account for payouts in ``currency`` at a pinned ``provider``."""

    seller_id: SellerId
    currency: str
    provider: str
    state: AccountState = AccountState.PENDING
    reference: str | None = None

    @property
    def can_be_paid(self) -> bool:
        """Tell whether money may be sent there."""
        return self.state is AccountState.ENABLED and self.reference is not None

    @property
    def key(self) -> str:
        """Return the key under which the provider is asked to open the account."""
        return f"account:{self.seller_id}:1"

    def observe(self, seen: ProviderAccount) -> bool:
        """Apply the provider's object; tell whether anything changed. Raises ``ProviderMismatch`` for another's."""
        if seen.seller_id != self.seller_id or self.reference not in {None, seen.reference}:
            raise ProviderMismatch(
                f"Asked about the account of {self.seller_id}, the provider answered about {seen.seller_id}."
            )
        state = AccountState.ENABLED if seen.payouts_enabled else AccountState.RESTRICTED
        if (self.reference, self.state) == (seen.reference, state):
            return False
        self.reference = seen.reference
        self._go(state)
        return True

    def restrict(self) -> None:
        """Take note that the provider will not pay this account. Saying so twice is no error."""
        self._go(AccountState.RESTRICTED)

    def _go(self, state: AccountState) -> None:
        if state is not self.state:
            trigger = AccountTrigger.ENABLE if state is AccountState.ENABLED else AccountTrigger.RESTRICT
            self.state = ACCOUNT_MACHINE.after(self.state, trigger, Who.PROVIDER)
