"""What refusals are called on every page, whichever part of the site it belongs to, by their codes.

Each part has sentences of its own besides, and says those first.
"""

from collections.abc import Mapping
from typing import Final

from marketplace_entrypoints.web.language import msg

SENTENCES: Final[Mapping[str, str]] = {
    "identity.account_needed": msg("For this you need an account. It keeps your cart and takes a minute."),
    "identity.invalid_email": msg("This is not an e-mail address. It looks like name@example.com."),
    "identity.seller_not_found": msg("There is no such shop."),
    "identity.session_ended": msg("Your session has ended. Sign in to go on where you were."),
    "identity.wrong_credentials": msg("Address and password do not go together."),
    "identity.wrong_password": msg("This is not your present password."),
    "kernel.concurrent_update": msg("Too much happened at once. Nothing was changed; please try again."),
    "kernel.idempotency_in_progress": msg("We are still working on the same request. Look again in a moment."),
    "kernel.idempotency_key_reused": msg("This page was sent before with something else in it. Look it over again."),
    "kernel.invalid_cursor": msg("This part of the list does not exist. Begin at its top."),
    "kernel.malformed_idempotency_key": msg("This page is out of date. Look it over, then send it again."),
    "kernel.file_store_unavailable": msg("Files cannot be stored or shown right now. Please try again in a moment."),
    "kernel.too_often": msg("That was tried too often. Please wait a few minutes, then try again."),
    "kernel.stale_version": msg("This has changed in another window. Here is how it is now."),
    "landing.not_found": msg("There is no such page."),
    "landing.seller_not_found": msg("There is no such shop."),
    "orders.illegal_transition": msg("The order has moved on meanwhile, so this is not possible any more."),
    "orders.not_found": msg("There is no such order, or it is not yours to see."),
    "orders.parcel_not_found": msg("There is no such parcel, or it is not yours to see."),
    "orders.seller_order_not_found": msg("There is no such parcel, or it is not yours to see."),
    "payments.claim_not_found": msg("There is no such claim, or it is not yours to see."),
    "payments.claim_not_possible": msg("There can be no claim about this, or not now. Write to us if that is wrong."),
    "payments.claim_photo_not_found": msg("There is no such photo, or it is not yours to see."),
    "payments.malformed_claim": msg(
        "A claim is about goods of the order and says what is wrong, in up to 2000 characters."
    ),
    "payments.malformed_refund": msg("A refund is an amount above zero, with a reason of at most 500 characters."),
    "payments.payment_not_found": msg("There is no such payment, or it is not yours to see."),
    "payments.photo_rejected": msg(
        "A photo is a JPEG, PNG or WebP of at most 8 MB that can be shown, and a claim takes 20 of them."
    ),
    "payments.provider_mismatch": msg("The payment provider's answer makes no sense. We are looking into it."),
    "payments.provider_refused": msg("The payment provider refuses this. Try again, or write to us."),
    "payments.provider_unavailable": msg("The payment provider does not answer. Nothing is lost; try again soon."),
    "payments.refund_blocked_by_dispute": msg(
        "A card dispute is open on this payment, and it decides about the money."
    ),
    "payments.refund_exceeds_remaining": msg("That is more than can still be given back."),
    "payments.refund_not_found": msg("There is no such refund, or it is not yours to see."),
    "payments.seller_cannot_sell": msg("One of these shops cannot take orders now. Take its goods out of the cart."),
    "payments.unknown_at_provider": msg("The payment provider does not know this payment. We are looking into it."),
    "payments.wrong_state": msg("The payment has moved on meanwhile, so this is not possible any more."),
}
"""By code, sorted."""
FIELDS: Final[tuple[str, ...]] = (
    msg("A country is two capital letters."),
    msg("A name has at least one letter or digit."),
    msg("A password has at least 15 characters."),
    msg("A password has at least 8 characters."),
    msg("A password has at most 128 characters."),
    msg("A password must not be your e-mail address, your name, or the marketplace's."),
    msg("At most 100 characters, please."),
    msg("Characters that cannot be seen are not allowed here."),
    msg("Runs and repetitions are the first thing that is guessed; choose another."),
    msg("The present password is wrong."),
    msg("This holds control characters."),
    msg("This is longer than 20 characters."),
    msg("This is longer than 200 characters."),
    msg("This is needed."),
    msg("This is not an e-mail address."),
    msg("This password holds something that is not text."),
    msg("Too many people use this password, or one like it; choose another."),
)
"""What the core says of single fields, in its own words: marked here so that translators see it."""
