"""What the buyer's browser may do, with the client secret of one payment: from a request to an answer."""

from typing import Final, cast

from marketplace_adapters.fakepay.provider import confirmation
from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.calls import Call
from marketplace_adapters.fakepay.provider.cards import read_card
from marketplace_adapters.fakepay.provider.fields import Fields
from marketplace_adapters.fakepay.provider.institution import Provider
from marketplace_adapters.fakepay.provider.payments import Payment, describe_to_buyer
from marketplace_adapters.fakepay.provider.refusals import Refusal

_CARD_FIELD_LENGTH_MAX = 40

_FAILURES: Final = {
    "card_declined": "The card was declined.",
    "insufficient_funds": "The card has insufficient funds.",
    "authentication_failed": "The buyer did not approve the payment.",
}


def confirm_payment(provider: Provider, call: Call) -> Answer:
    """Pay with a card. A decline answers 402 with the error and the payment, which takes another card."""
    fields = Fields(call.body)
    client_secret = fields.text("client_secret")
    number = fields.text("card_number", length_max=_CARD_FIELD_LENGTH_MAX)
    expiry = fields.text("exp", length_max=_CARD_FIELD_LENGTH_MAX)
    security_code = fields.optional_text("cvc", length_max=_CARD_FIELD_LENGTH_MAX)
    fields.done()
    with provider.writing() as session:
        payment = confirmation.find_as_buyer(session, call.path["id"], client_secret)
        card = read_card(number=number, expiry=expiry, security_code=security_code, now=session.now)
        return _outcome(confirmation.confirm(session, payment, card))


def authenticate_payment(provider: Provider, call: Call) -> Answer:
    """Answer the question of the buyer's bank."""
    fields = Fields(call.body)
    client_secret = fields.text("client_secret")
    outcome = cast(confirmation.AuthenticationOutcome, fields.choice("outcome", confirmation.AUTHENTICATION_OUTCOMES))
    fields.done()
    with provider.writing() as session:
        payment = confirmation.find_as_buyer(session, call.path["id"], client_secret)
        return _outcome(confirmation.authenticate(session, payment, outcome))


def _outcome(payment: Payment) -> Answer:
    told = describe_to_buyer(payment)
    if payment.status != "requires_method" or payment.failure_code is None:
        return Answer(200, told)
    refusal = Refusal(402, "card_error", payment.failure_code, _FAILURES[payment.failure_code])
    return Answer(refusal.status, {**refusal.body(), "payment": told})
