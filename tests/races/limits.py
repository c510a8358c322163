"""Every limited resource, in one list: what many want at the same moment, how many may have it, and what sees to it.

Each race sends requests through two servers that differ in nothing but their last byte until all last bytes are sent at
once, and looks at what is left. A new limit without a row here is a limit that nobody has raced for.
"""

from collections.abc import Callable
from typing import Final

from attrs import frozen

from tests.races import money, trade, vouchers
from tests.races.ground import Ground


@frozen
class Limit:
    """``resource`` is what is raced for, ``guard`` where it is seen to that nobody gets more than there is."""

    resource: str
    promise: str
    guard: str
    race: Callable[[Ground], None]


LIMITS: Final = (
    Limit(
        "the last units of an offer", "as many orders as units", "conditional UPDATE of catalog_stock", trade.last_units
    ),
    Limit("units that are counted away", "no more than are unsold", "compared with what was seen", trade.counted_away),
    Limit("an idempotency key", "one order", "the key's own committed claim", trade.one_key),
    Limit("a cart", "one order", "UNIQUE(cart) and the cart's version", trade.one_cart),
    Limit("a guest's cart", "one taker", "the cart's version", trade.guests_cart),
    Limit("what is left of a share", "one of two refunds of 60 of 100", "the hold's standing", money.refund_of_a_share),
    Limit("an approval", "one refund, sent once", "the refund's version; key of the refund", money.approval),
    Limit("a decision about a refund", "approved or rejected", "the refund's machine and version", money.decision),
    Limit("what is payable to a seller", "one payout claims it", "claim on the entry", money.claim_of_a_payout),
    Limit("a release under three schedulers", "one payout", "claim on the entry", money.payout_by_three_schedulers),
    Limit("a receipt", "one release", "the hold's machine and version", money.receipt),
    Limit("held money", "released or refunded", "the escrow account's balance rule", money.release_or_refund),
    Limit(
        "held money in a dispute", "released or disputed", "the escrow account's balance rule", money.release_or_dispute
    ),
    Limit(
        "the uses of a voucher",
        "as many as its maker allows",
        "conditional UPDATE of vouchers",
        trade.uses_of_a_voucher,
    ),
    Limit("one order's use of a voucher", "once", "PRIMARY KEY(voucher, order)", vouchers.voucher_of_one_order),
    Limit("a use that comes back", "once", "the redemption is not returned yet", vouchers.voucher_given_back),
    Limit("an unpaid order", "paid or called off", "the provider's answer", trade.pay_or_call_off),
    Limit("an order whose time is up", "paid money is kept", "the provider's answer", trade.pay_or_expire),
    Limit("an unsent part", "sent or called off", "the seller order's machine and version", trade.send_or_call_off),
    Limit(
        "a part whose time is up", "sent or given up", "the seller order's machine and version", trade.send_or_give_up
    ),
    Limit("the last parts of an order", "it falls with both", "looked at after each has ended", trade.last_two_parts),
    Limit("a returned payout", "one more attempt, no second transfer", "the payout's machine", money.retry_of_a_payout),
    Limit(
        "a message of the provider", "kept once, one effect", "the inbox's primary key", trade.message_of_the_provider
    ),
    Limit("a refresh token", "one new pair", "compare-and-set of the token", trade.refresh_token),
    Limit("an address of a person", "one account", "UNIQUE(email)", trade.address_of_a_person),
    Limit("the name of a shop", "one shop", "UNIQUE(slug)", trade.name_of_a_shop),
)
