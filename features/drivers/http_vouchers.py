"""Vouchers over HTTP."""

from datetime import timedelta
from uuid import uuid4

from attrs import asdict

from features.drivers.http_door import OPERATOR, HttpDoor
from features.drivers.seen import VoucherWish


class HttpVouchers(HttpDoor):
    """Made, used, stopped."""

    _vouchers: dict[str, str] | None = None

    def make_voucher(self, wish: VoucherWish, *, by: str | None = None) -> None:
        body = asdict(wish)
        shop, minutes = body.pop("shop"), body.pop("minutes")
        if shop is not None:
            body["seller_id"] = self._seller(shop)
        if minutes is not None:
            body["valid_until"] = (self._clock.now() + timedelta(minutes=minutes)).isoformat()
        maker = self._owners.get(by, by) if by is not None else OPERATOR if shop is None else self._owners[shop]
        made = self._send("POST", "/v1/vouchers", maker, json=body, headers={"Idempotency-Key": f"key-{uuid4().hex}"})
        self._vouchers = {**(self._vouchers or {}), wish.code: made["voucher_id"]}

    def stop_voucher(self, code: str) -> None:
        self._send("POST", f"/v1/vouchers/{(self._vouchers or {})[code]}/stop", OPERATOR)

    def voucher_uses(self, code: str) -> int:
        return int(self._get(f"/v1/vouchers/{(self._vouchers or {})[code]}", OPERATOR)["used"])

    def use_voucher(self, buyer: str, code: str) -> None:
        self._send("PUT", "/v1/cart/voucher", buyer, json={"code": code})

    def drop_voucher(self, buyer: str) -> None:
        self._send("DELETE", "/v1/cart/voucher", buyer)
