"""Pays sellers at FakePay."""

from collections.abc import Sequence
from typing import Final, final
from urllib.parse import quote

from attrs import frozen

from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.gateway import NAME
from marketplace_adapters.fakepay.lists import every
from marketplace_adapters.fakepay.money_objects import REVERSAL_ID, OnboardingLinkObject, ReversalObject
from marketplace_adapters.fakepay.objects import (
    AccountObject,
    BalanceObject,
    ListObject,
    PayoutObject,
    TransferObject,
)
from marketplace_core.kernel.ids import PayoutId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import (
    BankState,
    ProviderAccount,
    ProviderPayout,
    ProviderRefused,
    ProviderReversal,
    ProviderTransfer,
    UnknownAtProvider,
)
from marketplace_core.payments.ports import PayoutGateway, ReversalRequest, TransferRequest

ATTEMPTS_LISTED_MAX: Final = 100
_REASONS: Final = {
    "balance_insufficient": "insufficient_funds",
    "payouts_disabled": "account_restricted",
    "transfers_disabled": "account_restricted",
    "account_not_found": "account_restricted",
}


@final
@frozen
class FakepayPayoutGateway(PayoutGateway):
    """The provider's accounts, transfers, reversals and payouts over HTTP."""

    connection: FakepayConnection

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    async def open_account(self, seller_id: SellerId, *, key: str) -> ProviderAccount:
        """Create an account."""
        outside_transaction("gateway.open_account")
        return (await self.connection.change("/v1/accounts", AccountObject, {"reference": seller_id}, key=key)).ours()

    async def account(self, reference: str) -> ProviderAccount:
        """View the account."""
        outside_transaction("gateway.account", only_looks=True)
        return (await self.connection.look(f"/v1/accounts/{quote(reference, safe='')}", AccountObject)).ours()

    async def find_account(self, seller_id: SellerId) -> ProviderAccount | None:
        """List by reference; the first is the oldest."""
        outside_transaction("gateway.find_account", only_looks=True)
        found = await self.connection.look("/v1/accounts", ListObject[AccountObject], reference=seller_id, limit=1)
        return found.data[0].ours() if found.data else None

    async def onboarding_link(self, reference: str, *, return_url: str, refresh_url: str, key: str) -> str:
        """Create an onboarding link; the provider's own page says when it is no good any more."""
        outside_transaction("gateway.onboarding_link")
        path = f"/v1/accounts/{quote(reference, safe='')}/onboarding-links"
        made = await self.connection.change(path, OnboardingLinkObject, {"return_url": return_url}, key=key)
        return made.url

    async def available(self, currency: str) -> Money:
        """View the platform's balance."""
        outside_transaction("gateway.available", only_looks=True)
        balance = await self.connection.look("/v1/balance", BalanceObject)
        return Money(sum(one.available_minor for one in balance.balances if one.currency == currency), currency)

    async def platform_balances(self) -> Sequence[Money]:
        """View them: nothing is ever pending here."""
        outside_transaction("gateway.platform_balances", only_looks=True)
        balance = await self.connection.look("/v1/balance", BalanceObject)
        return [Money(one.available_minor, one.currency) for one in balance.balances]

    async def transfer(self, request: TransferRequest, *, key: str) -> ProviderTransfer:
        """Create a transfer."""
        outside_transaction("gateway.transfer")
        try:
            made = await self.connection.change("/v1/transfers", TransferObject, _body(request), key=key)
        except (ProviderRefused, UnknownAtProvider) as refusal:
            raise _translated(refusal) from refusal
        return made.ours()

    async def find_transfer(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderTransfer | None:
        """List by reference."""
        outside_transaction("gateway.find_transfer", only_looks=True)
        found = await self.connection.look("/v1/transfers", ListObject[TransferObject], reference=payout_id, limit=1)
        return found.data[0].ours() if found.data else None

    async def pay_out(self, request: TransferRequest, *, key: str) -> ProviderPayout:
        """Create a payout."""
        outside_transaction("gateway.pay_out")
        try:
            made = await self.connection.change("/v1/payouts", PayoutObject, _body(request), key=key)
        except (ProviderRefused, UnknownAtProvider) as refusal:
            raise _translated(refusal) from refusal
        return made.ours()

    async def payout(self, reference: str) -> ProviderPayout:
        """View the payout."""
        outside_transaction("gateway.payout", only_looks=True)
        return (await self.connection.look(f"/v1/payouts/{quote(reference, safe='')}", PayoutObject)).ours()

    async def find_payout(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderPayout | None:
        """List by reference; the last one that has not failed."""
        outside_transaction("gateway.find_payout", only_looks=True)
        found = await self.connection.look(
            "/v1/payouts", ListObject[PayoutObject], reference=payout_id, limit=ATTEMPTS_LISTED_MAX
        )
        alive = [one.ours() for one in found.data if one.ours().state is not BankState.FAILED]
        return alive[-1] if alive else None

    async def reverse(self, request: ReversalRequest, *, key: str) -> ProviderReversal:
        """Create a reversal of the transfer."""
        outside_transaction("gateway.reverse")
        path = f"/v1/transfers/{quote(request.transfer_reference, safe='')}/reversals"
        body = {
            "amount_minor": request.amount.amount_minor,
            "reference": request.payout_id,
            "metadata": {REVERSAL_ID: request.reversal_id},
        }
        try:
            made = await self.connection.change(path, ReversalObject, body, key=key)
        except ProviderRefused as refusal:
            raise _translated(refusal) from refusal
        return made.ours()

    async def find_reversal(self, request: ReversalRequest) -> ProviderReversal | None:
        """Go through those of the payout's transfer."""
        outside_transaction("gateway.find_reversal", only_looks=True)
        reversals = every(self.connection, "/v1/transfer-reversals", ReversalObject, reference=request.payout_id)
        found = [one async for one in reversals if one.reversal_id == request.reversal_id]
        return found[0].ours() if found else None


def _body(request: TransferRequest) -> dict[str, object]:
    return {
        "account": request.account,
        "amount_minor": request.amount.amount_minor,
        "currency": request.amount.currency,
        "reference": request.payout_id,
    }


def _translated(refusal: ProviderRefused | UnknownAtProvider) -> ProviderRefused:
    code = refusal.reason if isinstance(refusal, ProviderRefused) else "account_not_found"
    return ProviderRefused(refusal.message, reason=_REASONS.get(code, code))
