"""What is booked for a card dispute: when the network takes the money, and when it has decided (J12 to J16)."""

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.accounts import Account
from marketplace_core.payments.domain.dispute import Dispute, DisputePart
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.journals.journal import Journal, JournalKind, moves
from marketplace_core.payments.domain.waterfall import Sources


def dispute_withdrawn(dispute: Dispute) -> Journal:
    """J12: the network has taken the amount, and the provider its fee."""
    currency = dispute.amount.currency
    psp = accounts.psp(dispute.provider, currency)
    return _journal(
        JournalKind.DISPUTE_WITHDRAWN,
        dispute,
        None,
        "main",
        (accounts.dispute_receivable(dispute.dispute_id, currency), psp, dispute.amount),
        (accounts.dispute_fees(currency), psp, dispute.fee),
    )


def dispute_froze_escrow(dispute: Dispute, part: DisputePart, leg: str = "") -> Journal:
    """J13a: what the dispute takes of a hold is set apart in it."""
    currency = dispute.amount.currency
    return _journal(
        JournalKind.DISPUTE_FROZE_ESCROW,
        dispute,
        part,
        leg,
        (
            accounts.escrow(part.seller_order_id, currency),
            accounts.escrow_disputed(dispute.dispute_id, currency),
            Money(part.split.held.amount, currency),
        ),
    )


def dispute_parked_payable(dispute: Dispute, part: DisputePart, leg: str = "") -> Journal:
    """J13b: what the dispute takes of money that the seller has already is set aside, as far as it is there."""
    currency = dispute.amount.currency
    return _journal(
        JournalKind.DISPUTE_PARKED_PAYABLE,
        dispute,
        part,
        leg,
        (
            accounts.seller_payable(part.seller_id, currency),
            accounts.seller_dispute_hold(dispute.dispute_id, currency),
            Money(part.parked_minor, currency),
        ),
    )


def dispute_reinstated(dispute: Dispute, amount: Money, fee_returned: Money) -> Journal:
    """J14: the network gives the amount back (C8: what it has refunded), and the provider its fee where it does."""
    currency = dispute.amount.currency
    psp = accounts.psp(dispute.provider, currency)
    return _journal(
        JournalKind.DISPUTE_REINSTATED,
        dispute,
        None,
        "main",
        (psp, accounts.dispute_receivable(dispute.dispute_id, currency), amount),
        (psp, accounts.dispute_fees(currency), fee_returned),
    )


def dispute_set_free(dispute: Dispute, part: DisputePart) -> Journal:
    """J14, the mirror of J13a and J13b: what was set apart of a seller order is where it was."""
    currency = dispute.amount.currency
    return _journal(
        JournalKind.DISPUTE_REINSTATED,
        dispute,
        part,
        "",
        (
            accounts.escrow_disputed(dispute.dispute_id, currency),
            accounts.escrow(part.seller_order_id, currency),
            Money(part.split.held.amount, currency),
        ),
        (
            accounts.seller_dispute_hold(dispute.dispute_id, currency),
            accounts.seller_payable(part.seller_id, currency),
            Money(part.parked_minor, currency),
        ),
    )


def dispute_lost_escrow(dispute: Dispute) -> Journal:
    """J15a: what was set apart in holds is gone, and what fell on no seller is the platform's loss."""
    currency = dispute.amount.currency
    gone = accounts.dispute_receivable(dispute.dispute_id, currency)
    held = sum(part.split.held.amount for part in dispute.parts)
    return _journal(
        JournalKind.DISPUTE_LOST_ESCROW,
        dispute,
        None,
        "main",
        (accounts.escrow_disputed(dispute.dispute_id, currency), gone, Money(held, currency)),
        (accounts.dispute_losses(currency), gone, Money(dispute.excess_minor, currency)),
    )


def dispute_excess_lost(dispute: Dispute) -> Journal:
    """J15a of a dispute that the network settled by a refund (C8): only what fell on no seller is lost."""
    currency = dispute.amount.currency
    return _journal(
        JournalKind.DISPUTE_LOST_ESCROW,
        dispute,
        None,
        "main",
        (
            accounts.dispute_losses(currency),
            accounts.dispute_receivable(dispute.dispute_id, currency),
            Money(dispute.excess_minor, currency),
        ),
    )


def dispute_lost_suspended(dispute: Dispute, amount: Money) -> Journal:
    """J29 of a dispute that is lost: what waited in suspense is gone, and the platform has lost that much less."""
    currency = dispute.amount.currency
    return _journal(
        JournalKind.SUSPENSE_RESOLVED,
        dispute,
        None,
        f"after:{dispute.suspended_minor}",
        (accounts.suspense(dispute.payment_id, currency), accounts.dispute_losses(currency), amount),
    )


def dispute_lost_released(dispute: Dispute, part: DisputePart, hold: EscrowHold) -> Journal:
    """J15b: what the seller had already is borne as the waterfall says; what was set aside too much is theirs again."""
    currency = dispute.amount.currency
    gone = accounts.dispute_receivable(dispute.dispute_id, currency)
    parked = accounts.seller_dispute_hold(dispute.dispute_id, currency)
    return _journal(
        JournalKind.DISPUTE_LOST_RELEASED,
        dispute,
        part,
        "",
        *((bearer, gone, amount) for bearer, amount in _bearers(dispute, hold, part.sources)),
        (
            parked,
            accounts.seller_payable(part.seller_id, currency),
            Money(part.parked_minor - part.sources.parked, currency),
        ),
    )


def dispute_fee_charged(dispute: Dispute, part: DisputePart, payable: Money, debt: Money) -> Journal:
    """J16: the fee, or a part of it, is the seller's."""
    currency = dispute.amount.currency
    fees = accounts.dispute_fees(currency)
    return _journal(
        JournalKind.DISPUTE_FEE_CHARGED,
        dispute,
        part,
        "",
        (accounts.seller_payable(part.seller_id, currency), fees, payable),
        (accounts.seller_receivable(part.seller_id, currency), fees, debt),
    )


def dispute_regained(dispute: Dispute, part: DisputePart, hold: EscrowHold, back: Sources) -> Journal:
    """C9: a lost dispute was turned round. Escrow is escrow again, the rest goes to whom it belongs now (as J09)."""
    currency = dispute.amount.currency
    psp = accounts.psp(dispute.provider, currency)
    return _journal(
        JournalKind.DISPUTE_REINSTATED,
        dispute,
        part,
        "regained",
        (psp, accounts.escrow(part.seller_order_id, currency), Money(part.split.held.amount, currency)),
        *((psp, bearer, amount) for bearer, amount in _bearers(dispute, hold, back)),
    )


def dispute_excess_regained(dispute: Dispute, fee_returned: Money) -> Journal:
    """C9: what had fallen on no seller is the platform's again, or waits in suspense again."""
    currency = dispute.amount.currency
    psp = accounts.psp(dispute.provider, currency)
    return _journal(
        JournalKind.DISPUTE_REINSTATED,
        dispute,
        None,
        "regained",
        (psp, accounts.dispute_losses(currency), Money(dispute.on_platform_minor, currency)),
        (psp, accounts.suspense(dispute.payment_id, currency), Money(dispute.suspended_minor, currency)),
        (psp, accounts.dispute_fees(currency), fee_returned),
    )


def _journal(
    kind: JournalKind, dispute: Dispute, part: DisputePart | None, leg: str, *steps: tuple[Account, Account, Money]
) -> Journal:
    name = ":".join(word for word in (part.seller_order_id if part else "", leg) if word)
    return Journal(
        kind=kind,
        source_type="dispute",
        source_id=dispute.dispute_id,
        leg=name or "main",
        seller_order_id=part.seller_order_id if part else None,
        transfers=moves(steps),
    )


def _bearers(dispute: Dispute, hold: EscrowHold, sources: Sources) -> tuple[tuple[Account, Money], ...]:
    currency, seller = hold.share.currency, hold.seller_id
    return tuple(
        (account, Money(minor, currency))
        for account, minor in (
            (accounts.commission_revenue(currency), sources.commission),
            (accounts.tax_payable(hold.terms.vat_jurisdiction, currency), sources.vat),
            (accounts.dispute_losses(currency), sources.platform),
            (accounts.seller_dispute_hold(dispute.dispute_id, currency), sources.parked),
            (accounts.seller_reserve(seller, currency), sources.reserve),
            (accounts.seller_payable(seller, currency), sources.payable),
            (accounts.seller_receivable(seller, currency), sources.debt),
        )
    )
