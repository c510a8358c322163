"""The bodies of requests and answers about vouchers."""

from datetime import datetime

from pydantic import AwareDatetime, ConfigDict, Field

from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX
from marketplace_core.orders import MakeVoucher
from marketplace_entrypoints.http.dependencies import Incoming, Outgoing

_USES_MAX = 1_000_000
_CODE = Field(min_length=1, max_length=100, examples=["SPRING-10"])


class VoucherCodeIn(Incoming):
    """The code of a voucher, and where the goods go, as far as that is known."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"code": "SPRING-10"}]}
    )

    code: str = _CODE
    country: str = Field(default="", pattern="^([A-Z]{2})?$", description="ISO 3166-1 alpha-2, in capitals")


class VoucherIn(Incoming):
    """A voucher: a percentage (basis points) or an amount off the goods, at a shop's or the platform's expense."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=False,  # a moment is written as text
        json_schema_extra={
            "examples": [{"code": "SPRING-10", "currency": "EUR", "percent_bps": 1000, "minimum_minor": 5000}]
        },
    )

    code: str = _CODE
    seller_id: str | None = Field(
        default=None, max_length=64, description="Whose expense; nobody named: the platform's"
    )
    currency: str = Field(pattern="^[A-Z]{3}$")
    percent_bps: int | None = Field(default=None, ge=1, le=10_000, strict=True)
    amount_minor: int | None = Field(default=None, ge=1, le=AMOUNT_MINOR_MAX, strict=True)
    minimum_minor: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX, strict=True)
    uses_max: int | None = Field(default=None, ge=1, le=_USES_MAX, strict=True)
    uses_per_buyer_max: int | None = Field(default=None, ge=1, le=_USES_MAX, strict=True)
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None

    def command(self) -> MakeVoucher:
        """Return it as the core's command."""
        values = self.model_dump()
        return MakeVoucher(**{**values, "seller_id": None if self.seller_id is None else SellerId(self.seller_id)})


class VoucherValueOut(Outgoing):
    """What it takes off, in basis points of the goods or minor units, from a minimum of goods on."""

    currency: str
    percent_bps: int | None
    amount_minor: int | None
    minimum_minor: int


class VoucherLimitsOut(Outgoing):
    """How often it is used in all and by one buyer, and when; null is no limit."""

    uses_max: int | None
    uses_per_buyer_max: int | None
    valid_from: datetime
    valid_until: datetime | None


class VoucherOut(Outgoing):
    """A voucher, and how often it was used; ``seller_id`` is null for the platform's."""

    voucher_id: str
    code: str
    seller_id: str | None
    value: VoucherValueOut
    limits: VoucherLimitsOut
    used: int
    made_at: datetime
    stopped_at: datetime | None


class VoucherPageOut(Outgoing):
    """A page of vouchers."""

    items: list[VoucherOut]
    next_cursor: str | None
