"""What the buyer does with a payment: show a card, answer the bank's question; and what comes of it."""

import hmac
from typing import Final, Literal, get_args

from attrs import evolve

from marketplace_adapters.fakepay.provider import disputing, due, events, ledger, refunding
from marketplace_adapters.fakepay.provider.cards import DECLINE_CODES, DISPUTES, Card, CardBehaviour
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.payments import Payment, describe, find, save
from marketplace_adapters.fakepay.provider.refusals import missing, not_now

LATE_SUCCESS: Final = "payment.late_success"
ATTEMPTS_MAX = 20

AuthenticationOutcome = Literal["approve", "refuse"]
AUTHENTICATION_OUTCOMES: Final[frozenset[str]] = frozenset(get_args(AuthenticationOutcome))


def find_as_buyer(session: Session, payment_id: str, client_secret: str) -> Payment:
    """Return the payment that this secret belongs to. Raises Refusal: payment_not_found, for a wrong secret too."""
    payment = find(session, payment_id)
    if not hmac.compare_digest(payment.client_secret.encode(), client_secret.encode()):
        raise missing("payment")
    return payment


def confirm(session: Session, payment: Payment, card: Card) -> Payment:
    """Try to take the payment from a card. A decline is no refusal: it is a new state of the payment.

    Showing the same card again after it worked changes nothing, so a button pressed twice charges once.
    Raises Refusal: payment_already_succeeded, payment_processing, payment_cancelled, attempts_exhausted.
    """
    if _already_tried_with(payment, card):
        return payment
    match payment.status:
        case "succeeded":
            raise not_now("payment_already_succeeded", "The payment has already succeeded with another card.")
        case "processing":
            raise not_now("payment_processing", "The payment is being processed with another card.")
        case "cancelled":
            raise not_now("payment_cancelled", "The payment was cancelled.")
        case "requires_method" | "requires_action":
            return _attempt(session, payment, card)


def authenticate(session: Session, payment: Payment, outcome: AuthenticationOutcome) -> Payment:
    """Record how the buyer answered the bank. Approving again after it worked changes nothing.

    Raises Refusal: payment_not_awaiting_authentication.
    """
    if payment.status != "requires_action":
        asked_before = payment.card_behaviour == CardBehaviour.ASKS_THE_BUYER
        if payment.status == "succeeded" and asked_before and outcome == "approve":
            return payment
        raise not_now("payment_not_awaiting_authentication", "The bank has asked the buyer nothing.")
    return _succeed(session, payment) if outcome == "approve" else _fail(session, payment, "authentication_failed")


def succeed_late(session: Session, payment_id: str) -> None:
    """Let a payment succeed that was being processed."""
    _succeed(session, find(session, payment_id))


def _already_tried_with(payment: Payment, card: Card) -> bool:
    same_card = (payment.card_last4, payment.card_behaviour) == (card.last4, card.behaviour)
    return same_card and payment.status in {"requires_action", "processing", "succeeded"}


def _attempt(session: Session, payment: Payment, card: Card) -> Payment:
    if payment.attempts >= ATTEMPTS_MAX:
        raise not_now("attempts_exhausted", f"A payment takes at most {ATTEMPTS_MAX} attempts.")
    tried = evolve(
        payment,
        attempts=payment.attempts + 1,
        card_last4=card.last4,
        card_behaviour=card.behaviour.value,
        failure_code=None,
    )
    match card.behaviour:
        case CardBehaviour.DECLINES | CardBehaviour.LACKS_FUNDS:
            return _fail(session, tried, DECLINE_CODES[card.behaviour])
        case CardBehaviour.ASKS_THE_BUYER:
            asking = save(session, payment, evolve(tried, status="requires_action"))
            events.record(session, "payment.requires_action", describe(asking))
            return asking
        case CardBehaviour.SUCCEEDS_LATE:
            processing = save(session, payment, evolve(tried, status="processing"))
            due.schedule(
                session, kind=LATE_SUCCESS, subject=payment.id, after_seconds=session.terms.late_success_seconds
            )
            events.record(session, "payment.processing", describe(processing))
            return processing
        case _:  # all others pay at once; what they do comes later
            return _succeed(session, tried)


def _succeed(session: Session, payment: Payment) -> Payment:
    succeeded = save(
        session,
        payment,
        evolve(
            payment,
            status="succeeded",
            captured_minor=payment.amount_minor,
            fee_minor=session.terms.fee_minor(payment.amount_minor),
            failure_code=None,
            succeeded_at_ms=session.now_ms,
        ),
    )
    balance = ledger.incoming(session, ledger.PLATFORM)
    _move(session, succeeded, "payment", ledger.CARDS, balance, succeeded.captured_minor)
    _move(session, succeeded, "fee", balance, ledger.FEES, succeeded.fee_minor)
    events.record(session, "payment.succeeded", describe(succeeded))
    if succeeded.card_behaviour in DISPUTES:
        seconds = session.terms.dispute_opens_seconds
        due.schedule(session, kind=disputing.OPENS, subject=succeeded.id, after_seconds=seconds)
    refunding.charge_succeeded(session, succeeded)
    return succeeded


def _move(
    session: Session, payment: Payment, kind: ledger.EntryKind, giver: str, taker: str, amount_minor: int
) -> None:
    ledger.move(
        session,
        kind=kind,
        source=payment.id,
        giver=giver,
        taker=taker,
        currency=payment.currency,
        amount_minor=amount_minor,
        reference=payment.reference,
    )


def _fail(session: Session, payment: Payment, failure_code: str) -> Payment:
    failed = save(session, payment, evolve(payment, status="requires_method", failure_code=failure_code))
    events.record(session, "payment.failed", describe(failed))
    return failed
