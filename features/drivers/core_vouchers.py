"""Vouchers, in the core."""

from datetime import timedelta

from features.drivers.core_door import OPERATOR, CoreDoor
from features.drivers.seen import VoucherWish
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import VoucherId
from marketplace_core.orders import DropVoucher, MakeVoucher, StopVoucher, UseVoucher, ViewVoucher


class CoreVouchers(CoreDoor):
    """Made, used, stopped."""

    _vouchers: dict[str, VoucherId] | None = None

    def make_voucher(self, wish: VoucherWish, *, by: str | None = None) -> None:
        until = None if wish.minutes is None else self._clock.now() + timedelta(minutes=wish.minutes)
        command = MakeVoucher(
            code=wish.code,
            seller_id=None if wish.shop is None else self._seller(wish.shop),
            currency=wish.currency,
            percent_bps=wish.percent_bps,
            amount_minor=wish.amount_minor,
            minimum_minor=wish.minimum_minor,
            uses_max=wish.uses_max,
            uses_per_buyer_max=wish.uses_per_buyer_max,
            valid_until=until,
        )
        self._vouchers = {**(self._vouchers or {}), wish.code: self._do(command, self._maker(wish, by))}

    def stop_voucher(self, code: str) -> None:
        self._do(StopVoucher(voucher_id=(self._vouchers or {})[code]), OPERATOR)

    def voucher_uses(self, code: str) -> int:
        return self._ask(ViewVoucher(voucher_id=(self._vouchers or {})[code]), OPERATOR).used

    def use_voucher(self, buyer: str, code: str) -> None:
        self._do(UseVoucher(code=code), self._person(buyer))

    def drop_voucher(self, buyer: str) -> None:
        self._do(DropVoucher(), self._person(buyer))

    def _maker(self, wish: VoucherWish, by: str | None) -> Actor:
        if by is not None:
            return self._person(self._owners.get(by, by))
        return OPERATOR if wish.shop is None else self._of(wish.shop)
