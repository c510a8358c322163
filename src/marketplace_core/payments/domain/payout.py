"""A payout: released money on its way to a seller's bank (money design 4.10).

A transfer that was made is never made again: a later attempt starts at the bank payout. What the bank sends back,
however late, is in the seller's account at the provider again; to give such a payout up, it is taken back from there.
What of the transfer has paid a debt meanwhile the seller has had: it is no part of the payout any more, whose rest is
sent again, or taken back.
"""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money, total
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import ProviderMismatch, WrongState
from marketplace_core.payments.domain.events import PayoutFailed, PayoutPaid, PayoutReturned, PayoutStuck
from marketplace_core.payments.domain.payment import KEY_LIFETIME
from marketplace_core.payments.domain.states.payout import (
    LIVE_STATES,
    PAYOUT_MACHINE,
    RESTING_STATES,
    STUCK_STATES,
    PayoutState,
    PayoutTrigger,
)

ITEMS_MAX: Final = 1_000
RETURNS_WITHIN: Final = timedelta(days=14)
"""For how long we look by ourselves whether a bank sent money back; a message is believed at any time."""


@frozen(kw_only=True)
class PayoutItem:
    """Something payable that a payout claims: a release, or (below zero) what was taken off again.

    ``entry_id`` is its name in the seller's account, ``seller_order_id`` the part of an order it comes from, if any.
    """

    entry_id: str
    seller_order_id: SellerOrderId | None
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


class BankNews(Enum):
    """What a snapshot of the bank payout changed."""

    NOTHING = "nothing"
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"


@frozen(kw_only=True)
class ProviderReversal:
    """The provider's reversal of a transfer, or of some of it, in our words: the money is in our balance again.

    ``reversal_id`` is our name of it.
    """

    reference: str
    reversal_id: str
    payout_id: str
    amount: Money


@define(kw_only=True, eq=False)
class Payout(Aggregate):
    """One payment to a seller: ``amount`` is the sum of its items.

    ``taken_minor`` is what of its transfer has paid a debt and is left out of ``amount``, as an item below zero.
    """

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
    reversal_reference: str | None = None
    failure_code: str | None = None
    paid_at: datetime | None = None
    taken_minor: int = 0

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
        """Claim what is payable for one payment (Y1): items of one currency whose sum is above zero."""
        if not 1 <= len(items) <= ITEMS_MAX:
            raise WrongState(f"A payout claims 1 to {ITEMS_MAX} entries.")
        amount = total([item.amount for item in items], items[0].amount.currency)
        if amount.amount_minor <= 0:
            raise WrongState("There is nothing to pay.")
        return cls(
            payout_id=payout_id,
            seller_id=seller_id,
            provider=provider,
            account=account,
            amount=amount,
            items=items,
            assembled_at=now,
        )

    @property
    def is_live(self) -> bool:
        """Tell whether the payout owns its releases."""
        return self.state in LIVE_STATES

    @property
    def is_stuck(self) -> bool:
        """Tell whether somebody has to do something before it goes on."""
        return self.state in STUCK_STATES

    def look_again_after(self, now: datetime) -> timedelta | None:
        """Say how long from now the provider is to be asked again; None: not any more.

        What the bank has may still come back; it is looked at for ``RETURNS_WITHIN``.
        """
        if self.state is PayoutState.IN_TRANSIT:
            return timers.POLL_PAYOUT_EVERY
        if self.state is PayoutState.PAID and self.paid_at is not None and now < self.paid_at + RETURNS_WITHIN:
            return timers.POLL_PAID_EVERY
        return None

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
        self._move(PayoutTrigger.APPROVE, Who.OPERATOR)
        self.failure_code = None

    def check_unsent(self) -> None:
        """Pass if nothing of this attempt was sent; raise ``WrongState`` otherwise."""
        if self.state not in {PayoutState.ASSEMBLED, PayoutState.READY}:
            raise WrongState(f"The payout is {self.state.value}.", state=self.state.value)

    def hold_back(self, reason: str, who: Who = Who.SYSTEM) -> None:
        """Stop it until somebody has looked (Y2)."""
        self._move(PayoutTrigger.HOLD_BACK, who)
        self.failure_code = reason

    def start(self, now: datetime) -> None:
        """Begin to send it (Y5): the row says so before the provider is asked."""
        self._move(PayoutTrigger.SEND, Who.TIMER)
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
        self._move(PayoutTrigger.TRANSFER_REFUSED, Who.PROVIDER)
        self._fail(reason)

    def sent(self, seen: ProviderPayout) -> None:
        """Record that the bank payout is under way (Y6). Raises ``ProviderMismatch`` for another one."""
        self._same(seen.payout_id, seen.amount)
        self._move(PayoutTrigger.ON_ITS_WAY, Who.PROVIDER)
        self.bank_reference = seen.reference

    def bank_refused(self, reason: str) -> None:
        """Record that the money stays in the seller's account at the provider, and why (Y9)."""
        self._move(PayoutTrigger.FAILED, Who.PROVIDER)
        self._fail(reason)

    def observe(self, seen: ProviderPayout, *, now: datetime) -> BankNews:
        """Apply the provider's bank payout and say what it changed (Y8 to Y10).

        Raises ``ProviderMismatch`` for another one.
        """
        if self.state in {PayoutState.IN_TRANSIT, PayoutState.PAID}:
            self._same(seen.payout_id, seen.amount)
        if seen.reference != self.bank_reference:
            raise ProviderMismatch(f"The provider answered about another attempt of {self.payout_id}.")
        match self.state, seen.state:
            case PayoutState.IN_TRANSIT, BankState.PAID:
                self._move(PayoutTrigger.PAID, Who.PROVIDER)
                self.paid_at, self.failure_code = now, None
                self.record(
                    PayoutPaid(
                        payout_id=self.payout_id, seller_id=self.seller_id, amount=self.amount, attempt=self.attempt
                    )
                )
                return BankNews.PAID
            case PayoutState.IN_TRANSIT, BankState.FAILED:
                self.bank_refused(seen.failure_code or "failed")
                return BankNews.FAILED
            case PayoutState.PAID, BankState.FAILED:
                self._return(seen.failure_code or "failed")
                return BankNews.RETURNED
            case _:
                return BankNews.NOTHING

    def retry(self) -> None:
        """Make the next attempt possible (Y11)."""
        self._move(PayoutTrigger.RETRY, Who.OPERATOR)
        self.attempt += 1
        self.tried_at = self.bank_reference = self.failure_code = None

    @property
    def transfer_amount(self) -> Money:
        """Return what its transfer comes to: what is left of it, and what has paid a debt."""
        return self.amount + Money(self.taken_minor, self.amount.currency)

    def to_leave_out(self, taken: Money) -> Money:
        """Return how much of ``taken``, what of the transfer has paid debts, is a part of the payout still.

        Nothing while the bank has the payout, or may have: what it is paying, or has paid, it pays in full.
        """
        if self.transfer_reference is None or self.state not in RESTING_STATES:
            return Money.zero(self.amount.currency)
        return taken - Money(self.taken_minor, self.amount.currency)

    def leave_out(self, item: PayoutItem) -> None:
        """Leave out what has paid a debt: ``item`` is that, below zero."""
        self.items, self.amount = (*self.items, item), self.amount + item.amount
        self.taken_minor -= item.amount.amount_minor

    @property
    def must_be_reversed(self) -> bool:
        """Tell whether the money is in the seller's account at the provider and has to come back before it is free."""
        return self.transfer_reference is not None and self.reversal_reference is None and bool(self.amount)

    @property
    def reversal_key(self) -> str:
        """Return the key under which the provider is asked to take back what is left of the transfer."""
        return f"reversal:{self.payout_id}:{1 + self.taken_minor}"

    def check_cancellable(self) -> None:
        """Pass if the payout may be given up now, once the money is back; raise ``WrongState`` otherwise."""
        PAYOUT_MACHINE.after(self.state, PayoutTrigger.CANCEL, Who.OPERATOR)
        if self.state is PayoutState.HELD and self.tried_at is not None:
            raise WrongState("The money may have left for the seller's account; the payout can only be tried again.")

    def reversed(self, seen: ProviderReversal) -> None:
        """Take note that what was left of the transfer was taken back (Y12).

        Raises ``ProviderMismatch`` for another one's.
        """
        self._same(seen.payout_id, seen.amount)
        self.reversal_reference = seen.reference

    def cancel(self) -> None:
        """Give back what it claimed (Y4, Y12); only while no money is out."""
        self.check_cancellable()
        if self.must_be_reversed:
            raise WrongState("The money is in the seller's account; it has to be taken back first.")
        self._move(PayoutTrigger.CANCEL, Who.OPERATOR)

    def remind(self) -> None:
        """Say again that it is stuck."""
        self.record(
            PayoutStuck(
                payout_id=self.payout_id,
                seller_id=self.seller_id,
                amount=self.amount,
                reason_code=self.failure_code or self.state.value,
            )
        )

    def _return(self, reason: str) -> None:
        self._move(PayoutTrigger.RETURNED, Who.PROVIDER)
        self.failure_code, self.paid_at = reason, None
        self.record(
            PayoutReturned(
                payout_id=self.payout_id,
                seller_id=self.seller_id,
                amount=self.amount,
                reason_code=reason,
                attempt=self.attempt,
            )
        )

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

    def _move(self, trigger: PayoutTrigger, who: Who) -> None:
        self.state = PAYOUT_MACHINE.after(self.state, trigger, who)
