"""Carts in SQL."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.statements import to_change
from marketplace_adapters.sqlalchemy.tables.cart import carts
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.cart import Cart, CartLine, CartNotFound, CartReader, CartState, OpenCart
from marketplace_core.cart.ports import Carts, CartsWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import CartId, UserId

_CART: Final = to_change(select(carts).where(carts.c.cart_id == bindparam("cart_id")))
_OPEN_CART: Final = select(carts).where(carts.c.buyer_id == bindparam("buyer_id"), carts.c.state == "open")
_OPEN_CART_TO_CHANGE: Final = to_change(_OPEN_CART)


class SqlCarts(Carts):
    """Carts, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, cart_id: CartId) -> Cart:
        """Return a cart. Raises ``CartNotFound``."""
        row = await self._work.connection.row(_CART, {"cart_id": cart_id})
        if row is None:
            raise CartNotFound("There is no such cart.")
        return _cart(row)

    async def open_of(self, buyer_id: UserId) -> Cart | None:
        """Return the buyer's open cart."""
        row = await self._work.connection.row(_OPEN_CART_TO_CHANGE, {"buyer_id": buyer_id})
        return None if row is None else _cart(row)

    async def forget(self, buyer_ids: Collection[UserId]) -> None:
        """Delete open carts."""
        gone = delete(carts).where(carts.c.buyer_id.in_(sorted(buyer_ids)), carts.c.state == "open")
        await self._work.connection.run(gone)

    async def save(self, cart: Cart) -> None:
        """Store it; a second open one of the same buyer breaks a constraint and is a concurrent update."""
        values = {
            "buyer_id": cart.buyer_id,
            "state": cart.state.value,
            "order_id": cart.order_id,
            "lines": encode(cart.lines, tuple[CartLine, ...]),
            "opened_at": cart.opened_at,
            "voucher_code": cart.voucher_code,
        }
        try:
            await self._work.save(carts, {"cart_id": cart.cart_id}, cart, values)
        except IntegrityError as twice:
            raise ConcurrentUpdate("The buyer has another open cart.") from twice


class SqlCartsWork(SqlWork, CartsWork):
    """The unit of work."""

    @property
    def carts(self) -> SqlCarts:
        """The carts."""
        return SqlCarts(self)


class SqlCartReader(CartReader):
    """One statement per answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_cart(self, buyer_id: UserId) -> OpenCart | None:
        """Return what is in the buyer's open cart."""
        row = await self._database.reader.row(_OPEN_CART, {"buyer_id": buyer_id})
        return None if row is None else _cart(row).contents


def _lines(row: Row[Any]) -> tuple[CartLine, ...]:
    lines: tuple[CartLine, ...] = decode(row.lines, tuple[CartLine, ...])
    return lines


def _cart(row: Row[Any]) -> Cart:
    return Cart(
        cart_id=row.cart_id,
        buyer_id=row.buyer_id,
        state=CartState(row.state),
        order_id=row.order_id,
        lines=_lines(row),
        opened_at=row.opened_at,
        voucher_code=row.voucher_code,
        version=row.version,
    )
