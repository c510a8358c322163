"""Vouchers on the command line."""

from datetime import timedelta

from features.drivers.cli_door import CliDoor
from features.drivers.names import slug
from features.drivers.seen import VoucherWish


class CliVouchers(CliDoor):
    """Made, used, stopped."""

    _vouchers: dict[str, str] | None = None

    def make_voucher(self, wish: VoucherWish, *, by: str | None = None) -> None:
        words = [wish.code, "--currency", wish.currency, "--minimum", str(wish.minimum_minor)]
        for option, number in (
            ("--percent-bps", wish.percent_bps),
            ("--amount", wish.amount_minor),
            ("--uses", wish.uses_max),
            ("--uses-per-buyer", wish.uses_per_buyer_max),
        ):
            words += [] if number is None else [option, str(number)]
        if wish.minutes is not None:
            until = self._clock.now() + timedelta(minutes=wish.minutes)
            words += ["--valid-until", f"{until:%Y-%m-%d %H:%M:%S}"]
        if wish.shop is not None:
            words += ["--seller", str(self._ask("seller", "view", slug(wish.shop))["seller_id"])]
        maker = self._owners.get(by, by) if by is not None else None if wish.shop is None else self._owners[wish.shop]
        made = self._do("voucher", "make", *words, "--reason", "A treat.", person=maker)
        self._vouchers = {**(self._vouchers or {}), wish.code: made["voucher_id"]}

    def stop_voucher(self, code: str) -> None:
        self._do("voucher", "stop", (self._vouchers or {})[code], "--reason", "Enough.")

    def voucher_uses(self, code: str) -> int:
        return int(self._ask("voucher", "view", (self._vouchers or {})[code])["used"])

    def use_voucher(self, buyer: str, code: str) -> None:
        self._do("cart", "voucher", code, person=buyer)

    def drop_voucher(self, buyer: str) -> None:
        self._do("cart", "drop-voucher", person=buyer)
