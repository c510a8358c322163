"""What is booked when a seller's debt is settled otherwise than from what becomes payable (J25 to J27)."""

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.debt import DebtSettlement
from marketplace_core.payments.domain.journals.journal import Journal, JournalKind, moves


def debt_repaid(settlement: DebtSettlement, debt: Money) -> Journal:
    """J25: the provider has taken back from the seller's own balance what pays a debt; an excess is payable again."""
    currency = settlement.amount.currency
    pays = min(debt, settlement.amount)
    return Journal(
        kind=JournalKind.DEBT_REPAID,
        source_type="settlement",
        source_id=settlement.settlement_id,
        transfers=moves([
            (
                accounts.psp(settlement.provider, currency),
                accounts.seller_receivable(settlement.seller_id, currency),
                pays,
            ),
            (
                accounts.psp(settlement.provider, currency),
                accounts.seller_payable(settlement.seller_id, currency),
                settlement.amount - pays,
            ),
        ]),
    )  # fmt: skip


def debt_written_off(settlement: DebtSettlement) -> Journal:
    """J26: the platform gives up hope, and bears it."""
    currency = settlement.amount.currency
    return Journal(
        kind=JournalKind.DEBT_WRITTEN_OFF,
        source_type="settlement",
        source_id=settlement.settlement_id,
        transfers=moves([
            (
                accounts.bad_debt(currency),
                accounts.seller_receivable(settlement.seller_id, currency),
                settlement.amount,
            ),
        ]),
    )  # fmt: skip


def seller_topped_up(settlement: DebtSettlement, debt: Money) -> Journal:
    """J27: money of the seller's has arrived at the provider; what exceeds the debt is payable to them."""
    currency = settlement.amount.currency
    psp = accounts.psp(settlement.provider, currency)
    pays = min(debt, settlement.amount)
    return Journal(
        kind=JournalKind.SELLER_TOPPED_UP,
        source_type="settlement",
        source_id=settlement.settlement_id,
        transfers=moves([
            (psp, accounts.seller_receivable(settlement.seller_id, currency), pays),
            (psp, accounts.seller_payable(settlement.seller_id, currency), settlement.amount - pays),
        ]),
    )  # fmt: skip
