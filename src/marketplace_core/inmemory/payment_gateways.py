"""The gateways to the payment provider in memory."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import final

from attrs import frozen

from marketplace_core.inmemory.payment_provider import PLATFORM, InMemoryPaymentProvider
from marketplace_core.kernel.ids import PaymentId, PayoutId, RefundId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import (
    BankState,
    ProviderAccount,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderReversal,
    ProviderTransfer,
    UnknownAtProvider,
)
from marketplace_core.payments.ports import (
    PaymentGateway,
    PaymentRequest,
    PayoutGateway,
    RefundRequest,
    ReversalRequest,
    TransferRequest,
)


@final
@frozen
class InMemoryPaymentGateway(PaymentGateway):
    """Takes money at the provider in memory."""

    books: InMemoryPaymentProvider

    @property
    def provider(self) -> str:
        """Its name."""
        return self.books.name

    @property
    def max_hold(self) -> timedelta:
        """Ninety days."""
        return timedelta(days=90)

    async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
        """Begin a payment, once per key."""
        outside_transaction("gateway.open")
        return self.books.once(key, request, lambda: self.books.open_payment(request))

    async def fetch(self, reference: str) -> ProviderPayment:
        """Look it up."""
        outside_transaction("gateway.fetch", only_looks=True)
        return self._known(reference)

    async def find(self, payment_id: PaymentId) -> ProviderPayment | None:
        """Look through all."""
        outside_transaction("gateway.find", only_looks=True)
        self.books.settle()
        return next((one for one in self.books.all_payments.values() if one.payment_id == payment_id), None)

    async def cancel(self, reference: str, *, key: str) -> ProviderPayment:
        """Cancel it if it still can be."""
        outside_transaction("gateway.cancel")
        self._known(reference)
        return self.books.cancel_payment(reference)

    async def refund(self, request: RefundRequest, *, key: str) -> ProviderRefund:
        """Send money back, once per key."""
        outside_transaction("gateway.refund")
        self._known(request.payment_reference)
        made = self.books.once(key, request, lambda: self.books.refund(request))
        return self.books.refunds[made.reference]

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        """Look it up."""
        outside_transaction("gateway.fetch_refund", only_looks=True)
        self.books.settle()
        if reference not in self.books.refunds:
            raise UnknownAtProvider("The provider knows no such refund.")
        return self.books.refunds[reference]

    async def find_refund(self, refund_id: RefundId, *, payment_reference: str | None = None) -> ProviderRefund | None:
        """Look through all."""
        outside_transaction("gateway.find_refund", only_looks=True)
        self.books.settle()
        return next((one for one in self.books.refunds.values() if one.refund_id == refund_id), None)

    def _known(self, reference: str) -> ProviderPayment:
        try:
            return self.books.payment(reference)
        except KeyError:
            raise UnknownAtProvider("The provider knows no such payment.") from None


@final
@frozen
class InMemoryPayoutGateway(PayoutGateway):
    """Pays sellers at the provider in memory."""

    books: InMemoryPaymentProvider

    @property
    def provider(self) -> str:
        """Its name."""
        return self.books.name

    async def open_account(self, seller_id: SellerId, *, key: str) -> ProviderAccount:
        """Open an account, once per key."""
        outside_transaction("gateway.open_account")
        return self.books.once(key, seller_id, lambda: self.books.open_account(seller_id))

    async def account(self, reference: str) -> ProviderAccount:
        """Look it up."""
        outside_transaction("gateway.account", only_looks=True)
        if reference not in self.books.accounts:
            raise UnknownAtProvider("The provider knows no such account.")
        return self.books.accounts[reference]

    async def find_account(self, seller_id: SellerId) -> ProviderAccount | None:
        """Look through all."""
        outside_transaction("gateway.find_account", only_looks=True)
        return next((one for one in self.books.accounts.values() if one.seller_id == seller_id), None)

    async def onboarding_link(self, reference: str, *, return_url: str, refresh_url: str, key: str) -> str:
        """Name a page that nobody serves: accounts in memory want to know nothing."""
        outside_transaction("gateway.onboarding_link")
        if reference not in self.books.accounts:
            raise UnknownAtProvider("The provider knows no such account.")
        return self.books.once(key, (reference, return_url), lambda: f"https://inmemory.example/{reference}/{key}")

    async def available(self, currency: str) -> Money:
        """Read the platform's balance."""
        outside_transaction("gateway.available", only_looks=True)
        self.books.settle()
        return Money(self.books.balances[PLATFORM, currency], currency)

    async def platform_balances(self) -> Sequence[Money]:
        """Read them all, and what is pending."""
        outside_transaction("gateway.platform_balances", only_looks=True)
        self.books.settle()
        sums = Counter(self.books.pending)
        for (owner, currency), minor in self.books.balances.items():
            if owner == PLATFORM:
                sums[currency] += minor
        return [Money(minor, currency) for currency, minor in sorted(sums.items())]

    async def transfer(self, request: TransferRequest, *, key: str) -> ProviderTransfer:
        """Move money, once per key."""
        outside_transaction("gateway.transfer")
        self.books.settle()
        return self.books.once(key, request, lambda: self.books.transfer(request))

    async def find_transfer(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderTransfer | None:
        """Look through all."""
        outside_transaction("gateway.find_transfer", only_looks=True)
        return next((one for one in self.books.transfers.values() if one.payout_id == payout_id), None)

    async def pay_out(self, request: TransferRequest, *, key: str) -> ProviderPayout:
        """Send money, once per key."""
        outside_transaction("gateway.pay_out")
        return self.books.once(key, request, lambda: self.books.pay_out(request))

    async def payout(self, reference: str) -> ProviderPayout:
        """Look it up."""
        outside_transaction("gateway.payout", only_looks=True)
        self.books.settle()
        if reference not in self.books.bank_payouts:
            raise UnknownAtProvider("The provider knows no such payout.")
        return self.books.bank_payouts[reference]

    async def find_payout(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderPayout | None:
        """Look through all, the newest first."""
        outside_transaction("gateway.find_payout", only_looks=True)
        self.books.settle()
        return next(
            (
                one
                for one in reversed(self.books.bank_payouts.values())
                if one.payout_id == payout_id and one.state is not BankState.FAILED
            ),
            None,
        )

    async def reverse(self, request: ReversalRequest, *, key: str) -> ProviderReversal:
        """Take a transfer back, once per key."""
        outside_transaction("gateway.reverse")
        self.books.settle()
        if request.transfer_reference not in self.books.transfers:
            raise UnknownAtProvider("The provider knows no such transfer.")
        return self.books.once(key, request, lambda: self.books.reverse(request))

    async def find_reversal(self, request: ReversalRequest) -> ProviderReversal | None:
        """Look through all."""
        outside_transaction("gateway.find_reversal", only_looks=True)
        return next((one for one in self.books.reversals.values() if one.reversal_id == request.reversal_id), None)
