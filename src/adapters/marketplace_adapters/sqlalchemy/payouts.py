"""Payouts in SQL, and what is payable that no living payout has claimed."""

from collections.abc import Sequence
from itertools import groupby
from typing import final

from sqlalchemy import ColumnElement, case, exists, func, insert, null, select, update

from marketplace_adapters.sqlalchemy.payments_reader import with_items
from marketplace_adapters.sqlalchemy.payments_rows import item_values, payout_of, payout_values
from marketplace_adapters.sqlalchemy.tables.debts import seller_standings
from marketplace_adapters.sqlalchemy.tables.payments import seller_accounts
from marketplace_adapters.sqlalchemy.tables.payouts import entries, payout_items, payouts
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import PayoutId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import AccountState, Payout, PayoutItem, PayoutNotFound, PayoutState
from marketplace_core.payments.ports import Claimant, Payouts


@final
class SqlPayouts(Payouts):
    """Payouts, their items and their claims, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, payout_id: PayoutId) -> Payout:
        """Read the rows."""
        chosen = select(payouts).where(payouts.c.payout_id == payout_id)
        await self._work.lock(chosen)
        rows = await self._work.connection.rows(with_items(chosen))
        if not rows:
            raise PayoutNotFound("There is no such payout.")
        return payout_of(rows)

    async def save(self, payout: Payout) -> None:
        """Write the row; a payout stamps its entries, one that is no longer live takes its stamps away.

        Besides those that it is assembled of, there is one for each time that some of its transfer paid a debt.
        """
        known = 0 if payout.version == 0 else await self._items_of(payout) if payout.taken_minor else len(payout.items)
        await self._work.save(payouts, {"payout_id": payout.payout_id}, payout, payout_values(payout))
        if payout.items[known:]:
            await self._claim(payout, payout.items[known:])
            await self._work.connection.run(insert(payout_items), item_values(payout)[known:])
        if not payout.is_live:
            mine = entries.c.claimed_by == payout.payout_id
            await self._work.connection.run(update(entries).where(mine).values(claimed_by=null()))

    async def paid(self, seller_id: SellerId, currency: str, provider: str, *, limit: int) -> Sequence[Payout]:
        """Read the rows."""
        chosen = (
            select(payouts)
            .where(
                payouts.c.seller_id == seller_id,
                payouts.c.currency == currency,
                payouts.c.provider == provider,
                payouts.c.state == PayoutState.PAID.value,
            )
            .order_by(payouts.c.payout_id.desc())
            .limit(limit)
        )
        rows = await self._work.connection.rows(with_items(chosen))
        found = [payout_of(list(group)) for _, group in groupby(rows, key=lambda row: row.payout_id)]
        return sorted(found, key=lambda one: one.payout_id, reverse=True)

    async def claimants(self, *, minimum_minor: int, limit: int) -> Sequence[Claimant]:
        """Sum up what is unclaimed, per seller who can be paid."""
        oldest = func.min(entries.c.booked_at, type_=entries.c.booked_at.type)
        statement = (
            select(entries.c.seller_id, entries.c.currency, oldest.label("oldest_at"))
            .join(
                seller_accounts,
                (seller_accounts.c.seller_id == entries.c.seller_id)
                & (seller_accounts.c.currency == entries.c.currency),
            )
            .where(
                entries.c.claimed_by.is_(None),
                seller_accounts.c.state == AccountState.ENABLED.value,
                seller_accounts.c.reference.is_not(None),
                ~_stands("suspended"),
            )
            .group_by(entries.c.seller_id, entries.c.currency)
            .having(func.sum(entries.c.amount_minor) >= case((_stands("closing"), 1), else_=minimum_minor))
            .order_by(oldest, entries.c.seller_id)
            .limit(limit)
        )
        return [
            Claimant(seller_id=row.seller_id, currency=row.currency, oldest_at=row.oldest_at)
            for row in await self._work.connection.rows(statement)
        ]

    async def unclaimed(self, seller_id: SellerId, currency: str, *, limit: int) -> Sequence[PayoutItem]:
        """Read the rows."""
        statement = (
            select(entries.c.entry_id, entries.c.seller_order_id, entries.c.amount_minor)
            .where(
                entries.c.seller_id == seller_id,
                entries.c.currency == currency,
                entries.c.claimed_by.is_(None),
            )
            .order_by(entries.c.booked_at, entries.c.entry_id)
            .limit(limit)
        )
        return [
            PayoutItem(
                entry_id=row.entry_id,
                seller_order_id=row.seller_order_id,
                amount=Money(row.amount_minor, currency),
            )
            for row in await self._work.connection.rows(statement)
        ]

    async def _items_of(self, payout: Payout) -> int:
        counted = select(func.count()).where(payout_items.c.payout_id == payout.payout_id)
        row = await self._work.connection.row(counted)
        return int(row[0]) if row else 0

    async def _claim(self, payout: Payout, items: Sequence[PayoutItem]) -> None:
        if not payout.is_live:
            return
        free = entries.c.entry_id.in_([item.entry_id for item in items]) & entries.c.claimed_by.is_(None)
        claimed = await self._work.connection.run(update(entries).where(free).values(claimed_by=payout.payout_id))
        if claimed != len(items):
            raise ConcurrentUpdate("Another payout has claimed one of these entries.")


def _stands(what: str) -> ColumnElement[bool]:
    """Tell whether that is remembered of the seller of an entry."""
    return exists().where(
        seller_standings.c.seller_id == entries.c.seller_id,
        seller_standings.c.currency == entries.c.currency,
        seller_standings.c[what] == 1,
    )
