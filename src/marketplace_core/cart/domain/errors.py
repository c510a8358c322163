"""The complaints of the cart."""

from marketplace_core.kernel.errors import InvalidInput, NotFound, RuleBroken


class CartNotFound(NotFound):
    """There is no such cart."""

    code = "cart.not_found"


class LineNotFound(NotFound):
    """The buyer's open cart has no such line."""

    code = "cart.line_not_found"


class OfferNotFound(NotFound):
    """Nobody has ever offered this."""

    code = "cart.offer_not_found"


class InvalidQuantity(InvalidInput):
    """A quantity is a whole number of at least one."""

    code = "cart.invalid_quantity"


class InvalidSource(InvalidInput):
    """A line comes from a moment of a video or from a seller's page, or from nowhere in particular."""

    code = "cart.invalid_source"


class InvalidGuestToken(InvalidInput):
    """The token is no access token of a guest's session, or no longer."""

    code = "cart.invalid_guest_token"

    def __init__(self) -> None:
        message = "This is not the access token of a guest, or it is over; refresh the guest's session."
        super().__init__(message, errors=[{"field": "guest_token", "message": message}])


class LimitExceeded(InvalidInput):
    """The cart would hold more lines, or more of one offer, than a cart may."""

    code = "cart.limit_exceeded"


class NotAvailable(RuleBroken):
    """The offer exists and cannot be bought now; ``facts["reason"]`` says why."""

    code = "cart.not_available"


class NotEnoughStock(RuleBroken):
    """Fewer units are left than were asked for; ``facts["available"]`` says how many."""

    code = "cart.not_enough_stock"


class OtherCurrency(RuleBroken):
    """The cart already holds offers in another currency."""

    code = "cart.other_currency"


class AlreadyCheckedOut(RuleBroken):
    """The cart has become an order; ``facts["order_id"]`` names it."""

    code = "cart.already_checked_out"
