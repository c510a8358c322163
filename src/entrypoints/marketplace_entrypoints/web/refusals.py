"""What a refusal is called on a page, and what can be done next."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_entrypoints.web.language import Language, msg
from marketplace_entrypoints.web.sentences import SENTENCES

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


@frozen(kw_only=True)
class Advice:
    """A refusal in a person's words, with a way on."""

    title: str
    sentence: str
    href: str
    label: str


def sentence(language: Language, refusal: MarketplaceError, own: Mapping[str, str]) -> str:
    """Return one sentence that says what is wrong.

    ``own`` are the sentences of a part of the site, by code. A code that is neither there nor among those of every part
    says what the marketplace says, or what its kind says.
    """
    known = own.get(refusal.code) or SENTENCES.get(refusal.code)
    if known is not None:
        return language.say(known)
    if language.code == "en":
        return refusal.message
    return language.say(_BY_KIND[refusal.kind])


def advice(language: Language, refusal: MarketplaceError, own: Mapping[str, str], here: str) -> Advice:
    """Return what a page says in place of what was asked for."""
    href, label = _way_on(refusal.kind, here)
    title = language.say(_TITLES[refusal.kind])
    return Advice(title=title, sentence=sentence(language, refusal, own), href=href, label=language.say(label))


def overweight(language: Language, here: str, *, megabytes: int = 1) -> Advice:
    """Return what a page says when more was sent than a form may hold."""
    return Advice(
        title=language.say("That was too much"),
        sentence=language.say(
            "A form holds at most %(megabytes)s MB. Nothing was changed; go back and send less.", megabytes=megabytes
        ),
        href=here,
        label=language.say("Back"),
    )


def _way_on(kind: ErrorKind, here: str) -> tuple[str, str]:
    match kind:
        case ErrorKind.UNAVAILABLE | ErrorKind.CONFLICT:
            return here, msg("Try again")
        case ErrorKind.INVALID | ErrorKind.RULE_BROKEN:
            return here, msg("Back")
        case _:
            return "/", msg("To the first page")
