"""What is booked when a buyer's money comes in, and when it does not fit (J01, J02, J28, J29)."""

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.journals.journal import Journal, JournalKind, moves
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.refund import Refund


def payment_captured(payment: Payment) -> Journal:
    """J01: the captured money goes into one escrow per seller order."""
    currency = payment.amount.currency
    return Journal(
        kind=JournalKind.PAYMENT_CAPTURED,
        source_type="payment",
        source_id=payment.payment_id,
        transfers=moves(
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
        transfers=moves([
            (accounts.psp_fees(fee.currency), accounts.psp(payment.provider, fee.currency), fee),
        ]),
    )  # fmt: skip


def capture_suspended(payment: Payment, captured: Money) -> Journal:
    """J28: money that does not fit waits in suspense."""
    return Journal(
        kind=JournalKind.CAPTURE_SUSPENDED,
        source_type="payment",
        source_id=payment.payment_id,
        transfers=moves([
            (
                accounts.psp(payment.provider, captured.currency),
                accounts.suspense(payment.payment_id, captured.currency),
                captured,
            ),
        ]),
    )  # fmt: skip


def misfit_refunded(refund: Refund) -> Journal:
    """J29: money that does not fit is owed to the buyer."""
    currency = refund.amount.currency
    return Journal(
        kind=JournalKind.SUSPENSE_RESOLVED,
        source_type="refund",
        source_id=refund.refund_id,
        transfers=moves([
            (
                accounts.suspense(refund.payment_id, currency),
                accounts.refund_payable(refund.refund_id, currency),
                refund.amount,
            ),
        ]),
    )  # fmt: skip


def misfit_refund_failed(refund: Refund) -> Journal:
    """J09, where no seller has a part: it waits in suspense again."""
    currency = refund.amount.currency
    return Journal(
        kind=JournalKind.REFUND_FAILED,
        source_type="refund",
        source_id=refund.refund_id,
        transfers=moves([
            (
                accounts.refund_payable(refund.refund_id, currency),
                accounts.suspense(refund.payment_id, currency),
                refund.amount,
            ),
        ]),
    )  # fmt: skip
