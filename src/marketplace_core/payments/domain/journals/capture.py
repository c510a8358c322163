"""What is booked when a buyer's money comes in, and when it does not fit (J01, J02, J28, J29)."""

from collections.abc import Iterator

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.accounts import Account
from marketplace_core.payments.domain.journals.journal import Journal, JournalKind, moves
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.refund import Refund


def payment_captured(payment: Payment) -> Journal:
    """J01: the captured money goes into one escrow per seller order, to the tax offices, and to our deferred fee.

    What the platform subsidises goes into the escrows at its expense: captured + subsidy = shares + tax + fee.
    """
    return Journal(
        kind=JournalKind.PAYMENT_CAPTURED,
        source_type="payment",
        source_id=payment.payment_id,
        transfers=moves(_divided(payment, accounts.psp(payment.provider, payment.amount.currency))),
    )


def suspense_accepted(payment: Payment) -> Journal:
    """J29: money that waited in suspense is its order's after all, divided as J01 divides it."""
    return Journal(
        kind=JournalKind.SUSPENSE_RESOLVED,
        source_type="payment",
        source_id=payment.payment_id,
        transfers=moves(_divided(payment, accounts.suspense(payment.payment_id, payment.amount.currency))),
    )


def buyer_fee_earned(payment: Payment, amount: Money, earned_before_minor: int) -> Journal:
    """J30: the buyer's fee of a closed order is ours; an order that was opened and closed again may earn once more."""
    return Journal(
        kind=JournalKind.BUYER_FEE_EARNED,
        source_type="order",
        source_id=payment.order_id,
        leg=str(earned_before_minor),
        transfers=moves([
            (accounts.fee_deferred(payment.order_id, amount.currency), accounts.fee_revenue(amount.currency), amount),
        ]),
    )  # fmt: skip


def _divided(payment: Payment, source: Account) -> Iterator[tuple[Account, Account, Money]]:
    currency = payment.amount.currency
    for share in payment.shares:
        escrow, extras = accounts.escrow(share.seller_order_id, currency), share.extras
        yield source, escrow, share.amount - Money(extras.subsidy, currency)
        yield accounts.promo_subsidy(currency), escrow, Money(extras.subsidy, currency)
        yield source, accounts.tax_payable(share.tax_jurisdiction, currency), Money(extras.tax, currency)
        yield source, accounts.fee_deferred(payment.order_id, currency), Money(extras.fee, currency)


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
