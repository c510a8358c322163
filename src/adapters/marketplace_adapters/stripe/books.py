"""Reads Stripe's own books: everything on the platform's account, and what connected accounts were paid.

Stripe lists the newest first and tells nothing of all connected accounts at once, so whoever wants the whole asks
account by account. What a balance transaction comes of is told by its source; one whose source stands in no list of
ours (a top-up, a fee of Stripe's own, the platform's own bank payout) is a movement.
"""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import TypeVar, final

import stripe
from attrs import frozen
from pydantic import BaseModel

from marketplace_adapters.stripe.amounts import from_stripe
from marketplace_adapters.stripe.connection import PAGE, TRIES, WHOLE, AskPage, StripeConnection, in_the_name_of
from marketplace_adapters.stripe.gateway import NAME
from marketplace_adapters.stripe.movements import MovementObject
from marketplace_adapters.stripe.objects import (
    AccountObject,
    BalanceObject,
    DisputeObject,
    PaymentObject,
    PayoutObject,
    RefundObject,
    ReversalObject,
    TransferObject,
)
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import (
    BankState,
    PaymentState,
    ProviderRefused,
    ProviderUnavailable,
    UnknownAtProvider,
)
from marketplace_core.payments.comparing import BookRow, Entry, ProviderBalances, payment_state
from marketplace_core.payments.ports import ProviderBooks

ModelT = TypeVar("ModelT", bound=BaseModel)


@final
@frozen
class StripeBooks(ProviderBooks):
    """Lists everything page by page; the sums are Stripe's balances without what moved by itself."""

    connection: StripeConnection
    page_size: int = PAGE

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    async def rows(self, entry: Entry) -> Sequence[BookRow]:
        """List them, and turn them round: the oldest first."""
        outside_transaction("books.rows", only_looks=True)
        try:
            return [row async for row in self._told(entry)][::-1]
        except (ProviderRefused, UnknownAtProvider, ValueError) as gap:
            raise _unreadable(gap) from gap

    async def balances(self) -> ProviderBalances:
        """Ask for the balance of every account, and for what is on its way to banks."""
        outside_transaction("books.balances", only_looks=True)
        platform: Counter[str] = Counter()
        sellers: Counter[str] = Counter()
        try:
            await self._add(platform, None)
            async for account in self._accounts():
                await self._add(sellers, account.id)
                async for payout in self._payouts(account.id):
                    if payout.state is BankState.IN_TRANSIT:
                        _count(sellers, from_stripe(payout.amount, payout.currency))
        except (ProviderRefused, UnknownAtProvider, ValueError) as gap:
            raise _unreadable(gap) from gap
        return ProviderBalances(platform=_money(platform), sellers=_money(sellers))

    async def _add(self, sums: Counter[str], account: str | None) -> None:
        balance = await self.connection.look(
            lambda services: services.balance.retrieve_async(None, in_the_name_of(account)), BalanceObject, tries=TRIES
        )
        for funds in (*balance.available, *balance.pending):
            _count(sums, from_stripe(funds.amount, funds.currency))
        async for moved in self._movements(account):
            _count(sums, -from_stripe(moved.net, moved.currency))

    def _told(self, entry: Entry) -> AsyncIterator[BookRow]:
        match entry:
            case Entry.PAYMENT:
                return self._payment_rows()
            case Entry.REFUND:
                return self._refund_rows()
            case Entry.DISPUTE:
                return self._dispute_rows()
            case Entry.ACCOUNT:
                return self._account_rows()
            case Entry.TRANSFER:
                return self._transfer_rows()
            case Entry.REVERSAL:
                return self._reversal_rows()
            case Entry.PAYOUT:
                return self._payout_rows()
            case Entry.MOVEMENT:
                return self._movement_rows()
            case Entry.BALANCE:
                return _nothing()

    async def _payment_rows(self) -> AsyncIterator[BookRow]:
        def ask(services: "stripe.V1Services", page: stripe.params.PaymentIntentListParams) -> Awaitable[object]:
            return services.payment_intents.list_async({**page, "expand": ["data.latest_charge.balance_transaction"]})

        async for one in self._each(ask, PaymentObject):
            told = one.ours(charges=0)
            captured = told.state is PaymentState.CAPTURED
            yield BookRow(
                entry=Entry.PAYMENT,
                reference=told.reference,
                name=told.payment_id or None,
                state=payment_state(told.state, captured=captured),
                amount=told.captured if captured else told.amount,
                fee=told.fee,
            )

    async def _refund_rows(self) -> AsyncIterator[BookRow]:
        async for one in self._each(lambda services, page: services.refunds.list_async(page), RefundObject):
            told = one.ours()
            yield _row(Entry.REFUND, told.reference, told.refund_id, told.state.value, told.amount)

    async def _dispute_rows(self) -> AsyncIterator[BookRow]:
        async for one in self._each(lambda services, page: services.disputes.list_async(page), DisputeObject):
            told = one.ours()
            yield BookRow(
                entry=Entry.DISPUTE,
                reference=told.reference,
                name=None,
                state=told.state.value,
                amount=told.amount,
                fee=told.fee,
                about=told.payment_reference or None,
            )

    async def _account_rows(self) -> AsyncIterator[BookRow]:
        async for one in self._accounts():
            yield BookRow(entry=Entry.ACCOUNT, reference=one.id, name=one.seller_id or None, state="open")

    async def _transfer_rows(self) -> AsyncIterator[BookRow]:
        async for one in self._transfers():
            told = one.ours()
            yield _row(Entry.TRANSFER, told.reference, told.payout_id, "made", told.amount)

    async def _reversal_rows(self) -> AsyncIterator[BookRow]:
        async for transfer in self._transfers():
            if not transfer.amount_reversed:
                continue
            async for one in self._reversals(transfer.id):
                told = one.ours()
                yield _row(Entry.REVERSAL, told.reference, told.payout_id, "made", told.amount)

    async def _payout_rows(self) -> AsyncIterator[BookRow]:
        async for account in self._accounts():
            async for one in self._payouts(account.id):
                told = one.ours(account.id)
                yield _row(Entry.PAYOUT, told.reference, told.payout_id, told.state.value, told.amount)

    async def _movement_rows(self) -> AsyncIterator[BookRow]:
        async for account in self._accounts():
            async for one in self._movements(account.id):
                yield _movement(one, account.id)
        async for one in self._movements(None):
            yield _movement(one, None)

    def _accounts(self) -> AsyncIterator[AccountObject]:
        return self._each(lambda services, page: services.accounts.list_async(page), AccountObject)

    def _transfers(self) -> AsyncIterator[TransferObject]:
        return self._each(lambda services, page: services.transfers.list_async(page), TransferObject)

    def _reversals(self, transfer: str) -> AsyncIterator[ReversalObject]:
        return self._each(
            lambda services, page: services.transfers.reversals.list_async(transfer, page), ReversalObject
        )

    def _payouts(self, account: str) -> AsyncIterator[PayoutObject]:
        return self._each(
            lambda services, page: services.payouts.list_async(page, in_the_name_of(account)), PayoutObject
        )

    async def _movements(self, account: str | None) -> AsyncIterator[MovementObject]:
        """Go through what moved a balance, the platform's or an account's, and stands in no other list."""

        def ask(services: "stripe.V1Services", page: stripe.params.BalanceTransactionListParams) -> Awaitable[object]:
            return services.balance_transactions.list_async(
                {**page, "expand": ["data.source"]}, in_the_name_of(account)
            )

        async for one in self._each(ask, MovementObject):
            if not (one.is_told_of_the_platform if account is None else one.is_told_of_an_account):
                yield one

    def _each(self, ask: AskPage, model: type[ModelT]) -> AsyncIterator[ModelT]:
        return self.connection.each(ask, model, page_size=self.page_size, **WHOLE)


async def _nothing() -> AsyncIterator[BookRow]:
    return
    yield


def _movement(one: MovementObject, account: str | None) -> BookRow:
    return BookRow(
        entry=Entry.MOVEMENT,
        reference=one.id,
        name=None,
        state=one.type,
        amount=from_stripe(one.net, one.currency),
        about=account,
    )


def _row(entry: Entry, reference: str, name: str, state: str, amount: Money) -> BookRow:
    return BookRow(entry=entry, reference=reference, name=name or None, state=state, amount=amount)


def _count(sums: Counter[str], money: Money) -> None:
    sums[money.currency] += money.amount_minor


def _money(sums: Counter[str]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()) if minor)


def _unreadable(gap: Exception) -> ProviderUnavailable:
    return ProviderUnavailable(f"Stripe's books cannot be read to their end: {gap}")
