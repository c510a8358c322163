"""Vouchers in SQL: every use is one conditional statement (reliability design 6.4)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, final

from sqlalchemy import Row, Select, bindparam, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.tables.vouchers import redemptions, vouchers
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OrderId, SellerId, UserId, VoucherId
from marketplace_core.orders import (
    Limits,
    Value,
    Voucher,
    VoucherCodeTaken,
    VoucherExhausted,
    VoucherNotApplicable,
    VoucherNotFound,
)
from marketplace_core.orders.domain.voucher import first_free
from marketplace_core.orders.ports import Vouchers

ONE: Final = select(vouchers).where(vouchers.c.voucher_id == bindparam("voucher_id"))
BY_CODE: Final = select(vouchers).where(vouchers.c.code == bindparam("code"))
USES: Final = select(func.count().label("uses")).where(
    redemptions.c.voucher_id == bindparam("voucher_id"),
    redemptions.c.buyer_id == bindparam("buyer_id"),
    redemptions.c.number.is_not(None),
)
_ONE_MORE: Final = (
    update(vouchers)
    .where(
        vouchers.c.voucher_id == bindparam("of_voucher"),
        vouchers.c.stopped_at.is_(None),
        or_(vouchers.c.uses_max.is_(None), vouchers.c.used < vouchers.c.uses_max),
    )
    .values(used=vouchers.c.used + 1)
)
_ONE_LESS: Final = (
    update(vouchers).where(vouchers.c.voucher_id == bindparam("of_voucher")).values(used=vouchers.c.used - 1)
)
_NUMBERS: Final = select(redemptions.c.number).where(
    redemptions.c.voucher_id == bindparam("voucher_id"),
    redemptions.c.buyer_id == bindparam("buyer_id"),
    redemptions.c.number.is_not(None),
)
_OF_ORDER: Final = select(redemptions).where(
    redemptions.c.voucher_id == bindparam("voucher_id"), redemptions.c.order_id == bindparam("order_id")
)
_RETURNED: Final = select(redemptions.c.voucher_id, redemptions.c.buyer_id).where(
    redemptions.c.order_id == bindparam("order_id"), redemptions.c.returned_at.is_not(None)
)
_AGAIN: Final = (
    update(redemptions)
    .where(redemptions.c.voucher_id == bindparam("of_voucher"), redemptions.c.order_id == bindparam("of_order"))
    .values(number=bindparam("number"), redeemed_at=bindparam("redeemed_at"), returned_at=None)
)
_RETURN: Final = (
    update(redemptions)
    .where(redemptions.c.order_id == bindparam("of_order"), redemptions.c.returned_at.is_(None))
    .values(number=None, returned_at=bindparam("returned"))
    .returning(redemptions.c.voucher_id)
)


@final
class SqlVouchers(Vouchers):
    """Vouchers and their redemptions, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, voucher_id: VoucherId) -> Voucher:
        """Read the row."""
        row = await self._work.connection.row(ONE, {"voucher_id": voucher_id})
        if row is None:
            raise VoucherNotFound
        return voucher_of(row)

    async def find(self, code: str) -> Voucher | None:
        """Read the row."""
        row = await self._work.connection.row(BY_CODE, {"code": code})
        return None if row is None else voucher_of(row)

    async def save(self, voucher: Voucher) -> None:
        """Write the row; how often it was used is not the aggregate's to write."""
        try:
            await self._work.save(vouchers, {"voucher_id": voucher.voucher_id}, voucher, _values(voucher))
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise VoucherCodeTaken from failure

    async def uses(self, voucher_id: VoucherId, buyer_id: UserId) -> int:
        """Count the redemptions."""
        row = await self._work.connection.row(USES, {"voucher_id": voucher_id, "buyer_id": buyer_id})
        return 0 if row is None else int(row.uses)

    async def redeem(self, voucher: Voucher, order_id: OrderId, buyer_id: UserId, at: datetime) -> None:
        """Count one more if there is room for it, and note what for."""
        here = {"voucher_id": voucher.voucher_id, "order_id": order_id}
        known = await self._work.connection.row(_OF_ORDER, here)
        if known is not None and known.returned_at is None:
            return
        rows = await self._work.connection.rows(_NUMBERS, {"voucher_id": voucher.voucher_id, "buyer_id": buyer_id})
        taken = {row.number for row in rows}
        voucher.check_buyer(len(taken))
        if not await self._work.connection.run(_ONE_MORE, {"of_voucher": voucher.voucher_id}):
            present = await self.get(voucher.voucher_id)
            raise VoucherNotApplicable if present.stopped_at else VoucherExhausted
        number = first_free(taken)
        try:
            if known is not None:
                again = {"of_voucher": voucher.voucher_id, "of_order": order_id, "number": number, "redeemed_at": at}
                await self._work.connection.run(_AGAIN, again)
            else:
                values = {**here, "buyer_id": buyer_id, "number": number, "redeemed_at": at}
                await self._work.connection.run(insert(redemptions), values)
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"{buyer_id} uses {voucher.code} twice at the same time.") from failure

    async def take_again(self, order_id: OrderId, at: datetime) -> None:
        """Use each again."""
        for row in await self._work.connection.rows(_RETURNED, {"order_id": order_id}):
            await self.redeem(await self.get(row.voucher_id), order_id, row.buyer_id, at)

    async def give_back(self, order_id: OrderId, at: datetime) -> bool:
        """Count one less of each that was not given back before."""
        rows = await self._work.connection.rows(_RETURN, {"of_order": order_id, "returned": at})
        for row in rows:
            await self._work.connection.run(_ONE_LESS, {"of_voucher": row.voucher_id})
        return bool(rows)


def vouchers_of(seller_id: SellerId | None, limit: int, before: VoucherId | None) -> Select[Any]:
    """Return the statement of a page of somebody's vouchers, newest first."""
    owned = vouchers.c.seller_id.is_(None) if seller_id is None else vouchers.c.seller_id == seller_id
    chosen = select(vouchers).where(owned).order_by(vouchers.c.voucher_id.desc()).limit(limit)
    return chosen if before is None else chosen.where(vouchers.c.voucher_id < before)


def voucher_of(row: Row[Any]) -> Voucher:
    """Return the voucher of a row."""
    return Voucher(
        voucher_id=row.voucher_id,
        code=row.code,
        seller_id=row.seller_id,
        value=Value(
            currency=row.currency,
            percent_bps=row.percent_bps,
            amount_minor=row.amount_minor,
            minimum_minor=row.minimum_minor,
        ),
        limits=Limits(
            uses_max=row.uses_max,
            uses_per_buyer_max=row.uses_per_buyer_max,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        ),
        made_at=row.made_at,
        stopped_at=row.stopped_at,
        used=row.used,
        version=row.version,
    )


def vouchers_in(rows: Sequence[Row[Any]]) -> list[Voucher]:
    """Return the vouchers of rows."""
    return [voucher_of(row) for row in rows]


def _values(voucher: Voucher) -> dict[str, Any]:
    return {
        "code": voucher.code,
        "seller_id": voucher.seller_id,
        "currency": voucher.value.currency,
        "percent_bps": voucher.value.percent_bps,
        "amount_minor": voucher.value.amount_minor,
        "minimum_minor": voucher.value.minimum_minor,
        "uses_max": voucher.limits.uses_max,
        "uses_per_buyer_max": voucher.limits.uses_per_buyer_max,
        "valid_from": voucher.limits.valid_from,
        "valid_until": voucher.limits.valid_until,
        "made_at": voucher.made_at,
        "stopped_at": voucher.stopped_at,
    }
