"""A payout: released money on its way to a seller's bank (money design 4.10).

::

    assembled ► ready ► transferring ► in_transit ► paid
        │        │ ▲         │  │            └────► failed ──┐
        │        │ │         │  └► transfer_failed ──────────┤
        │        │ └─────────│────── Y11: attempt n+1 ───────┘
        └► cancelled ◄───────┘ (money not out: the releases are free again)
       held: somebody must look first

A transfer that was made is never made again: a later attempt starts at the bank payout.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.money import Money, total
from marketplace_core.payments.domain.errors import ProviderMismatch, WrongState
from marketplace_core.payments.domain.events import PayoutFailed, PayoutPaid
from marketplace_core.payments.domain.payment import KEY_LIFETIME

ITEMS_MAX: Final = 1_000


class PayoutState(Enum):
    """Where a payout stands."""

    ASSEMBLED = "assembled"
    HELD = "held"
    READY = "ready"
    TRANSFERRING = "transferring"
    TRANSFER_FAILED = "transfer_failed"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"


TRANSITIONS: Final[Mapping[PayoutState, frozenset[PayoutState]]] = MappingProxyType({
    PayoutState.ASSEMBLED: frozenset({PayoutState.READY, PayoutState.HELD, PayoutState.CANCELLED}),
    PayoutState.HELD: frozenset({PayoutState.READY, PayoutState.CANCELLED}),
    PayoutState.READY: frozenset({PayoutState.TRANSFERRING, PayoutState.HELD, PayoutState.CANCELLED}),
    PayoutState.TRANSFERRING: frozenset({
        PayoutState.IN_TRANSIT, PayoutState.TRANSFER_FAILED, PayoutState.FAILED, PayoutState.HELD,
    }),
    PayoutState.TRANSFER_FAILED: frozenset({PayoutState.READY, PayoutState.CANCELLED}),
    PayoutState.IN_TRANSIT: frozenset({PayoutState.PAID, PayoutState.FAILED}),
    PayoutState.PAID: frozenset(),
    PayoutState.FAILED: frozenset({PayoutState.READY}),
    PayoutState.CANCELLED: frozenset(),
})  # fmt: skip

LIVE_STATES: Final = frozenset(PayoutState) - {PayoutState.CANCELLED}
"""While a payout is in one of these, its releases belong to it and to no other payout."""


@frozen(kw_only=True)
class PayoutItem:
    """One release that a payout pays."""

    release_id: str
    seller_order_id: SellerOrderId
    amount: Money


@frozen(kw_only=True)
class ProviderTransfer:
    """The provider's transfer object in our words: money moved to a seller's account, at once."""

    reference: str
    payout_id: str
    account: str
    amount: Money


class BankState(Enum):
    """Where a bank payout stands at the provider."""

    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"


@frozen(kw_only=True)
class ProviderPayout:
    """The provider's bank payout object in our words."""

    reference: str
    payout_id: str
    state: BankState
    amount: Money
    failure_code: str | None = None


@define(kw_only=True, eq=False)
class Payout(Aggregate):
    """One payment to a seller: ``amount`` is the sum of its items."""

    payout_id: PayoutId
    seller_id: SellerId
    provider: str
    account: str
    amount: Money
    items: tuple[PayoutItem, ...]
    assembled_at: datetime
    state: PayoutState = PayoutState.ASSEMBLED
    attempt: int = 1
    tried_at: datetime | None = None
    transfer_reference: str | None = None
    bank_reference: str | None = None
    failure_code: str | None = None
    paid_at: datetime | None = None

    @classmethod
    def assemble(
        cls,
        *,
        payout_id: PayoutId,
        seller_id: SellerId,
        provider: str,
        account: str,
        items: tuple[PayoutItem, ...],
        now: datetime,
    ) -> "Payout":
        """Claim releases for one payment (Y1). All items are in one currency, and there is at least one."""
        if not 1 <= len(items) <= ITEMS_MAX:
            raise WrongState(f"A payout pays 1 to {ITEMS_MAX} releases.")
        return cls(
            payout_id=payout_id,
            seller_id=seller_id,
            provider=provider,
            account=account,
            amount=total([item.amount for item in items], items[0].amount.currency),
            items=items,
            assembled_at=now,
        )

    @property
    def is_live(self) -> bool:
        """Tell whether the payout owns its releases."""
        return self.state in LIVE_STATES

    @property
    def transfer_key(self) -> str:
        """Return the key of the transfer in this attempt."""
        return f"transfer:{self.payout_id}:{self.attempt}"

    @property
    def bank_key(self) -> str:
        """Return the key of the bank payout in this attempt."""
        return f"payout:{self.payout_id}:{self.attempt}"

    def key_may_be_forgotten(self, now: datetime) -> bool:
        """Tell whether the provider may no longer recognise this attempt's keys."""
        return self.tried_at is not None and now - self.tried_at > KEY_LIFETIME

    def approve(self) -> None:
        """Let it go (Y3)."""
        self._go(PayoutState.READY)
        self.failure_code = None

    def hold_back(self, reason: str) -> None:
        """Stop it until somebody has looked (Y2)."""
        self._go(PayoutState.HELD)
        self.failure_code = reason

    def start(self, now: datetime) -> None:
        """Begin to send it (Y5): the row says so before the provider is asked."""
        self._go(PayoutState.TRANSFERRING)
        self.tried_at = now

    def transferred(self, seen: ProviderTransfer) -> bool:
        """Record the transfer; tell whether it was new. Raises ``ProviderMismatch`` for another one."""
        self._same(seen.payout_id, seen.amount)
        if seen.account != self.account:
            raise ProviderMismatch(f"The transfer of {self.payout_id} went to another account.")
        if self.transfer_reference is not None:
            return False
        self._require(PayoutState.TRANSFERRING)
        self.transfer_reference = seen.reference
        return True

    def transfer_refused(self, reason: str) -> None:
        """Record that no money moved, and why (Y7)."""
        self._go(PayoutState.TRANSFER_FAILED)
        self._fail(reason)

    def sent(self, seen: ProviderPayout) -> None:
        """Record that the bank payout is under way (Y6). Raises ``ProviderMismatch`` for another one."""
        self._same(seen.payout_id, seen.amount)
        self._go(PayoutState.IN_TRANSIT)
        self.bank_reference = seen.reference

    def bank_refused(self, reason: str) -> None:
        """Record that the money stays in the seller's account at the provider, and why (Y9)."""
        self._go(PayoutState.FAILED)
        self._fail(reason)

    def observe(self, seen: ProviderPayout, *, now: datetime) -> bool:
        """Apply the provider's bank payout; tell whether it has just been paid (Y8).

        Raises ``ProviderMismatch`` for another one, and for one that failed after it was paid.
        """
        self._same(seen.payout_id, seen.amount)
        if seen.reference != self.bank_reference:
            raise ProviderMismatch(f"The provider answered about another attempt of {self.payout_id}.")
        if self.state is PayoutState.PAID and seen.state is not BankState.PAID:
            raise ProviderMismatch(f"The provider takes back that {self.payout_id} was paid.")
        if self.state is not PayoutState.IN_TRANSIT or seen.state is BankState.IN_TRANSIT:
            return False
        if seen.state is BankState.FAILED:
            self.bank_refused(seen.failure_code or "failed")
            return False
        self._go(PayoutState.PAID)
        self.paid_at, self.failure_code = now, None
        self.record(PayoutPaid(payout_id=self.payout_id, seller_id=self.seller_id, amount=self.amount))
        return True

    def retry(self) -> None:
        """Make the next attempt possible (Y11)."""
        self._go(PayoutState.READY)
        self.attempt += 1
        self.tried_at = self.bank_reference = self.failure_code = None

    def cancel(self) -> None:
        """Give the releases back (Y4); only while no money is out."""
        doubtful = self.state is PayoutState.HELD and self.tried_at is not None
        if self.transfer_reference is not None or doubtful:
            raise WrongState("The money may have left for the seller's account; the payout can only be tried again.")
        self._go(PayoutState.CANCELLED)

    def _fail(self, reason: str) -> None:
        self.failure_code = reason
        self.record(
            PayoutFailed(payout_id=self.payout_id, seller_id=self.seller_id, amount=self.amount, reason_code=reason)
        )

    def _same(self, payout_id: str, amount: Money) -> None:
        if payout_id != self.payout_id or amount != self.amount:
            raise ProviderMismatch(
                f"Asked about {self.payout_id} of {self.amount}, the provider answered about {payout_id} of {amount}."
            )

    def _require(self, state: PayoutState) -> None:
        if self.state is not state:
            raise WrongState(f"The payout is {self.state.value}.", state=self.state.value)

    def _go(self, state: PayoutState) -> None:
        if state not in TRANSITIONS[self.state]:
            raise WrongState(f"The payout cannot go from {self.state.value} to {state.value}.", state=self.state.value)
        self.state = state
