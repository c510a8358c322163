"""What a test has others do with money at the stand-in for Stripe."""

from attrs import frozen

from marketplace_core.kernel.money import Money
from marketplace_core.payments import DisputeState, ProviderPayment, ProviderPayout, ProviderRefund
from marketplace_core.testing.conformance.payment_provider import ACCOUNT_CLOSED, CARD_CLOSED, Levers
from tests.adapters.stripe.standin.books import Books


@frozen
class StripeLevers(Levers):
    """Moves Stripe, the banks and the card network behind our back."""

    books: Books

    async def hold_refunds(self) -> None:
        """Leave them pending."""
        self.books.holds_refunds = True

    async def settle_refund(self, refund: ProviderRefund) -> None:
        """Have it go."""
        self.books.settle_refund(refund.reference)

    async def fail_refund(self, refund: ProviderRefund) -> None:
        """Have it fail, or bounce."""
        self.books.fail_refund(refund.reference, CARD_CLOSED)

    async def open_dispute(self, payment: ProviderPayment, amount: Money, *, warning: bool = False) -> str:
        """Have the bank dispute, or inquire."""
        return self.books.open_dispute(payment.reference, amount.amount_minor, warning=warning)

    async def move_dispute(self, reference: str, state: DisputeState, *, returns_fee: bool = False) -> None:
        """Have the network take a step."""
        self.books.returns_fee = returns_fee
        self.books.move_dispute(reference, state.value)

    async def return_payout(self, payout: ProviderPayout) -> None:
        """Have the bank return it."""
        self.books.return_payout(payout.reference.partition("/")[2], ACCOUNT_CLOSED)
