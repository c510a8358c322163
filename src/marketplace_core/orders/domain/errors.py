"""What the orders context refuses, and how it says so."""

from marketplace_core.kernel.errors import Conflict, InvalidInput, NotFound, RuleBroken, Unavailable


class OrderNotFound(NotFound):
    """There is no such order, or it is somebody else's."""

    code = "orders.not_found"

    def __init__(self) -> None:
        super().__init__("There is no such order.")


class SellerOrderNotFound(NotFound):
    """There is no such seller order, or it is somebody else's."""

    code = "orders.seller_order_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such order.")


class InvalidAddress(InvalidInput):
    """The address cannot be delivered to; ``errors`` lists the fields at fault."""

    code = "orders.invalid_address"


class InvalidShipment(InvalidInput):
    """The carrier or the tracking number makes no sense."""

    code = "orders.invalid_shipment"


class InvalidDeliveryTerms(InvalidInput):
    """A fee or a minimum that no shop can mean; ``field`` names it."""

    code = "orders.invalid_delivery_terms"


class MalformedNote(InvalidInput):
    """What somebody gives as a reason is empty or endless."""

    code = "orders.malformed_note"


class NotOpen(RuleBroken):
    """More is to be sent than is still to be sent; ``lines`` names what is open of each."""

    code = "orders.not_open"


class MoneyDisputed(RuleBroken):
    """A card dispute decides about the money of these goods; until then they cannot be called off."""

    code = "orders.money_disputed"


class PaymentTooSmall(RuleBroken):
    """What came is less than the order costs, or of another currency: it can only go back."""

    code = "orders.payment_too_small"


class MalformedQuoteHash(InvalidInput):
    """The quote hash was not made by this marketplace."""

    code = "orders.malformed_quote_hash"


class ContactNeeded(RuleBroken):
    """Nobody knows where to write to about the order; a guest leaves an address first."""

    code = "orders.contact_needed"


class CartEmpty(RuleBroken):
    """There is nothing in the cart that could be bought."""

    code = "orders.cart_empty"


class NotAvailable(RuleBroken):
    """Some lines cannot be bought now; ``lines`` names each with its reason."""

    code = "orders.not_available"


class QuoteExpired(RuleBroken):
    """The quote is older than its time; ask for a new one."""

    code = "orders.quote_expired"


class QuoteChanged(RuleBroken):
    """What would be bought is not what was quoted; ``lines`` names old and new unit price of each line."""

    code = "orders.quote_changed"


class InvalidVoucher(InvalidInput):
    """A voucher that makes no sense; ``field`` names what is wrong with it."""

    code = "orders.invalid_voucher"


class VoucherNotFound(NotFound):
    """There is no such voucher, or it is somebody else's."""

    code = "orders.voucher_not_found"

    def __init__(self, message: str = "There is no such voucher.") -> None:
        super().__init__(message)


class VoucherCodeTaken(Conflict):
    """Another voucher has that code."""

    code = "orders.voucher_code_taken"

    def __init__(self, message: str = "There is a voucher with this code already.") -> None:
        super().__init__(message)


class VoucherNotApplicable(RuleBroken):
    """The code takes nothing off this cart, for whatever reason: whether it exists is not told."""

    code = "orders.voucher_not_applicable"

    def __init__(self, message: str = "This voucher cannot be used for this cart.") -> None:
        super().__init__(message)


class VoucherExhausted(RuleBroken):
    """The voucher has been used as often as it may be, by everybody or by this buyer."""

    code = "orders.voucher_exhausted"

    def __init__(self, message: str = "This voucher has been used up.") -> None:
        super().__init__(message)


class AlreadyPlaced(Conflict):
    """This cart has become an order already; ``order_id`` names it."""

    code = "orders.already_placed"

    def __init__(self, order_id: str) -> None:
        super().__init__("This cart has already been ordered.", order_id=order_id)


class AlreadyPaid(RuleBroken):
    """The payment had gone through before it could be stopped; the order stands."""

    code = "orders.already_paid"


class PaymentInProgress(Conflict):
    """The provider is still working on the payment; only its outcome decides what becomes of the order."""

    code = "orders.payment_in_progress"


class PaymentProviderUnavailable(Unavailable):
    """The order stands and holds its goods, but the payment provider cannot be asked right now.

    The same request with the same idempotency key asks again; so does the marketplace by itself.
    """

    code = "orders.payment_provider_unavailable"


class IllegalTransition(RuleBroken):
    """The state machine knows no such arrow; ``state`` and ``trigger`` name it."""

    code = "orders.illegal_transition"


class ParcelNotFound(NotFound):
    """No parcel of that number was sent with this."""

    code = "orders.parcel_not_found"
