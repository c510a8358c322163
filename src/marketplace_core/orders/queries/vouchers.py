"""Vouchers, for whoever makes them."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import SellerId, VoucherId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.orders.domain.ownership import own_voucher, require_voucher_owner
from marketplace_core.orders.domain.voucher import Limits, Value, Voucher
from marketplace_core.orders.queries import OrdersReader


@frozen(kw_only=True)
class VoucherView:
    """A voucher: what it takes off, how often it was used, and at whose expense: without a shop, the platform's."""

    voucher_id: VoucherId
    code: str
    seller_id: SellerId | None
    value: Value
    limits: Limits
    used: int
    made_at: datetime
    stopped_at: datetime | None

    @classmethod
    def of(cls, voucher: Voucher) -> "VoucherView":
        """Show a voucher."""
        return cls(
            voucher_id=voucher.voucher_id,
            code=voucher.code,
            seller_id=voucher.seller_id,
            value=voucher.value,
            limits=voucher.limits,
            used=voucher.used,
            made_at=voucher.made_at,
            stopped_at=voucher.stopped_at,
        )


@frozen(kw_only=True)
class ViewVoucher(Query[VoucherView]):
    """Look at a voucher."""

    permission: ClassVar[Permission] = Permission.SELLER
    voucher_id: VoucherId


@frozen(kw_only=True)
class ListVouchers(Query[Page[VoucherView]]):
    """List a shop's vouchers, or, without ``seller_id``, the marketplace's."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId | None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ViewVoucherHandler:
    """Show a voucher to the shop that made it, and to operators."""

    reader: OrdersReader

    async def __call__(self, query: ViewVoucher, by: Actor) -> VoucherView:
        """Show it. Raises ``VoucherNotFound``."""
        return VoucherView.of(own_voucher(await self.reader.voucher(query.voucher_id), by))


@frozen(kw_only=True)
class ListVouchersHandler:
    """List vouchers, newest first: a shop its own, operators anybody's and the marketplace's."""

    reader: OrdersReader

    async def __call__(self, query: ListVouchers, by: Actor) -> Page[VoucherView]:
        """List them."""
        require_voucher_owner(query.seller_id, by)
        page = query.page
        if page.cursor is not None and not page.cursor.startswith("vch_"):
            raise InvalidCursor("This cursor does not belong to this list.")
        before = None if page.cursor is None else VoucherId(page.cursor)
        rows = tuple(await self.reader.vouchers_of(query.seller_id, page.limit + 1, before))
        items = rows[: page.limit]
        more = len(rows) > page.limit
        return Page(items=tuple(map(VoucherView.of, items)), next_cursor=items[-1].voucher_id if more else None)
