"""What a refusal is called on a page, and what can be done next."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_entrypoints.web.language import Language


def msg(message: str) -> str:
    """Mark a message for translation where it stands."""
    return message


_BY_KIND: Final[Mapping[ErrorKind, str]] = {
    ErrorKind.INVALID: msg("Something in this request does not fit together."),
    ErrorKind.NOT_FOUND: msg("There is nothing here, or it is not yours to see."),
    ErrorKind.UNAUTHENTICATED: msg("Please sign in first."),
    ErrorKind.FORBIDDEN: msg("Your account may not do this."),
    ErrorKind.RULE_BROKEN: msg("This is not possible right now."),
    ErrorKind.CONFLICT: msg("Somebody was faster: this has changed meanwhile. Look again, then decide again."),
    ErrorKind.UNAVAILABLE: msg("Something we depend on does not answer. Please try again in a moment."),
}
_TITLES: Final[Mapping[ErrorKind, str]] = {
    ErrorKind.INVALID: msg("That does not fit"),
    ErrorKind.NOT_FOUND: msg("Nothing here"),
    ErrorKind.UNAUTHENTICATED: msg("Who are you?"),
    ErrorKind.FORBIDDEN: msg("Not with this account"),
    ErrorKind.RULE_BROKEN: msg("Not possible"),
    ErrorKind.CONFLICT: msg("It has changed meanwhile"),
    ErrorKind.UNAVAILABLE: msg("One moment"),
}
SENTENCES: Final[dict[str, str]] = {
    "cart.line_not_found": msg("This is not in your cart any more."),
    "cart.not_available": msg("This cannot be bought at the moment."),
    "cart.not_enough_stock": msg("There are not that many left."),
    "identity.role_not_grantable": msg("This role is not given by hand."),
    "identity.seller_not_found": msg("There is no such shop."),
    "identity.seller_not_in_state": msg("The shop is not at the point where that can be done."),
    "identity.session_ended": msg("Your session has ended. Sign in to go on where you were."),
    "identity.user_not_found": msg("There is nobody of that name in the books."),
    "identity.wrong_credentials": msg("Address and password do not go together."),
    "kernel.invalid_cursor": msg("The list has changed. Look at it from its beginning."),
    "kernel.stale_version": msg("This has changed in another window. Here is how it is now."),
    "notifications.mail_not_failed": msg("Only a mail that failed is sent again."),
    "notifications.mail_not_found": msg("There is no such mail."),
    "payments.escrow_not_found": msg("There is no such held payment."),
    "payments.escrow_not_releasable": msg("The held payment may not be released now."),
    "payments.malformed_reason": msg(
        "A reason is one short word of a to z, digits, _, - and :, such as risk or claim:17."
    ),
    "payments.payout_not_found": msg("There is no such payout."),
    "payments.wrong_state": msg("It is not at the point where that can be done. Here is how it stands."),
    "search.query_too_long": msg("That is too long to look for: at most 200 characters."),
    "search.unavailable": msg("The search does not answer right now. Please try again in a moment."),
}
"""What the refusal of a code says. A code that is not here says what the marketplace says, or what its kind says."""


@frozen(kw_only=True)
class Advice:
    """A refusal in a person's words, with a way on."""

    title: str
    sentence: str
    href: str
    label: str


def sentence(language: Language, refusal: MarketplaceError) -> str:
    """Return one sentence that says what is wrong."""
    known = SENTENCES.get(refusal.code)
    if known is not None:
        return language.say(known)
    if language.code == "en":
        return refusal.message
    return language.say(_BY_KIND[refusal.kind])


def advice(language: Language, refusal: MarketplaceError, here: str) -> Advice:
    """Return what a page says in place of what was asked for."""
    href, label = _way_on(refusal.kind, here)
    title = language.say(_TITLES[refusal.kind])
    return Advice(title=title, sentence=sentence(language, refusal), href=href, label=language.say(label))


def _way_on(kind: ErrorKind, here: str) -> tuple[str, str]:
    match kind:
        case ErrorKind.UNAVAILABLE | ErrorKind.CONFLICT:
            return here, msg("Try again")
        case ErrorKind.INVALID | ErrorKind.RULE_BROKEN:
            return here, msg("Back")
        case _:
            return "/", msg("To the first page")
