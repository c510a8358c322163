"""A voucher: something off the price for whoever knows its code, at a shop's expense or at the platform's."""

import re
from collections.abc import Collection
from datetime import datetime
from itertools import count
from typing import Final

from attrs import define, field, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import OrderId, SellerId, UserId, VoucherId
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money, portion
from marketplace_core.orders.domain.errors import InvalidVoucher, VoucherExhausted, VoucherNotApplicable
from marketplace_core.orders.domain.pricing import WHOLE_BPS

USES_MAX: Final = 1_000_000
CODE_LENGTH_MAX: Final = 32
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{2,31}")


def normal_code(code: str) -> str:
    """Return a code as it is stored: capitals, no blanks around. What nobody can have made stays what it is."""
    return code.strip().upper()[: CODE_LENGTH_MAX + 1]


@frozen(kw_only=True)
class Value:
    """What a voucher takes off: ``percent_bps`` (basis points) of the goods, or ``amount_minor`` of ``currency``.

    Both are in that currency alone, from ``minimum_minor`` of goods on. Raises ``InvalidVoucher``.
    """

    currency: str
    percent_bps: int | None = None
    amount_minor: int | None = None
    minimum_minor: int = 0

    def __attrs_post_init__(self) -> None:
        Money.zero(self.currency)
        if (self.percent_bps is None) == (self.amount_minor is None):
            raise InvalidVoucher("A voucher takes off a percentage or an amount, not both.", field="percent_bps")
        if self.percent_bps is not None and not 1 <= self.percent_bps <= WHOLE_BPS:
            raise InvalidVoucher("A percentage is from 0.01 to 100.", field="percent_bps")
        if self.amount_minor is not None and not 1 <= self.amount_minor <= AMOUNT_MINOR_MAX:
            raise InvalidVoucher("An amount is above zero.", field="amount_minor")
        if not 0 <= self.minimum_minor <= AMOUNT_MINOR_MAX:
            raise InvalidVoucher("A minimum is not below zero.", field="minimum_minor")

    def of(self, goods_minor: int) -> int:
        """Return what it takes off so much of goods, never more than they are."""
        if self.percent_bps is not None:
            return portion(goods_minor, self.percent_bps)
        return min(self.amount_minor or 0, goods_minor)


@frozen(kw_only=True)
class Limits:
    """How often a voucher is used in all and by one buyer, and when; None is no limit. Raises ``InvalidVoucher``."""

    uses_max: int | None = None
    uses_per_buyer_max: int | None = None
    valid_from: datetime
    valid_until: datetime | None = None

    def __attrs_post_init__(self) -> None:
        for name, most in (("uses_max", self.uses_max), ("uses_per_buyer_max", self.uses_per_buyer_max)):
            if most is not None and not 1 <= most <= USES_MAX:
                raise InvalidVoucher(f"A voucher is used 1 to {USES_MAX} times.", field=name)
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise InvalidVoucher("A voucher ends after it begins.", field="valid_until")


@frozen(kw_only=True)
class Redemption:
    """A voucher used for an order, the ``number``-th time by its buyer; given back, it has no number any more."""

    voucher_id: VoucherId
    order_id: OrderId
    buyer_id: UserId
    number: int | None
    redeemed_at: datetime
    returned_at: datetime | None = None


def first_free(taken: Collection[int]) -> int:
    """Return the lowest number from 1 that a buyer's redemptions of a voucher have not taken."""
    return next(number for number in count(1) if number not in taken)


@define(kw_only=True, eq=False)
class Voucher(Aggregate):
    """A voucher of a shop (``seller_id``), off that shop's goods, or of the platform, off everybody's.

    ``used`` counts its redemptions; only they change it.
    """

    voucher_id: VoucherId
    code: str
    seller_id: SellerId | None
    value: Value
    limits: Limits
    made_at: datetime
    stopped_at: datetime | None = None
    used: int = field(default=0)

    @classmethod
    def make(
        cls,
        *,
        voucher_id: VoucherId,
        code: str,
        seller_id: SellerId | None,
        value: Value,
        limits: Limits,
        now: datetime,
    ) -> "Voucher":
        """Make one. Raises ``InvalidVoucher``."""
        code = normal_code(code)
        if not _CODE.fullmatch(code):
            raise InvalidVoucher("A code is 3 to 32 characters of A-Z, 0-9 and -.", field="code")
        if limits.valid_until is not None and limits.valid_until <= now:
            raise InvalidVoucher("This voucher would be over already.", field="valid_until")
        return cls(voucher_id=voucher_id, code=code, seller_id=seller_id, value=value, limits=limits, made_at=now)

    def stop(self, now: datetime) -> None:
        """Let nobody use it any more; stopped already, nothing changes. Orders that used it keep it."""
        self.stopped_at = self.stopped_at or now

    def worth(self, goods: Money, now: datetime) -> int:
        """Return what it takes off goods it is for, in minor units.

        Raises ``VoucherNotApplicable``, and ``VoucherExhausted`` for one that is used up.
        """
        is_over = self.limits.valid_until is not None and now >= self.limits.valid_until
        if self.stopped_at is not None or now < self.limits.valid_from or is_over:
            raise VoucherNotApplicable
        if goods.currency != self.value.currency or goods.amount_minor < max(1, self.value.minimum_minor):
            raise VoucherNotApplicable
        if self.limits.uses_max is not None and self.used >= self.limits.uses_max:
            raise VoucherExhausted
        return self.value.of(goods.amount_minor)

    def check_buyer(self, uses: int) -> None:
        """Raise ``VoucherExhausted`` for a buyer who has used it as often as one buyer may."""
        most = self.limits.uses_per_buyer_max
        if most is not None and uses >= most:
            raise VoucherExhausted
