"""What buyers are told when the cart, an order or the catalogue refuses something."""

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
    "catalog.category_not_found": msg("There is no such category."),
    "catalog.out_of_stock": msg("Somebody was faster: not enough is left of something in your cart."),
    "catalog.product_not_found": msg("This product is not for sale here any more, or never was."),
    "identity.not_a_guest": msg("You are signed in: mails go to the address of your account."),
    "orders.already_paid": msg("The payment had gone through before we could stop it; your order stands."),
    "orders.already_placed": msg("You have ordered this already."),
    "orders.cart_empty": msg("There is nothing in your cart that can be bought."),
    "orders.contact_needed": msg("Where should the confirmation go? Please leave your name and an e-mail address."),
    "orders.invalid_address": msg("Nothing can be delivered to this address yet. Look at the marked fields."),
    "orders.malformed_note": msg("Please say why, in at most 400 characters."),
    "orders.malformed_quote_hash": msg("These prices were not ours. Here are the present ones; look them over."),
    "orders.money_disputed": msg("Your bank decides about this payment, so this cannot be called off meanwhile."),
    "orders.not_available": msg("Not everything in your cart can be bought now."),
    "orders.payment_in_progress": msg("Your payment is being worked on. Look again in a few minutes."),
    "orders.payment_provider_unavailable": msg(
        "Your order is kept, but paying does not work right now. Try again soon."
    ),
    "orders.quote_changed": msg("Your cart or its prices have changed since you looked. Nothing was ordered yet."),
    "orders.quote_expired": msg("These prices were good for 15 minutes. Here are the present ones; look them over."),
    "orders.voucher_exhausted": msg("This voucher has been used as often as it may be. Go on without it."),
    "orders.voucher_not_applicable": msg("This voucher takes nothing off this cart. Try another, or go on without."),
    "search.query_too_long": msg("That is too long to look for: at most 200 characters."),
    "search.unavailable": msg("The search does not answer right now. Please try again in a moment."),
    "video.not_found": msg("There is no such video."),
}
"""By code, sorted."""
