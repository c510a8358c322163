"""Reads FakePay's own books."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import Final, final

from attrs import frozen

from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.gateway import NAME
from marketplace_adapters.fakepay.lists import Listed, every
from marketplace_adapters.fakepay.money_objects import (
    BalanceTransactionObject,
    DisputeObject,
    RefundObject,
    ReversalObject,
)
from marketplace_adapters.fakepay.objects import (
    AccountObject,
    ListObject,
    PaymentObject,
    PayoutObject,
    TransferObject,
)
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_MAX
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import PaymentState
from marketplace_core.payments.comparing import (
    BookRow,
    Entry,
    ProviderBalances,
    payment_state,
)
from marketplace_core.payments.ports import ProviderBooks

PLATFORM: Final = "platform"
BY_ITSELF: Final = frozenset({"top_up", "adjustment"})
"""Balance transactions that come of nothing else in the provider's books."""
_LISTS: Final[dict[Entry, tuple[str, type[Listed]]]] = {
    Entry.PAYMENT: ("/v1/payments", PaymentObject),
    Entry.REFUND: ("/v1/refunds", RefundObject),
    Entry.DISPUTE: ("/v1/disputes", DisputeObject),
    Entry.ACCOUNT: ("/v1/accounts", AccountObject),
    Entry.TRANSFER: ("/v1/transfers", TransferObject),
    Entry.REVERSAL: ("/v1/transfer-reversals", ReversalObject),
    Entry.PAYOUT: ("/v1/payouts", PayoutObject),
    Entry.MOVEMENT: ("/v1/balance-transactions", BalanceTransactionObject),
}


@final
@frozen
class FakepayBooks(ProviderBooks):
    """Lists everything the provider has, page by page; the sums are those of its balance transactions."""

    connection: FakepayConnection
    page_size: int = PAGE_SIZE_MAX

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    async def rows(self, entry: Entry) -> Sequence[BookRow]:
        """List them page by page."""
        outside_transaction("books.rows", only_looks=True)
        if entry not in _LISTS:
            return ()
        rows = [await self._row(entry, one) async for one in self._each(entry)]
        return [row for row in rows if row is not None]

    async def balances(self) -> ProviderBalances:
        """Add up the balance transactions, and what is on its way to banks."""
        outside_transaction("books.balances", only_looks=True)
        platform: Counter[str] = Counter()
        sellers: Counter[str] = Counter()
        async for moved in self._each(Entry.MOVEMENT):
            if isinstance(moved, BalanceTransactionObject) and moved.type not in BY_ITSELF:
                (platform if moved.owner == PLATFORM else sellers)[moved.currency] += moved.net_minor
        async for payout in self._each(Entry.PAYOUT):
            if isinstance(payout, PayoutObject) and payout.status == "in_transit":
                sellers[payout.currency] += payout.amount_minor
        return ProviderBalances(platform=_money(platform), sellers=_money(sellers))

    def _each(self, entry: Entry) -> AsyncIterator[Listed]:
        path, kind = _LISTS[entry]
        return every(self.connection, path, kind, page_size=self.page_size)

    async def _row(self, entry: Entry, one: Listed) -> BookRow | None:
        match one:
            case PaymentObject():
                return _payment(one)
            case RefundObject() | PayoutObject():
                return _moved(entry, one, one.status)
            case TransferObject() | ReversalObject():
                return _moved(entry, one, "made")
            case AccountObject():
                return BookRow(entry=entry, reference=one.id, name=one.reference, state="open")
            case DisputeObject():
                return await self._dispute(one)
            case BalanceTransactionObject() if one.type in BY_ITSELF:
                amount = Money(one.net_minor, one.currency)
                return BookRow(entry=entry, reference=one.id, name=one.reference, state=one.type, amount=amount)
        return None

    async def _dispute(self, one: DisputeObject) -> BookRow:
        returned = 0
        if one.funds == "reinstated":
            moved = await self.connection.look(
                _LISTS[Entry.MOVEMENT][0],
                ListObject[BalanceTransactionObject],
                source=one.id,
                type="dispute_fee_reversal",
            )
            returned = sum(each.net_minor for each in moved.data)
        told = one.ours(fee_returned_minor=returned)
        return BookRow(
            entry=Entry.DISPUTE,
            reference=told.reference,
            name=None,
            state=told.state.value,
            amount=told.amount,
            fee=told.fee,
            about=told.payment_reference,
        )


def _payment(one: PaymentObject) -> BookRow:
    told = one.ours()
    captured = told.state is PaymentState.CAPTURED
    return BookRow(
        entry=Entry.PAYMENT,
        reference=told.reference,
        name=told.payment_id,
        state=payment_state(told.state, captured=captured),
        amount=told.captured if captured else told.amount,
        fee=told.fee,
    )


def _moved(entry: Entry, one: RefundObject | PayoutObject | TransferObject | ReversalObject, state: str) -> BookRow:
    amount = Money(one.amount_minor, one.currency)
    return BookRow(entry=entry, reference=one.id, name=one.reference, state=state, amount=amount)


def _money(sums: Counter[str]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
