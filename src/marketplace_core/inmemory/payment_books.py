"""The own books of the payment provider in memory."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import final

from attrs import frozen

from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork
from marketplace_core.inmemory.payment_provider import PLATFORM, InMemoryPaymentProvider
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import (
    BankState,
    PaymentState,
)
from marketplace_core.payments.comparing import (
    BookRow,
    Entry,
    ProviderBalances,
    payment_state,
)
from marketplace_core.payments.ports import ProviderBooks


@final
@frozen
class InMemoryProviderBooks(ProviderBooks):
    """Reads the provider's dictionaries, and the card network's."""

    network: InMemoryCardNetwork

    @property
    def provider(self) -> str:
        """Its name."""
        return self.network.provider.name

    async def rows(self, entry: Entry) -> Sequence[BookRow]:
        """Return them in the order in which they were made."""
        outside_transaction("books.rows", only_looks=True)
        self.network.provider.settle()
        return list(_rows(self.network, entry))

    async def balances(self) -> ProviderBalances:
        """Sum up."""
        outside_transaction("books.balances", only_looks=True)
        provider = self.network.provider
        provider.settle()
        platform: Counter[str] = Counter()
        sellers: Counter[str] = Counter()
        for (owner, currency), minor in provider.balances.items():
            (platform if owner == PLATFORM else sellers)[currency] += minor
        for payout in provider.bank_payouts.values():
            if payout.state is BankState.IN_TRANSIT:
                sellers[payout.amount.currency] += payout.amount.amount_minor
        return ProviderBalances(platform=_money(platform), sellers=_money(sellers))


def _money(sums: Counter[str]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def _rows(network: InMemoryCardNetwork, entry: Entry) -> Iterator[BookRow]:
    provider = network.provider
    if entry is Entry.PAYMENT:
        yield from _payments(provider)
    elif entry is Entry.DISPUTE:
        yield from _disputes(network)
    elif entry is Entry.ACCOUNT:
        for account in provider.accounts.values():
            yield BookRow(entry=entry, reference=account.reference, name=account.seller_id, state="open")
    else:
        yield from _moves(provider, entry)


def _moves(provider: InMemoryPaymentProvider, entry: Entry) -> Iterator[BookRow]:
    if entry is Entry.REFUND:
        for refund in provider.refunds.values():
            yield _moved(entry, refund.reference, refund.refund_id, refund.amount, refund.state.value)
    elif entry is Entry.TRANSFER:
        for transfer in provider.transfers.values():
            yield _moved(entry, transfer.reference, transfer.payout_id, transfer.amount, "made")
    elif entry is Entry.REVERSAL:
        for reversal in provider.reversals.values():
            yield _moved(entry, reversal.reference, reversal.payout_id, reversal.amount, "made")
    elif entry is Entry.PAYOUT:
        for payout in provider.bank_payouts.values():
            yield _moved(entry, payout.reference, payout.payout_id, payout.amount, payout.state.value)


def _payments(provider: InMemoryPaymentProvider) -> Iterator[BookRow]:
    for payment in provider.all_payments.values():
        captured = payment.state is PaymentState.CAPTURED
        yield BookRow(
            entry=Entry.PAYMENT,
            reference=payment.reference,
            name=payment.payment_id,
            state=payment_state(payment.state, captured=captured),
            amount=payment.captured if captured else payment.amount,
            fee=payment.fee,
        )


def _disputes(network: InMemoryCardNetwork) -> Iterator[BookRow]:
    for dispute in network.disputes.values():
        yield BookRow(
            entry=Entry.DISPUTE,
            reference=dispute.reference,
            name=None,
            state=dispute.state.value,
            amount=dispute.amount,
            fee=dispute.fee,
            about=dispute.payment_reference,
        )


def _moved(entry: Entry, reference: str, name: str, amount: Money, state: str) -> BookRow:
    return BookRow(entry=entry, reference=reference, name=name, state=state, amount=amount)
