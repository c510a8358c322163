"""What buyers are told when the cart, an order, a payment or their account refuses something."""

from collections.abc import Mapping
from typing import Final

from marketplace_entrypoints.web.language import msg

SENTENCES: Final[Mapping[str, str]] = {
    "cart.already_checked_out": msg("This cart has become an order. Your next one is still empty."),
    "cart.invalid_guest_token": msg("Your cart from before could not be found any more."),
    "cart.invalid_quantity": msg("How many would you like? A whole number of at least one, please."),
    "cart.invalid_source": msg("That moment of the video does not exist."),
    "cart.limit_exceeded": msg("A cart holds at most 100 different things, and at most 1,000 of each."),
    "cart.line_not_found": msg("This is not in your cart any more."),
    "cart.not_available": msg("This cannot be bought at the moment."),
    "cart.not_enough_stock": msg("There are not that many left."),
    "cart.not_found": msg("This cart does not exist any more. Yours is below."),
    "cart.offer_not_found": msg("Nobody offers this any more."),
    "cart.other_currency": msg("Your cart holds another currency. Order what is in it first, then this."),
    "catalog.out_of_stock": msg("Somebody was faster: not enough is left of something in your cart."),
    "identity.account_needed": msg("For this you need an account. It keeps your cart and takes a minute."),
    "identity.invalid_email": msg("This is not an e-mail address. It looks like name@example.com."),
    "identity.not_a_guest": msg("You are signed in: mails go to the address of your account."),
    "identity.session_ended": msg("Your session has ended. Sign in to go on where you were."),
    "identity.wrong_credentials": msg("Address and password do not go together."),
    "identity.wrong_password": msg("This is not your present password."),
    "kernel.concurrent_update": msg("Too much happened at once. Nothing was changed; please try again."),
    "kernel.idempotency_in_progress": msg("We are still working on the same request. Look again in a moment."),
    "kernel.idempotency_key_reused": msg("This page was sent before with something else in it. Look it over again."),
    "kernel.invalid_cursor": msg("This part of the list does not exist. Begin at its top."),
    "kernel.malformed_idempotency_key": msg("This page is out of date. Look it over, then send it again."),
    "kernel.stale_version": msg("This has changed in another window. Here is how it is now."),
    "orders.already_paid": msg("The payment had gone through before we could stop it; your order stands."),
    "orders.already_placed": msg("You have ordered this already."),
    "orders.cart_empty": msg("There is nothing in your cart that can be bought."),
    "orders.contact_needed": msg("Where should the confirmation go? Please leave your name and an e-mail address."),
    "orders.illegal_transition": msg("The order has moved on meanwhile, so this is not possible any more."),
    "orders.invalid_address": msg("Nothing can be delivered to this address yet. Look at the marked fields."),
    "orders.malformed_quote_hash": msg("These prices were not ours. Here are the present ones; look them over."),
    "orders.not_available": msg("Not everything in your cart can be bought now."),
    "orders.not_found": msg("There is no such order, or it is not yours to see."),
    "orders.payment_in_progress": msg("Your payment is being worked on. Look again in a few minutes."),
    "orders.payment_provider_unavailable": msg(
        "Your order is kept, but paying does not work right now. Try again soon."
    ),
    "orders.quote_changed": msg("Your cart or its prices have changed since you looked. Nothing was ordered yet."),
    "orders.quote_expired": msg("These prices were good for 15 minutes. Here are the present ones; look them over."),
    "orders.seller_order_not_found": msg("There is no such parcel, or it is not yours to see."),
    "payments.payment_not_found": msg("There is no such payment, or it is not yours to see."),
    "payments.provider_mismatch": msg("The payment provider's answer makes no sense. We are looking into it."),
    "payments.provider_refused": msg("The payment provider refuses this. Try again, or write to us."),
    "payments.provider_unavailable": msg("The payment provider does not answer. Nothing is lost; try again soon."),
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
