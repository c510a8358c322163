"""What the rows say must be in the books, and what of it the books lack: the journals that would mend them. Pure.

Nothing that was booked is ever changed. A fact that was never booked is booked; one that was booked in part gets the
rest as a journal of its own; a journal about nothing gets its mirror. What cannot be mended so needs a person.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import evolve

from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import journals
from marketplace_core.payments.domain.accounts import Account
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.journals import CORRECTED, REVERSED, Journal, Transfer
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.payout import Payout
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.domain.states.refund import RefundState

_GONE = frozenset({RefundState.SUCCEEDED, RefundState.BOUNCED, RefundState.SETTLED})
_CAME_BACK = frozenset({RefundState.BOUNCED, RefundState.SETTLED})


def of_payment(payment: Payment) -> Iterable[Journal]:
    """Yield what a captured payment says must be booked of it."""
    if payment.captured is None:
        return
    if payment.state is PaymentState.CAPTURED and payment.review_reason is None:
        yield journals.payment_captured(payment)
    if payment.state is PaymentState.REVIEW:
        yield journals.capture_suspended(payment, payment.captured)
    if payment.fee is not None:
        yield journals.provider_fee(payment, payment.fee)


def of_hold(hold: EscrowHold) -> Iterable[Journal]:
    """Yield what the releases of a hold say must be booked of them."""
    for release in hold.releases:
        yield journals.escrow_released(hold, release)


def of_refund(refund: Refund, holds: Mapping[SellerOrderId, EscrowHold]) -> Iterable[Journal]:
    """Yield what a refund that is owed or gone says must be booked of it."""
    is_owed = refund.approved_at is not None and refund.state not in {RefundState.FAILED, RefundState.CANCELLED}
    if is_owed and refund.is_of_misfit:
        yield journals.misfit_refunded(refund)
    for part in refund.parts if is_owed else ():
        hold = holds[part.seller_order_id]
        yield journals.refund_from_escrow(refund, part, hold)
        yield journals.refund_after_release(refund, part, hold)
    was_asked_for = refund.state is not RefundState.SETTLED or refund.reference is not None
    if refund.state in _GONE and was_asked_for:
        yield journals.refund_succeeded(refund)
    if refund.state in _CAME_BACK and was_asked_for:
        yield journals.refund_bounced(refund)
    if refund.state is RefundState.SETTLED:
        yield journals.refund_settled(refund)


def of_payout(payout: Payout) -> Iterable[Journal]:
    """Yield what a payout says must be booked of its claim, its present attempt and its end."""
    yield journals.payout_assembled(payout)
    if payout.state is PayoutState.CANCELLED:
        yield journals.payout_cancelled(payout)
    if payout.reversal_reference is not None:
        yield journals.transfer_reversed(payout)
    if payout.state in {PayoutState.PAID, PayoutState.RETURNED}:
        yield journals.payout_paid(payout)
    if payout.state is PayoutState.RETURNED:
        yield journals.payout_returned(payout)


def lacking(implied: Journal, booked: Iterable[Transfer]) -> Journal | None:
    """Return what the books lack of a fact, given what they have of it; None if that is nothing, or too much."""
    have, want = _sums(booked), _sums(implied.transfers)
    if not have:
        return implied if want else None
    if have - want:
        return None
    rest = tuple(
        Transfer(debit, credit, Money(minor, debit.currency)) for (debit, credit), minor in (want - have).items()
    )
    return evolve(implied, leg=implied.leg + CORRECTED, transfers=rest) if rest else None


def _sums(transfers: Iterable[Transfer]) -> Counter[tuple[Account, Account]]:
    sums: Counter[tuple[Account, Account]] = Counter()
    for one in transfers:
        sums[one.debit, one.credit] += one.amount.amount_minor
    return sums


def mirror(journal: Journal) -> Journal:
    """Return the journal that takes another one back."""
    return evolve(
        journal,
        leg=journal.leg + REVERSED,
        transfers=tuple(Transfer(one.credit, one.debit, one.amount) for one in journal.transfers),
    )
