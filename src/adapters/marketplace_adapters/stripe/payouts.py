"""Pays sellers at Stripe: a transfer to their connected account, and from there a payout to their bank."""

from collections.abc import Sequence
from typing import Final, final

from attrs import frozen

from marketplace_adapters.stripe.amounts import from_stripe, to_stripe
from marketplace_adapters.stripe.connection import StripeConnection, made_before
from marketplace_adapters.stripe.gateway import NAME
from marketplace_adapters.stripe.objects import (
    PAYOUT_ID,
    REVERSAL_ID,
    SELLER_ID,
    AccountLinkObject,
    AccountObject,
    BalanceObject,
    PaymentObject,
    PayoutObject,
    ReversalObject,
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

_REASONS: Final = {
    "balance_insufficient": "insufficient_funds",
    "insufficient_funds": "insufficient_funds",
    "account_invalid": "account_restricted",
    "account_closed": "account_restricted",
    "insufficient_capabilities_for_transfer": "account_restricted",
    "payouts_not_allowed": "account_restricted",
    "transfers_not_allowed": "account_restricted",
    "resource_missing": "account_not_found",
}


@final
@frozen
class StripePayoutGateway(PayoutGateway):
    """Connected accounts whose payouts we make ourselves. A bank payout is named ``account/payout``."""

    connection: StripeConnection

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    async def open_account(self, seller_id: SellerId, *, key: str) -> ProviderAccount:
        """Create a connected account that Stripe itself asks for what it must know, and that pays out when we say."""
        outside_transaction("gateway.open_account")
        made = await self.connection.change(
            lambda services: services.accounts.create_async(
                {
                    "controller": {
                        "stripe_dashboard": {"type": "express"},
                        "fees": {"payer": "application"},
                        "losses": {"payments": "application"},
                        "requirement_collection": "stripe",
                    },
                    # Stripe grants transfers alone in some countries only; together with cards it does everywhere.
                    "capabilities": {"card_payments": {"requested": True}, "transfers": {"requested": True}},
                    "settings": {"payouts": {"schedule": {"interval": "manual"}}},
                    "metadata": {SELLER_ID: seller_id},
                },
                {"idempotency_key": key},
            ),
            AccountObject,
        )
        return made.ours()

    async def account(self, reference: str) -> ProviderAccount:
        """Retrieve it."""
        outside_transaction("gateway.account", only_looks=True)
        try:
            seen = await self.connection.look(
                lambda services: services.accounts.retrieve_async(reference), AccountObject
            )
        except ProviderRefused as refusal:
            raise _unknown_if_not_ours(refusal) from refusal
        return seen.ours()

    async def find_account(self, seller_id: SellerId) -> ProviderAccount | None:
        """Look through all: Stripe can neither filter nor search them. The oldest is the last."""
        outside_transaction("gateway.find_account", only_looks=True)
        accounts = self.connection.each(lambda services, page: services.accounts.list_async(page), AccountObject)
        found = [one async for one in accounts if one.seller_id == seller_id]
        return found[-1].ours() if found else None

    async def onboarding_link(self, reference: str, *, return_url: str, refresh_url: str, key: str) -> str:
        """Create an account link to Stripe's own onboarding pages."""
        outside_transaction("gateway.onboarding_link")
        try:
            made = await self.connection.change(
                lambda services: services.account_links.create_async(
                    {
                        "account": reference,
                        "refresh_url": refresh_url,
                        "return_url": return_url,
                        "type": "account_onboarding",
                    },
                    {"idempotency_key": key},
                ),
                AccountLinkObject,
            )
        except ProviderRefused as refusal:
            raise _unknown_if_not_ours(refusal) from refusal
        return made.url

    async def available(self, currency: str) -> Money:
        """Retrieve the platform's balance."""
        outside_transaction("gateway.available", only_looks=True)
        seen = await self.connection.look(lambda services: services.balance.retrieve_async(), BalanceObject)
        amounts = [one.amount for one in seen.available if one.currency == currency.lower()]
        return from_stripe(sum(amounts), currency)

    async def platform_balances(self) -> Sequence[Money]:
        """Retrieve the platform's balance, and add what is pending to what is available."""
        outside_transaction("gateway.platform_balances", only_looks=True)
        seen = await self.connection.look(lambda services: services.balance.retrieve_async(), BalanceObject)
        sums: dict[str, Money] = {}
        for funds in (*seen.available, *seen.pending):
            currency = funds.currency.upper()
            sums[currency] = from_stripe(funds.amount, currency) + sums.get(currency, Money.zero(currency))
        return [sums[currency] for currency in sorted(sums)]

    async def transfer(self, request: TransferRequest, *, key: str) -> ProviderTransfer:
        """Create a transfer, tied to the charge that it comes from where it comes from one alone."""
        outside_transaction("gateway.transfer")
        amount, currency = to_stripe(request.amount)
        source = await self._charge_of(request.source) if request.source is not None else None
        tie = {"transfer_group": request.payout_id} if source is None else {"source_transaction": source}
        try:
            made = await self.connection.change(
                lambda services: services.transfers.create_async(
                    {
                        "amount": amount,
                        "currency": currency,
                        "destination": request.account,
                        "metadata": {PAYOUT_ID: request.payout_id},
                        **tie,  # type: ignore[typeddict-item]
                    },
                    {"idempotency_key": key},
                ),
                TransferObject,
            )
        except UnknownAtProvider as unknown:
            raise _translated(unknown) from unknown
        except ProviderRefused as refusal:
            before = await made_before(
                refusal, lambda: self.find_transfer(request.payout_id, account=request.account), request.amount
            )
            if before is not None:
                return before
            raise _translated(refusal) from refusal
        return made.ours()

    async def find_transfer(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderTransfer | None:
        """Look through the transfers to the account."""
        outside_transaction("gateway.find_transfer", only_looks=True)
        to_account = {} if account is None else {"destination": account}
        transfers = self.connection.each(
            lambda services, page: services.transfers.list_async({**to_account, **page}), TransferObject
        )
        found = [one async for one in transfers if one.payout_id == payout_id]
        return found[-1].ours() if found else None

    async def pay_out(self, request: TransferRequest, *, key: str) -> ProviderPayout:
        """Create a payout in the name of the connected account."""
        outside_transaction("gateway.pay_out")
        amount, currency = to_stripe(request.amount)
        try:
            made = await self.connection.change(
                lambda services: services.payouts.create_async(
                    {"amount": amount, "currency": currency, "metadata": {PAYOUT_ID: request.payout_id}},
                    {"idempotency_key": key, "stripe_account": request.account},
                ),
                PayoutObject,
            )
        except UnknownAtProvider as unknown:
            raise _translated(unknown) from unknown
        except ProviderRefused as refusal:
            before = await made_before(
                refusal, lambda: self.find_payout(request.payout_id, account=request.account), request.amount
            )
            if before is not None:
                return before
            raise _translated(refusal) from refusal
        return made.ours(request.account)

    async def payout(self, reference: str) -> ProviderPayout:
        """Retrieve it in the name of the connected account."""
        outside_transaction("gateway.payout", only_looks=True)
        account, slash, name = reference.partition("/")
        if not slash:
            raise UnknownAtProvider("A bank payout is known together with its account only.")
        try:
            seen = await self.connection.look(
                lambda services: services.payouts.retrieve_async(name, options={"stripe_account": account}),
                PayoutObject,
            )
        except ProviderRefused as refusal:
            raise _unknown_if_not_ours(refusal) from refusal
        return seen.ours(account)

    async def find_payout(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderPayout | None:
        """Look through the payouts of the account, the newest first; without it, ask the transfer where it went."""
        outside_transaction("gateway.find_payout", only_looks=True)
        if account is None:
            transfer = await self.find_transfer(payout_id)
            if transfer is None:
                return None
            account = transfer.account
        payouts = self.connection.each(
            lambda services, page: services.payouts.list_async(page, {"stripe_account": account}), PayoutObject
        )
        async for one in payouts:
            if one.payout_id == payout_id and one.state is not BankState.FAILED:
                return one.ours(account)
        return None

    async def reverse(self, request: ReversalRequest, *, key: str) -> ProviderReversal:
        """Create a reversal of the transfer."""
        outside_transaction("gateway.reverse")
        amount, _ = to_stripe(request.amount)
        try:
            made = await self.connection.change(
                lambda services: services.transfers.reversals.create_async(
                    request.transfer_reference,
                    {"amount": amount, "metadata": {PAYOUT_ID: request.payout_id, REVERSAL_ID: request.reversal_id}},
                    {"idempotency_key": key},
                ),
                ReversalObject,
            )
        except ProviderRefused as refusal:
            before = await made_before(refusal, lambda: self.find_reversal(request), request.amount)
            if before is not None:
                return before
            raise _translated(refusal) from refusal
        return made.ours()

    async def find_reversal(self, request: ReversalRequest) -> ProviderReversal | None:
        """Look through the reversals of the transfer."""
        outside_transaction("gateway.find_reversal", only_looks=True)
        reversals = self.connection.each(
            lambda services, page: services.transfers.reversals.list_async(request.transfer_reference, page),
            ReversalObject,
        )
        found = [one.ours() async for one in reversals]
        return next((one for one in reversed(found) if one.reversal_id == request.reversal_id), None)

    async def _charge_of(self, payment_reference: str) -> str | None:
        payment = await self.connection.look(
            lambda services: services.payment_intents.retrieve_async(payment_reference), PaymentObject
        )
        return payment.charge_id


def _unknown_if_not_ours(refusal: ProviderRefused) -> ProviderRefused | UnknownAtProvider:
    gone = refusal.reason == "account_invalid"
    return UnknownAtProvider("Stripe shows us no such account.") if gone else refusal


def _translated(refusal: ProviderRefused | UnknownAtProvider) -> ProviderRefused:
    code = refusal.reason if isinstance(refusal, ProviderRefused) else "resource_missing"
    return ProviderRefused(refusal.message, reason=_REASONS.get(code, code))
