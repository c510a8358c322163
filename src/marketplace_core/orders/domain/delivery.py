"""Where goods go, how they travel, and how well it is proven that they arrived."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.errors import InvalidAddress, InvalidShipment
from marketplace_core.orders.domain.lines import Units

TEXT_LENGTH_MAX: Final = 200
POSTAL_CODE_LENGTH_MAX: Final = 20
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


class DeliveryProof(StrEnum):
    """Who says that the goods arrived. Only the buyer's own word releases the money at once."""

    CARRIER = "carrier"
    BUYER = "buyer"
    OPERATOR = "operator"
    SELLER = "seller"


_ANSWERS_FOR: Final = (DeliveryProof.BUYER, DeliveryProof.OPERATOR, DeliveryProof.CARRIER, DeliveryProof.SELLER)


def is_better(one: DeliveryProof, other: DeliveryProof) -> bool:
    """Tell whether a proof lets the money go sooner than another."""
    return _ANSWERS_FOR.index(one) < _ANSWERS_FOR.index(other)


def weakest(proofs: Iterable[DeliveryProof]) -> DeliveryProof:
    """Return the proof that lets the money go latest."""
    return max(proofs, key=_ANSWERS_FOR.index)


def _trimmed(text: str | None) -> str | None:
    return text.strip() or None if text is not None else None


def _stripped(text: str) -> str:
    return text.strip()


def _complaint(text: str, length_max: int) -> str | None:
    if not text:
        return "This is needed."
    if len(text) > length_max:
        return f"This is longer than {length_max} characters."
    if _CONTROL.search(text):
        return "This holds control characters."
    return None


@frozen(kw_only=True)
class Address:
    """Where the parcels go: ``country`` is an ISO 3166-1 alpha-2 code in capitals.

    Raises ``InvalidAddress`` whose ``errors`` list every field at fault.
    """

    name: str = field(converter=_stripped)
    line1: str = field(converter=_stripped)
    line2: str | None = field(default=None, converter=_trimmed)
    city: str = field(converter=_stripped)
    postal_code: str = field(converter=_stripped)
    country: str

    def __attrs_post_init__(self) -> None:
        texts = [("name", self.name), ("line1", self.line1), ("city", self.city), ("line2", self.line2 or "-")]
        complaints = [(name, _complaint(text, TEXT_LENGTH_MAX)) for name, text in texts]
        complaints.append(("postal_code", _complaint(self.postal_code, POSTAL_CODE_LENGTH_MAX)))
        complaints.append(
            ("country", None if _COUNTRY.fullmatch(self.country) else "A country is two capital letters.")
        )
        errors: list[Json] = [{"field": name, "message": said} for name, said in complaints if said is not None]
        if errors:
            raise InvalidAddress("This address cannot be delivered to.", errors=errors)


@frozen(kw_only=True)
class Shipment:
    """A parcel and what is in it: on its way or, once there is a ``proof``, arrived.

    Raises ``InvalidShipment`` for empty or endless texts.
    """

    carrier: str = field(converter=_stripped)
    tracking: str = field(converter=_stripped)
    shipped_at: datetime
    lines: tuple[Units, ...] = ()
    proof: DeliveryProof | None = None
    delivered_at: datetime | None = None

    def __attrs_post_init__(self) -> None:
        for name, text in (("carrier", self.carrier), ("tracking", self.tracking)):
            complaint = _complaint(text, TEXT_LENGTH_MAX)
            if complaint is not None:
                raise InvalidShipment(f"The {name} makes no sense: {complaint}", field=name)


@frozen(kw_only=True)
class ParcelArrival:
    """One of several parcels arrived: the ``number``-th, on somebody's word.

    ``items`` is what the goods in it are worth, ``expected`` what is still to arrive.
    """

    number: int
    items: Money
    expected: Money
    proof: DeliveryProof
    delivered_at: datetime


@frozen(kw_only=True)
class Delivered:
    """What is known of an arrival: on whose word, and since when."""

    seller_order_id: SellerOrderId
    proof: DeliveryProof
    delivered_at: datetime
