"""Vouchers, and what they were used for."""

from datetime import datetime
from typing import Protocol

from marketplace_core.kernel.ids import OrderId, UserId, VoucherId
from marketplace_core.orders.domain.voucher import Voucher


class Vouchers(Protocol):
    """All vouchers, and what they were used for."""

    async def get(self, voucher_id: VoucherId) -> Voucher:
        """Return a voucher. Raises ``VoucherNotFound``."""
        ...

    async def find(self, code: str) -> Voucher | None:
        """Return the voucher with this code (``normal_code``), if there is one."""
        ...

    async def save(self, voucher: Voucher) -> None:
        """Store it; ``used`` stays what its redemptions made it. Raises ``VoucherCodeTaken``, ``ConcurrentUpdate``."""
        ...

    async def uses(self, voucher_id: VoucherId, buyer_id: UserId) -> int:
        """Return how often a buyer has used it and not got it back."""
        ...

    async def redeem(self, voucher: Voucher, order_id: OrderId, buyer_id: UserId, at: datetime) -> None:
        """Use it for an order, once however often this is called, within its limits whoever else uses it meanwhile.

        Raises ``VoucherExhausted``, ``VoucherNotApplicable`` for one that was stopped, ``ConcurrentUpdate``.
        """
        ...

    async def take_again(self, order_id: OrderId, at: datetime) -> None:
        """Use again for an order what it had used and was given back, as ``redeem`` would; else nothing changes.

        Raises as ``redeem`` does.
        """
        ...

    async def give_back(self, order_id: OrderId, at: datetime) -> bool:
        """Give back what was used for an order, so that it can be used again; tell whether there was something."""
        ...
