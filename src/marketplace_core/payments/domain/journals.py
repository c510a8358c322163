"""The journals: one function per row of money design 4.2 that exists, from facts to postings. Pure.

A journal is one business fact; its transfers each move an amount from one account's debit to another's credit, so an
unbalanced journal cannot be written down. A fact is named by (kind, source type, source, leg) and posted once.
"""

from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.accounts import Account
from marketplace_core.payments.domain.escrow import EscrowHold, Release, release_id
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.payout import Payout


class MalformedTransfer(InvalidInput):
    """A transfer moves a positive amount, of the currency of both accounts, between two different accounts."""

    code = "payments.malformed_transfer"


class JournalKind(Enum):
    """What sort of fact a journal records; the comment is its number in the money design."""

    PAYMENT_CAPTURED = "payment_captured"  # J01
    PROVIDER_FEE = "provider_fee"  # J02
    ESCROW_RELEASED = "escrow_released"  # J03
    PAYOUT_ASSEMBLED = "payout_assembled"  # J17
    PAYOUT_CANCELLED = "payout_cancelled"  # J18
    TRANSFER_SUCCEEDED = "transfer_succeeded"  # J19
    PAYOUT_PAID = "payout_paid"  # J21
    CAPTURE_SUSPENDED = "capture_suspended"  # J28


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
    """One business fact in the books. Without transfers it says that nothing had to move, and leaves no trace."""

    kind: JournalKind
    source_type: str
    source_id: str
    leg: str = "main"
    transfers: tuple[Transfer, ...] = field()


def _moves(moves: Iterable[tuple[Account, Account, Money]]) -> tuple[Transfer, ...]:
    return tuple(Transfer(debit, credit, amount) for debit, credit, amount in moves if amount)


def payment_captured(payment: Payment) -> Journal:
    """J01: the captured money goes into one escrow per seller order."""
    currency = payment.amount.currency
    return Journal(
        kind=JournalKind.PAYMENT_CAPTURED,
        source_type="payment",
        source_id=payment.payment_id,
        transfers=_moves(
            (accounts.psp(payment.provider, currency), accounts.escrow(share.seller_order_id, currency), share.amount)
            for share in payment.shares
        ),
    )


def provider_fee(payment: Payment, fee: Money) -> Journal:
    """J02: the provider keeps its fee."""
    return Journal(
        kind=JournalKind.PROVIDER_FEE,
        source_type="payment",
        source_id=payment.payment_id,
        transfers=_moves([
            (accounts.psp_fees(fee.currency), accounts.psp(payment.provider, fee.currency), fee),
        ]),
    )  # fmt: skip


def capture_suspended(payment: Payment, captured: Money) -> Journal:
    """J28: money that does not fit waits in suspense."""
    return Journal(
        kind=JournalKind.CAPTURE_SUSPENDED,
        source_type="payment",
        source_id=payment.payment_id,
        transfers=_moves([
            (
                accounts.psp(payment.provider, captured.currency),
                accounts.suspense(payment.payment_id, captured.currency),
                captured,
            ),
        ]),
    )  # fmt: skip


def escrow_released(hold: EscrowHold, release: Release) -> Journal:
    """J03: a release leaves escrow for commission, its tax, the reserve and the seller."""
    division, currency = release.division, release.division.released.currency
    held = accounts.escrow(hold.seller_order_id, currency)
    return Journal(
        kind=JournalKind.ESCROW_RELEASED,
        source_type="release",
        source_id=release_id(hold.seller_order_id, release.number),
        transfers=_moves([
            (held, accounts.commission_revenue(currency), division.commission),
            (held, accounts.tax_payable(hold.terms.vat_jurisdiction, currency), division.vat),
            (held, accounts.seller_reserve(hold.seller_id, currency), division.reserve),
            (held, accounts.seller_payable(hold.seller_id, currency), division.payable),
        ]),
    )  # fmt: skip


def payout_assembled(payout: Payout) -> Journal:
    """J17: a payout claims what it pays."""
    return _of_payout(
        JournalKind.PAYOUT_ASSEMBLED,
        payout,
        "main",
        accounts.seller_payable(payout.seller_id, payout.amount.currency),
        accounts.payout_clearing(payout.payout_id, payout.amount.currency),
    )


def payout_cancelled(payout: Payout) -> Journal:
    """J18: a payout gives its claim back; no money was out."""
    return _of_payout(
        JournalKind.PAYOUT_CANCELLED,
        payout,
        "main",
        accounts.payout_clearing(payout.payout_id, payout.amount.currency),
        accounts.seller_payable(payout.seller_id, payout.amount.currency),
    )


def transfer_succeeded(payout: Payout) -> Journal:
    """J19: our balance at the provider became the seller's account there."""
    return _of_payout(
        JournalKind.TRANSFER_SUCCEEDED,
        payout,
        str(payout.attempt),
        accounts.wallet(payout.seller_id, payout.amount.currency),
        accounts.psp(payout.provider, payout.amount.currency),
    )


def payout_paid(payout: Payout) -> Journal:
    """J21: the seller's bank has the money."""
    return _of_payout(
        JournalKind.PAYOUT_PAID,
        payout,
        str(payout.attempt),
        accounts.payout_clearing(payout.payout_id, payout.amount.currency),
        accounts.wallet(payout.seller_id, payout.amount.currency),
    )


def _of_payout(kind: JournalKind, payout: Payout, leg: str, debit: Account, credit: Account) -> Journal:
    return Journal(
        kind=kind,
        source_type="payout",
        source_id=payout.payout_id,
        leg=leg,
        transfers=_moves([(debit, credit, payout.amount)]),
    )
