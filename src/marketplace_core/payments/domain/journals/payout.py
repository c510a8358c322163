"""What is booked while released money is on its way to a seller's bank, and when it comes back (J17 to J24)."""

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.accounts import Account
from marketplace_core.payments.domain.journals.journal import Journal, JournalKind, moves
from marketplace_core.payments.domain.payout import Payout


def payout_assembled(payout: Payout) -> Journal:
    """J17: a payout claims what it pays."""
    return _of_payout(
        JournalKind.PAYOUT_ASSEMBLED,
        payout,
        "main",
        accounts.seller_payable(payout.seller_id, payout.amount.currency),
        accounts.payout_clearing(payout.payout_id, payout.amount.currency),
        payout.transfer_amount,
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
        payout.transfer_amount,
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


def payout_returned(payout: Payout) -> Journal:
    """J23: the bank sent back what it had taken; the money is in the seller's account at the provider again."""
    return _of_payout(
        JournalKind.PAYOUT_RETURNED,
        payout,
        str(payout.attempt),
        accounts.wallet(payout.seller_id, payout.amount.currency),
        accounts.payout_clearing(payout.payout_id, payout.amount.currency),
    )


def claim_had(payout: Payout, had: Money) -> tuple[Journal, Journal]:
    """J18 and J24 of what of a payout has paid a debt: the seller has had it, and it is claimed no more.

    Our balance at the provider got it when the debt was repaid (J25): what leaves the wallet is payable no more. The
    second is what a payout leaves out of what it claims.
    """
    payable = accounts.seller_payable(payout.seller_id, payout.amount.currency)
    leg = f"had:{payout.taken_minor + had.amount_minor}"
    return (
        _of_payout(
            JournalKind.PAYOUT_CANCELLED,
            payout,
            leg,
            accounts.payout_clearing(payout.payout_id, payout.amount.currency),
            payable,
            had,
        ),
        _of_payout(
            JournalKind.TRANSFER_REVERSED,
            payout,
            leg,
            payable,
            accounts.wallet(payout.seller_id, payout.amount.currency),
            had,
        ),
    )


def transfer_reversed(payout: Payout) -> Journal:
    """J24: a payout is given up; its money is in our balance at the provider again."""
    return _of_payout(
        JournalKind.TRANSFER_REVERSED,
        payout,
        "main",
        accounts.psp(payout.provider, payout.amount.currency),
        accounts.wallet(payout.seller_id, payout.amount.currency),
    )


def _of_payout(
    kind: JournalKind, payout: Payout, leg: str, debit: Account, credit: Account, amount: Money | None = None
) -> Journal:
    return Journal(
        kind=kind,
        source_type="payout",
        source_id=payout.payout_id,
        leg=leg,
        transfers=moves([(debit, credit, payout.amount if amount is None else amount)]),
    )
