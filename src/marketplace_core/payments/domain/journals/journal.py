"""A journal: one business fact in the books, its transfers each from the debit of one account to the credit of another.

An unbalanced journal cannot be written down. A fact is named by (kind, source type, source, leg) and posted once.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from attrs import field, frozen

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.ids import SellerId, SellerOrderId
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money
from marketplace_core.payments.domain.accounts import Account, AccountKind


class MalformedTransfer(InvalidInput):
    """A transfer moves a positive amount, of the currency of both accounts, between two different accounts."""

    code = "payments.malformed_transfer"


class JournalKind(Enum):
    """What sort of fact a journal records; the comment is its number in the money design."""

    PAYMENT_CAPTURED = "payment_captured"  # J01
    PROVIDER_FEE = "provider_fee"  # J02
    ESCROW_RELEASED = "escrow_released"  # J03
    DEBT_NETTED = "debt_netted"  # J04
    RESERVE_MATURED = "reserve_matured"  # J05
    REFUND_FROM_ESCROW = "refund_from_escrow"  # J06
    REFUND_AFTER_RELEASE = "refund_after_release"  # J07
    REFUND_SUCCEEDED = "refund_succeeded"  # J08
    REFUND_FAILED = "refund_failed"  # J09
    REFUND_BOUNCED = "refund_bounced"  # J10
    REFUND_SETTLED = "refund_settled"  # J11
    DISPUTE_WITHDRAWN = "dispute_withdrawn"  # J12
    DISPUTE_FROZE_ESCROW = "dispute_froze_escrow"  # J13a
    DISPUTE_PARKED_PAYABLE = "dispute_parked_payable"  # J13b
    DISPUTE_REINSTATED = "dispute_reinstated"  # J14
    DISPUTE_LOST_ESCROW = "dispute_lost_escrow"  # J15a
    DISPUTE_LOST_RELEASED = "dispute_lost_released"  # J15b
    DISPUTE_FEE_CHARGED = "dispute_fee_charged"  # J16
    PAYOUT_ASSEMBLED = "payout_assembled"  # J17
    PAYOUT_CANCELLED = "payout_cancelled"  # J18
    TRANSFER_SUCCEEDED = "transfer_succeeded"  # J19
    PAYOUT_PAID = "payout_paid"  # J21
    PAYOUT_RETURNED = "payout_returned"  # J23
    TRANSFER_REVERSED = "transfer_reversed"  # J24
    DEBT_REPAID = "debt_repaid"  # J25
    DEBT_WRITTEN_OFF = "debt_written_off"  # J26
    SELLER_TOPPED_UP = "seller_topped_up"  # J27
    CAPTURE_SUSPENDED = "capture_suspended"  # J28
    SUSPENSE_RESOLVED = "suspense_resolved"  # J29
    BUYER_FEE_EARNED = "buyer_fee_earned"  # J30


@frozen
class Transfer:
    """One amount from the debit of one account to the credit of another."""

    debit: Account
    credit: Account
    amount: Money

    def __attrs_post_init__(self) -> None:
        if not 0 < self.amount.amount_minor <= AMOUNT_MINOR_MAX:
            raise MalformedTransfer("A transfer moves a positive amount.")
        if self.debit.code == self.credit.code:
            raise MalformedTransfer("A transfer moves money between two accounts.")
        if {self.debit.currency, self.credit.currency} != {self.amount.currency}:
            raise MalformedTransfer("A transfer and its accounts have one currency.")


@frozen(kw_only=True)
class Journal:
    """One business fact in the books. Without transfers it says that nothing had to move, and leaves no trace.

    ``seller_order_id`` is the part of an order it is about, where there is one.
    """

    kind: JournalKind
    source_type: str
    source_id: str
    leg: str = "main"
    seller_order_id: SellerOrderId | None = None
    transfers: tuple[Transfer, ...] = field()


def booked_as(journal: Journal) -> str:
    """Say in a few words what a journal moves, for whoever rehearses."""
    legs = (f"{one.amount} from {one.debit.code} to {one.credit.code}" for one in journal.transfers)
    return f"book {journal.kind.value} of {journal.source_id}: {', '.join(legs)}"


def moves(steps: Iterable[tuple[Account, Account, Money]]) -> tuple[Transfer, ...]:
    """Return the transfers (debit, credit, amount) that move anything."""
    return tuple(Transfer(debit, credit, amount) for debit, credit, amount in steps if amount)


REVERSED: Final = ":reversed"
"""How the leg of a journal ends that takes another one back; its own leg is what stands before."""
CORRECTED: Final = ":corrected"
"""How the leg of a journal ends that adds what another one lacks."""


@frozen(kw_only=True)
class PayableEntry:
    """What one journal adds to (or, below zero, takes from) what is payable to a seller: payouts claim entries."""

    entry_id: str
    seller_id: SellerId
    amount: Money
    seller_order_id: SellerOrderId | None = None


_CLAIMS = frozenset({JournalKind.PAYOUT_ASSEMBLED, JournalKind.PAYOUT_CANCELLED})


def entries_of(journal: Journal) -> tuple[PayableEntry, ...]:
    """Return what a journal changes in what is payable. Payouts only claim what is there, and give it back."""
    if journal.kind in _CLAIMS:
        return ()
    changes: dict[Account, int] = {}
    for transfer in journal.transfers:
        for account, sign in ((transfer.debit, -1), (transfer.credit, 1)):
            if account.kind is AccountKind.SELLER_PAYABLE:
                changes[account] = changes.get(account, 0) + sign * transfer.amount.amount_minor
    return tuple(
        PayableEntry(
            entry_id=entry_id(journal),
            seller_id=SellerId(account.subject),
            amount=Money(minor, account.currency),
            seller_order_id=journal.seller_order_id,
        )
        for account, minor in changes.items()
        if minor
    )


def entry_id(journal: Journal) -> str:
    """Name what a journal changes in what is payable: a release by its own name, anything else by the fact's."""
    if journal.kind is JournalKind.ESCROW_RELEASED:
        return journal.source_id
    return f"{journal.kind.value}:{journal.source_id}:{journal.leg}"
