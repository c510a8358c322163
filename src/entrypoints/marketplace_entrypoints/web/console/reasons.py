"""Why the console says that money stays where it is: reviews, declines, failures and blocks, by their codes."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from marketplace_entrypoints.web.language import Language, msg

REVIEWS: Final[Mapping[str, str]] = {
    "amount_mismatch": msg("The provider tells another amount than was ordered."),
    "currency_mismatch": msg("The provider tells another currency than was ordered."),
    "late_capture": msg("The money was taken after the order was over."),
}
DECLINES: Final[Mapping[str, str]] = {
    "authentication_failed": msg("The buyer's bank could not make sure who pays."),
    "card_declined": msg("The bank refused the card."),
    "declined": msg("The bank refused the card."),
    "insufficient_funds": msg("There is not enough money on the card."),
}
PAYOUT_FAILURES: Final[Mapping[str, str]] = {
    "account_closed": msg("The shop's bank account is closed."),
    "account_restricted": msg("The provider does not pay this shop at the moment."),
    "failed": msg("The bank gives no reason."),
    "held_by_operator": msg("Somebody wants to look at it before it is sent."),
    "insufficient_funds": msg("Our balance at the provider does not reach."),
    "provider_mismatch": msg("The provider's answer does not fit this payout."),
}
REFUND_FAILURES: Final[Mapping[str, str]] = {
    "charge_for_pending_refund_disputed": msg("The buyer's bank disputes the payment."),
    "declined": msg("The buyer's bank refused it."),
    "disputed": msg("The buyer's bank disputes the payment."),
    "exceeds_remaining": msg("The provider says that less is left of the payment."),
    "expired_or_canceled_card": msg("The card is no longer valid."),
    "insufficient_funds": msg("Our balance at the provider does not reach."),
    "lost_or_stolen_card": msg("The card was reported as lost."),
    "unknown": msg("The bank gives no reason."),
}
REFUND_WAITS: Final[Mapping[str, str]] = {
    "charge_pending": msg("The payment itself is still under way."),
    "insufficient_funds": msg("Our balance at the provider does not reach."),
    "processing": msg("The provider works on it."),
}
"""The codes are the provider's; those that are not here are shown as they are."""


def blocked(language: Language, reasons: Sequence[Any]) -> str:
    """Say what keeps a held payment from being released."""
    sentences = [_blocked(language, *str(reason).partition(":")[::2]) for reason in reasons]
    return " ".join(sentences) or language.say("The held payment may not be released now.")


def _blocked(language: Language, kind: str, detail: str) -> str:
    match kind:
        case "frozen":
            return language.say("It is frozen: %(reason)s.", reason=detail)
        case "not_delivered":
            return language.say("Nothing says yet that the parcel has arrived.")
        case "paused":
            return language.say("Money to shops stands still until somebody has looked into the books.")
        case "pending" | "void":
            return language.say("It was never paid.")
        case _:
            return language.say("The held payment may not be released now.")


DISPUTES: Final[Mapping[str, str]] = {
    "credit_not_processed": msg("A refund that was promised did not come"),
    "duplicate": msg("It was charged twice"),
    "fraudulent": msg("The cardholder did not pay this"),
    "general": msg("No reason is given"),
    "product_not_received": msg("The goods did not come"),
    "product_unacceptable": msg("The goods are not as described"),
    "subscription_canceled": msg("It had been cancelled"),
    "unrecognized": msg("The cardholder does not know the payment"),
}
"""What a buyer has told their bank, by the code of the card networks."""
