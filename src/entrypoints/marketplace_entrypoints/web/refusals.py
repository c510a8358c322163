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
    "catalog.illegal_transition": msg("An archived product is only kept; it cannot be changed or published."),
    "catalog.image_not_uploaded": msg("The picture has not arrived. Please send it again."),
    "catalog.image_rejected": msg("This is no JPEG, PNG or WebP that can be shown; it was thrown away."),
    "catalog.limit_reached": msg("There are as many of these as there may be."),
    "catalog.media_not_ready": msg("Its picture or video is not ready yet."),
    "catalog.offer_not_found": msg("There is no such variant."),
    "catalog.product_not_found": msg("There is no such product in your shop."),
    "catalog.sku_taken": msg("Another variant in your shop has this SKU."),
    "catalog.stock_too_low": msg("Open orders hold more units than would be left."),
    "catalog.variant_exists": msg("The product has this variant already."),
    "identity.already_has_shop": msg("You have a shop already."),
    "identity.longer_password_needed": msg("Whoever sells needs a password of at least 15 characters."),
    "identity.session_ended": msg("Your session has ended. Sign in to go on where you were."),
    "identity.slug_taken": msg("Another shop has this address. Please choose another."),
    "identity.wrong_credentials": msg("Address and password do not go together."),
    "kernel.stale_version": msg("This has changed in another window. Here is how it is now."),
    "landing.invalid_document": msg("Something on the page cannot be kept; look at the fields below."),
    "landing.not_found": msg("There is no such page."),
    "landing.not_ready": msg("The page cannot be published yet; what is missing stands below."),
    "orders.illegal_transition": msg("This order is not at the point where that can be done."),
    "orders.invalid_shipment": msg("Carrier and tracking number are needed, each of at most 200 characters."),
    "orders.seller_order_not_found": msg("There is no such order in your shop."),
    "video.captions_not_found": msg("The video has no captions in that language."),
    "video.not_found": msg("There is no such video in your shop."),
    "video.not_uploaded_yet": msg("The file has not arrived. Please send it again."),
    "video.subject_not_found": msg("What the video is meant to show is not in your shop."),
    "video.too_many_uploads": msg("Twenty videos are unfinished already. Let some finish first."),
    "video.unacceptable_size": msg("A video file has at most 200 MB and is not empty."),
    "video.unsupported_type": msg("This is not a video we can take. MP4, MOV, WebM and MKV are."),
    "web.lost_file": msg("The file did not come along. Please choose it again."),
    "web.no_file": msg("Please choose a file first."),
    "web.no_such_video": msg("There is no such video in your shop."),
    "web.not_a_picture": msg("A picture is a JPEG, PNG or WebP file of at most 10 MB."),
    "web.not_utf8": msg("The file is not text in UTF-8. Save it as WebVTT in UTF-8."),
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
