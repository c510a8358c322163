"""Typed identifiers and the port that makes them.

An identifier is a prefix that says what it names, an underscore, and 26 characters of Crockford base 32 that sort by
time of making (the 128 bits of a UUID version 7, RFC 9562): ``ord_01JDCNZ0V4M6Z7C0QK3T6V9A2B``. One spelling serves
the database, the API and the log.
"""

import os
from typing import Final, NewType, Protocol

from marketplace_core.kernel.clock import Clock

UserId = NewType("UserId", str)
SellerId = NewType("SellerId", str)
CategoryId = NewType("CategoryId", str)
ProductId = NewType("ProductId", str)
VariantId = NewType("VariantId", str)
OfferId = NewType("OfferId", str)
ImageId = NewType("ImageId", str)
CartId = NewType("CartId", str)
CartLineId = NewType("CartLineId", str)
OrderId = NewType("OrderId", str)
SellerOrderId = NewType("SellerOrderId", str)
PaymentId = NewType("PaymentId", str)
PayoutId = NewType("PayoutId", str)
RefundId = NewType("RefundId", str)
DisputeId = NewType("DisputeId", str)
ClaimId = NewType("ClaimId", str)
ClaimPhotoId = NewType("ClaimPhotoId", str)
VoucherId = NewType("VoucherId", str)
SettlementId = NewType("SettlementId", str)
VideoId = NewType("VideoId", str)
PageId = NewType("PageId", str)
MailId = NewType("MailId", str)
EventId = NewType("EventId", str)
EndpointId = NewType("EndpointId", str)
DeliveryId = NewType("DeliveryId", str)

PREFIXES: Final = {
    "usr": UserId,
    "sel": SellerId,
    "cat": CategoryId,
    "prd": ProductId,
    "var": VariantId,
    "off": OfferId,
    "img": ImageId,
    "crt": CartId,
    "cln": CartLineId,
    "ord": OrderId,
    "sor": SellerOrderId,
    "pay": PaymentId,
    "pyt": PayoutId,
    "rfd": RefundId,
    "dsp": DisputeId,
    "clm": ClaimId,
    "cph": ClaimPhotoId,
    "vch": VoucherId,
    "dst": SettlementId,
    "vid": VideoId,
    "pge": PageId,
    "mail": MailId,
    "evt": EventId,
    "whe": EndpointId,
    "whd": DeliveryId,
}
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class IdFactory(Protocol):
    """Makes identifiers that are never made twice. Never fails."""

    def new(self, prefix: str) -> str:
        """Return a fresh identifier with the given prefix; wrap it in its type: ``OrderId(ids.new("ord"))``."""
        ...


class TimeOrderedIds(IdFactory):
    """Identifiers from the clock's milliseconds and the machine's randomness."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def new(self, prefix: str) -> str:
        """Return ``prefix_`` and a UUID version 7 in Crockford base 32."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        noise = int.from_bytes(os.urandom(10))
        value = milliseconds << 80 | 0x7 << 76 | (noise >> 68) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
        return f"{prefix}_{''.join(_CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))}"
