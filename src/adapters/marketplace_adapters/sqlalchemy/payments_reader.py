"""Answers about payments in SQL: one statement each."""

from collections.abc import Sequence, Set
from itertools import groupby
from typing import Any, final

from sqlalchemy import Row, Select, func, literal, select, union_all

from marketplace_adapters.sqlalchemy.balance_entries import entries_page, entry_of
from marketplace_adapters.sqlalchemy.claims_reader import claim_views, claims_page, one_claim
from marketplace_adapters.sqlalchemy.debts import (
    debtor_of,
    debtors_page,
    facts_of,
    facts_rows,
    settlement_of,
    settlements_page,
)
from marketplace_adapters.sqlalchemy.disputes_reader import dispute_views, disputes_page, one_dispute
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.payments_rows import hold_of, payment_of, payout_of
from marketplace_adapters.sqlalchemy.refunds_reader import (
    one_refund,
    refund_views,
    refundable_of,
    refundable_parts,
    refunds_page,
)
from marketplace_adapters.sqlalchemy.tables.ledger import accounts
from marketplace_adapters.sqlalchemy.tables.payments import holds, payments, releases, seller_accounts
from marketplace_adapters.sqlalchemy.tables.payouts import entries, payout_items, payouts
from marketplace_core.kernel.ids import (
    ClaimId,
    DisputeId,
    OrderId,
    PaymentId,
    PayoutId,
    RefundId,
    SellerId,
    SellerOrderId,
    UserId,
)
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.payments import (
    AccountKind,
    AccountState,
    BalanceEntry,
    BalanceHeading,
    BalanceView,
    DisputeState,
    DisputeView,
    EscrowHold,
    EscrowView,
    HoldState,
    OrderHold,
    OrderHoldsView,
    PaymentsReader,
    PaymentView,
    PayoutState,
    PayoutView,
    RefundableOrder,
    RefundState,
    RefundView,
    SellerBalance,
)
from marketplace_core.payments.claims import (
    ClaimState,
    ClaimView,
)
from marketplace_core.payments.debts import DebtorView, SellerFacts, SettlementState, SettlementView


def with_releases(chosen: Select[Any]) -> Select[Any]:
    """Join chosen holds with their releases, in the order of their names."""
    cut = chosen.subquery("cut")
    return (
        select(
            cut,
            releases.c.number,
            releases.c.released_minor.label("amount_released_minor"),
            releases.c.commission_minor,
            releases.c.vat_minor,
            releases.c.reserve_minor,
            releases.c.payable_minor,
            releases.c.released_at,
        )
        .join(releases, releases.c.seller_order_id == cut.c.seller_order_id, isouter=True)
        .order_by(cut.c.seller_order_id, releases.c.number)
    )


def holds_of(rows: Sequence[Row[Any]]) -> list[EscrowHold]:
    """Return the holds of such rows."""
    return [
        hold_of(group[0], [row for row in group if row.number is not None])
        for group in (list(found) for _, found in groupby(rows, key=lambda row: row.seller_order_id))
    ]


def with_items(chosen: Select[Any]) -> Select[Any]:
    """Join chosen payouts with their items, one row per item."""
    cut = chosen.subquery("cut")
    return (
        select(
            cut,
            payout_items.c.entry_id,
            payout_items.c.amount_minor.label("item_minor"),
            entries.c.seller_order_id,
        )
        .join(payout_items, payout_items.c.payout_id == cut.c.payout_id)
        .join(entries, entries.c.entry_id == payout_items.c.entry_id)
        .order_by(cut.c.payout_id, payout_items.c.position)
    )


@final
class SqlPaymentsReader(PaymentsReader):
    """Reads the same tables, outside of transactions or inside the open one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def payment(self, payment_id: PaymentId) -> PaymentView | None:
        """Read the row; shares are not shown."""
        row = await self._database.reader.row(select(payments).where(payments.c.payment_id == payment_id))
        return PaymentView.of(payment_of(row)) if row else None

    async def payment_of_order(self, order_id: OrderId) -> PaymentView | None:
        """Read the row."""
        row = await self._database.reader.row(select(payments).where(payments.c.order_id == order_id))
        return PaymentView.of(payment_of(row)) if row else None

    async def escrow(self, seller_order_id: SellerOrderId) -> EscrowView | None:
        """Read the rows."""
        chosen = select(holds).where(holds.c.seller_order_id == seller_order_id)
        found = holds_of(await self._database.reader.rows(with_releases(chosen)))
        return EscrowView.of(found[0]) if found else None

    async def escrows(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        states: Set[HoldState] = frozenset(),
    ) -> Page[EscrowView]:
        """Cut a page and join the releases."""
        chosen = select(holds).order_by(holds.c.seller_order_id.desc()).limit(page.limit + 1)
        if order_id is not None:
            chosen = chosen.where(holds.c.order_id == order_id)
        if seller_id is not None:
            chosen = chosen.where(holds.c.seller_id == seller_id)
        if states:
            chosen = chosen.where(holds.c.state.in_(sorted(state.value for state in states)))
        if page.cursor is not None:
            chosen = chosen.where(holds.c.seller_order_id < _checked(page.cursor, "sor_"))
        found = holds_of(await self._database.reader.rows(with_releases(chosen)))
        found.reverse()
        items = tuple(EscrowView.of(hold) for hold in found[: page.limit])
        return Page(items=items, next_cursor=items[-1].seller_order_id if len(found) > page.limit else None)

    async def order_holds(self, order_id: OrderId) -> OrderHoldsView | None:
        """Read the holds, their releases, and whose payment it is; a payment never exists without its holds."""
        chosen = (
            select(holds, payments.c.buyer_id)
            .join(payments, payments.c.payment_id == holds.c.payment_id)
            .where(payments.c.order_id == order_id)
        )
        rows = await self._database.reader.rows(with_releases(chosen))
        if not rows:
            return None
        return OrderHoldsView(
            order_id=order_id,
            payment_id=PaymentId(rows[0].payment_id),
            buyer_id=UserId(rows[0].buyer_id),
            holds=tuple(OrderHold.of(hold) for hold in holds_of(rows)),
        )

    async def balance(self, seller_id: SellerId) -> BalanceView:
        """Sum up holds, books and payouts."""
        rows = await self._database.reader.rows(_balance(seller_id))
        state = next((row.state for row in rows if row.what == "account"), None)
        sums = {(row.what, row.currency): row.minor for row in rows}
        currencies = sorted({row.currency for row in rows if row.what in {"account", "held"}})
        return BalanceView(
            seller_id=seller_id,
            account=AccountState(state) if state else None,
            balances=tuple(
                SellerBalance(
                    currency=currency,
                    held=Money(sums.get(("held", currency), 0), currency),
                    payable=Money(sums.get(("payable", currency), 0), currency),
                    in_payout=Money(sums.get(("in_payout", currency), 0), currency),
                    paid=Money(sums.get(("paid", currency), 0), currency),
                    reserve=Money(sums.get(("reserve", currency), 0), currency),
                    debt=Money(sums.get(("debt", currency), 0), currency),
                )
                for currency in currencies
            ),
        )

    async def balance_entries(
        self, page: PageRequest, *, seller_id: SellerId, currency: str, heading: BalanceHeading
    ) -> Page[BalanceEntry]:
        """Read the seller's accounts under the heading."""
        rows = await self._database.reader.rows(entries_page(page, seller_id, currency, heading))
        items = tuple(entry_of(row, currency, heading) for row in rows[: page.limit])
        return Page(items=items, next_cursor=items[-1].entry_id if len(rows) > page.limit else None)

    async def payout(self, payout_id: PayoutId) -> PayoutView | None:
        """Read the rows."""
        rows = await self._database.reader.rows(with_items(select(payouts).where(payouts.c.payout_id == payout_id)))
        return PayoutView.of(payout_of(rows)) if rows else None

    async def payouts(
        self, page: PageRequest, *, seller_id: SellerId | None = None, states: Set[PayoutState] = frozenset()
    ) -> Page[PayoutView]:
        """Cut a page and join the items."""
        chosen = select(payouts).order_by(payouts.c.payout_id.desc()).limit(page.limit + 1)
        if seller_id is not None:
            chosen = chosen.where(payouts.c.seller_id == seller_id)
        if states:
            chosen = chosen.where(payouts.c.state.in_(sorted(state.value for state in states)))
        if page.cursor is not None:
            chosen = chosen.where(payouts.c.payout_id < _checked(page.cursor, "pyt_"))
        rows = await self._database.reader.rows(with_items(chosen))
        found = [payout_of(list(group)) for _, group in groupby(rows, key=lambda row: row.payout_id)]
        found.reverse()
        items = tuple(PayoutView.of(payout) for payout in found[: page.limit])
        return Page(items=items, next_cursor=items[-1].payout_id if len(found) > page.limit else None)

    async def refund(self, refund_id: RefundId) -> RefundView | None:
        """Read the rows."""
        found = refund_views(await self._database.reader.rows(one_refund(refund_id)))
        return found[0] if found else None

    async def refunds(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        buyer_id: UserId | None = None,
        states: Set[RefundState] = frozenset(),
    ) -> Page[RefundView]:
        """Cut a page and join the parts."""
        chosen = refunds_page(page, order_id=order_id, seller_id=seller_id, buyer_id=buyer_id, states=states)
        found = refund_views(await self._database.reader.rows(chosen))
        items = tuple(found[: page.limit])
        return Page(items=items, next_cursor=items[-1].refund_id if len(found) > page.limit else None)

    async def refundable(self, order_id: OrderId) -> RefundableOrder | None:
        """Read the payment, its holds, and what the shops have."""
        rows = await self._database.reader.rows(refundable_parts(order_id))
        return refundable_of(order_id, rows) if rows else None

    async def dispute(self, dispute_id: DisputeId) -> DisputeView | None:
        """Read the rows."""
        found = dispute_views(await self._database.reader.rows(one_dispute(dispute_id)))
        return found[0] if found else None

    async def disputes(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        states: Set[DisputeState] = frozenset(),
    ) -> Page[DisputeView]:
        """Cut a page and join the parts."""
        chosen = disputes_page(page, order_id=order_id, seller_id=seller_id, states=states)
        found = dispute_views(await self._database.reader.rows(chosen))
        items = tuple(found[: page.limit])
        return Page(items=items, next_cursor=items[-1].dispute_id if len(found) > page.limit else None)

    async def claim(self, claim_id: ClaimId) -> ClaimView | None:
        """Read the rows."""
        found = claim_views(await self._database.reader.rows(one_claim(claim_id)))
        return found[0] if found else None

    async def claims(
        self,
        page: PageRequest,
        *,
        order_id: OrderId | None = None,
        seller_id: SellerId | None = None,
        buyer_id: UserId | None = None,
        states: Set[ClaimState] = frozenset(),
    ) -> Page[ClaimView]:
        """Cut a page and join what was said."""
        chosen = claims_page(page, order_id=order_id, seller_id=seller_id, buyer_id=buyer_id, states=states)
        found = claim_views(await self._database.reader.rows(chosen))
        items = tuple(found[: page.limit])
        return Page(items=items, next_cursor=items[-1].claim_id if len(found) > page.limit else None)

    async def seller_facts(self, seller_id: SellerId) -> SellerFacts | None:
        """Read the currency of the account, then all the rest."""
        chosen = select(seller_accounts.c.currency).where(seller_accounts.c.seller_id == seller_id)
        row = await self._database.reader.row(chosen)
        if row is None:
            return None
        return facts_of(
            seller_id, row.currency, await self._database.reader.rows(facts_rows([seller_id], row.currency))
        )

    async def debtors(self, page: PageRequest) -> Page[DebtorView]:
        """Cut a page of the books, with what is remembered of each."""
        rows = await self._database.reader.rows(debtors_page(page))
        items = tuple(debtor_of(row) for row in rows[: page.limit])
        return Page(items=items, next_cursor=items[-1].subject if len(rows) > page.limit else None)

    async def settlements(
        self, page: PageRequest, *, seller_id: SellerId | None = None, states: Set[SettlementState] = frozenset()
    ) -> Page[SettlementView]:
        """Cut a page."""
        rows = await self._database.reader.rows(settlements_page(page, seller_id=seller_id, states=states))
        items = tuple(SettlementView.of(settlement_of(row)) for row in rows[: page.limit])
        return Page(items=items, next_cursor=items[-1].settlement_id if len(rows) > page.limit else None)


def _balance(seller_id: SellerId) -> Any:
    """Return one statement of rows (what, currency, state, minor)."""

    def sums(what: str, source: Any, minor: Any, *wanted: Any) -> Select[Any]:
        return (
            select(literal(what).label("what"), source.c.currency, literal("").label("state"), minor.label("minor"))
            .where(*wanted)
            .group_by(source.c.currency)
        )

    credit = accounts.c.credits_minor - accounts.c.debits_minor
    in_escrow = func.sum(holds.c.held_items_minor + holds.c.held_delivery_minor)
    done = (PayoutState.PAID.value, PayoutState.CANCELLED.value)
    return union_all(
        select(
            literal("account").label("what"),
            seller_accounts.c.currency,
            seller_accounts.c.state,
            literal(0).label("minor"),
        ).where(seller_accounts.c.seller_id == seller_id),
        sums("held", holds, in_escrow, holds.c.seller_id == seller_id),
        *(
            sums(what, accounts, func.sum(minor), accounts.c.kind == kind.value, accounts.c.subject == seller_id)
            for what, kind, minor in (
                ("payable", AccountKind.SELLER_PAYABLE, credit),
                ("reserve", AccountKind.SELLER_RESERVE, credit),
                ("debt", AccountKind.SELLER_RECEIVABLE, -credit),
            )
        ),
        sums(
            "in_payout",
            payouts,
            func.sum(payouts.c.amount_minor),
            payouts.c.seller_id == seller_id,
            payouts.c.state.not_in(done),
        ),
        sums(
            "paid",
            payouts,
            func.sum(payouts.c.amount_minor),
            payouts.c.seller_id == seller_id,
            payouts.c.state == PayoutState.PAID.value,
        ),
    )


def _checked(cursor: str, prefix: str) -> str:
    if not cursor.startswith(prefix):
        raise InvalidCursor("This cursor was not made by this list.")
    return cursor
