"""Vouchers in memory."""

from datetime import datetime

from attrs import evolve

from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.ids import OrderId, UserId, VoucherId
from marketplace_core.orders.domain.errors import (
    VoucherCodeTaken,
    VoucherExhausted,
    VoucherNotApplicable,
    VoucherNotFound,
)
from marketplace_core.orders.domain.voucher import Redemption, Voucher, first_free
from marketplace_core.orders.ports import Vouchers


def voucher_table(store: Store) -> Table[Voucher]:
    """Return the table of vouchers."""
    return store.table("orders_vouchers")


def redemption_table(store: Store) -> Table[Redemption]:
    """Return the table of what vouchers were used for."""
    return store.table("orders_voucher_redemptions")


def numbers_of(rows: Table[Redemption], voucher_id: VoucherId, buyer_id: UserId) -> set[int]:
    """Return the numbers of a buyer's redemptions that were not given back."""
    mine = rows.find(lambda one: one.voucher_id == voucher_id and one.buyer_id == buyer_id)
    return {one.number for one in mine if one.number is not None}


class InMemoryVouchers(Vouchers):
    """Vouchers and their redemptions in tables."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows = voucher_table(store)
        self._redemptions = redemption_table(store)

    async def get(self, voucher_id: VoucherId) -> Voucher:
        """Look it up."""
        voucher = self._rows.get(voucher_id)
        if voucher is None:
            raise VoucherNotFound
        return voucher

    async def find(self, code: str) -> Voucher | None:
        """Look through all."""
        return next(iter(self._rows.find(lambda voucher: voucher.code == code)), None)

    async def save(self, voucher: Voucher) -> None:
        """Store it unless another one has its code."""
        other = await self.find(voucher.code)
        if other is not None and other.voucher_id != voucher.voucher_id:
            raise VoucherCodeTaken
        voucher.used = other.used if other else 0
        self._store.save(self._rows, voucher.voucher_id, voucher)

    async def uses(self, voucher_id: VoucherId, buyer_id: UserId) -> int:
        """Count the redemptions."""
        return len(numbers_of(self._redemptions, voucher_id, buyer_id))

    async def redeem(self, voucher: Voucher, order_id: OrderId, buyer_id: UserId, at: datetime) -> None:
        """Count one more and note what for."""
        known = self._redemptions.get((voucher.voucher_id, order_id))
        if known is not None and known.returned_at is None:
            return
        taken = numbers_of(self._redemptions, voucher.voucher_id, buyer_id)
        voucher.check_buyer(len(taken))
        present = await self.get(voucher.voucher_id)
        if present.stopped_at is not None:
            raise VoucherNotApplicable
        if present.limits.uses_max is not None and present.used >= present.limits.uses_max:
            raise VoucherExhausted
        present.used += 1
        self._rows.put(present.voucher_id, present)
        redemption = Redemption(
            voucher_id=voucher.voucher_id,
            order_id=order_id,
            buyer_id=buyer_id,
            number=first_free(taken),
            redeemed_at=at,
        )
        self._redemptions.put((voucher.voucher_id, order_id), redemption)

    async def take_again(self, order_id: OrderId, at: datetime) -> None:
        """Use each again."""
        for one in self._redemptions.find(lambda one: one.order_id == order_id and one.returned_at is not None):
            await self.redeem(await self.get(one.voucher_id), order_id, one.buyer_id, at)

    async def give_back(self, order_id: OrderId, at: datetime) -> bool:
        """Count one less of each."""
        found = self._redemptions.find(lambda one: one.order_id == order_id and one.returned_at is None)
        for one in found:
            self._redemptions.put((one.voucher_id, order_id), evolve(one, number=None, returned_at=at))
            voucher = await self.get(one.voucher_id)
            voucher.used -= 1
            self._rows.put(voucher.voucher_id, voucher)
        return bool(found)
