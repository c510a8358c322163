"""What is booked when held money becomes the seller's, and when a seller's debt is paid from it (J03 to J05)."""

from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.escrow import EscrowHold, Release, release_id
from marketplace_core.payments.domain.journals.journal import Journal, JournalKind, moves


def escrow_released(hold: EscrowHold, release: Release) -> Journal:
    """J03: a release leaves escrow for commission, its tax, the reserve and the seller."""
    division, currency = release.division, release.division.released.currency
    held = accounts.escrow(hold.seller_order_id, currency)
    return Journal(
        kind=JournalKind.ESCROW_RELEASED,
        source_type="release",
        source_id=release_id(hold.seller_order_id, release.number),
        seller_order_id=hold.seller_order_id,
        transfers=moves([
            (held, accounts.commission_revenue(currency), division.commission),
            (held, accounts.tax_payable(hold.terms.vat_jurisdiction, currency), division.vat),
            (held, accounts.seller_reserve(hold.seller_id, currency), division.reserve),
            (held, accounts.seller_payable(hold.seller_id, currency), division.payable),
        ]),
    )  # fmt: skip


def debt_netted(seller_id: SellerId, amount: Money, *, after: Journal) -> Journal:
    """J04: what has just become payable pays what the seller owes; ``after`` is the journal that made it payable."""
    return Journal(
        kind=JournalKind.DEBT_NETTED,
        source_type=after.source_type,
        source_id=after.source_id,
        leg=f"{after.kind.value}:{after.leg}",
        transfers=moves([
            (
                accounts.seller_payable(seller_id, amount.currency),
                accounts.seller_receivable(seller_id, amount.currency),
                amount,
            ),
        ]),
    )  # fmt: skip


def reserve_matured(hold: EscrowHold, release: Release, amount: Money) -> Journal:
    """J05: what was kept in reserve of a release becomes payable, as far as it is still there."""
    return Journal(
        kind=JournalKind.RESERVE_MATURED,
        source_type="release",
        source_id=release_id(hold.seller_order_id, release.number),
        seller_order_id=hold.seller_order_id,
        transfers=moves([
            (
                accounts.seller_reserve(hold.seller_id, amount.currency),
                accounts.seller_payable(hold.seller_id, amount.currency),
                amount,
            ),
        ]),
    )  # fmt: skip
