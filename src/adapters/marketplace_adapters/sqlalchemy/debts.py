"""What is remembered of sellers, and the settlements of their debts, in SQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any, Final, final

from sqlalchemy import Integer, Row, Select, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.statements import to_change
from marketplace_adapters.sqlalchemy.tables.debts import debt_settlements, seller_standings
from marketplace_adapters.sqlalchemy.tables.ledger import accounts
from marketplace_adapters.sqlalchemy.tables.payments import holds, seller_accounts
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import SellerId, SettlementId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import AccountKind, AccountState, HoldState, WrongState
from marketplace_core.payments.debts import (
    DebtorView,
    DebtSettlement,
    Means,
    SellerFacts,
    SellerStanding,
    SettlementNotFound,
    SettlementState,
)
from marketplace_core.payments.ports import DebtSettlements, SellerStandings

_OPEN_MINOR: Final = case(
    (holds.c.state == HoldState.PENDING.value, holds.c.items_minor + holds.c.delivery_minor),
    else_=holds.c.held_items_minor + holds.c.held_delivery_minor,
)

_BOOKS: Final = tuple(
    kind.value for kind in (AccountKind.SELLER_PAYABLE, AccountKind.SELLER_RESERVE, AccountKind.SELLER_RECEIVABLE)
)
_NEVER: Final = cast(null(), seller_standings.c.debt_since.type)


@final
class SqlSellerStandings(SellerStandings):
    """Standings, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def find(self, seller_id: SellerId, currency: str) -> SellerStanding | None:
        """Read the row."""
        chosen = select(seller_standings).where(
            seller_standings.c.seller_id == seller_id, seller_standings.c.currency == currency
        )
        row = await self._work.connection.row(to_change(chosen))
        return _standing_of(row) if row else None

    async def facts(self, seller_ids: Collection[SellerId], currency: str) -> Mapping[SellerId, SellerFacts]:
        """Read it all in one statement."""
        found = await self._work.connection.rows(facts_rows(seller_ids, currency))
        return {seller_id: facts_of(seller_id, currency, found) for seller_id in seller_ids}

    async def save(self, standing: SellerStanding) -> None:
        """Write the row."""
        key = {"seller_id": standing.seller_id, "currency": standing.currency}
        values = {
            "suspended": int(standing.suspended),
            "closing": int(standing.closing),
            "debt_since": standing.debt_since,
            "stopped": int(standing.stopped),
        }
        try:
            await self._work.save(seller_standings, key, standing, values)
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"The standing of {standing.seller_id} was noted by somebody else.") from failure


@final
class SqlDebtSettlements(DebtSettlements):
    """Settlements, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, settlement_id: SettlementId) -> DebtSettlement:
        """Read the row."""
        chosen = select(debt_settlements).where(debt_settlements.c.settlement_id == settlement_id)
        row = await self._work.connection.row(to_change(chosen))
        if row is None:
            raise SettlementNotFound("There is no such settlement.")
        return settlement_of(row)

    async def save(self, settlement: DebtSettlement) -> None:
        """Write the row."""
        values = {
            "seller_id": settlement.seller_id,
            "provider": settlement.provider,
            "currency": settlement.amount.currency,
            "amount_minor": settlement.amount.amount_minor,
            "means": settlement.means.value,
            "note": settlement.note,
            "requester_id": settlement.requester_id,
            "requested_at": settlement.requested_at,
            "payout_id": settlement.payout_id,
            "transfer_reference": settlement.transfer_reference,
            "state": settlement.state.value,
            "tried_at": settlement.tried_at,
            "reference": settlement.reference,
            "refusal": settlement.refusal,
            "ended_at": settlement.ended_at,
        }
        try:
            await self._work.save(debt_settlements, {"settlement_id": settlement.settlement_id}, settlement, values)
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise WrongState("A top-up under this reference is in the books already.") from failure

    async def reversals(self, seller_id: SellerId, currency: str) -> Sequence[DebtSettlement]:
        """Read the rows."""
        chosen = (
            select(debt_settlements)
            .where(
                debt_settlements.c.seller_id == seller_id,
                debt_settlements.c.currency == currency,
                debt_settlements.c.means == Means.REVERSAL.value,
            )
            .order_by(debt_settlements.c.settlement_id.desc())
        )
        return [settlement_of(row) for row in await self._work.connection.rows(chosen)]


def facts_rows(seller_ids: Collection[SellerId], currency: str) -> Any:
    """Return one statement of rows (kind, seller_id, minor, at) about sellers: account, standing, holds and books."""

    def rows(kind: Any, source: Any, minor: Any, at: Any = _NEVER) -> Select[Any]:
        return select(kind.label("kind"), source.c.seller_id, minor.label("minor"), at.label("at")).where(
            source.c.seller_id.in_(seller_ids), source.c.currency == currency
        )

    def standing(column: str) -> Select[Any]:
        return rows(literal(column), seller_standings, seller_standings.c[column], seller_standings.c.debt_since)

    books = select(
        accounts.c.kind,
        accounts.c.subject,
        func.abs(accounts.c.debits_minor - accounts.c.credits_minor),
        _NEVER,
    ).where(accounts.c.kind.in_(_BOOKS), accounts.c.subject.in_(seller_ids), accounts.c.currency == currency)
    paid = (seller_accounts.c.state == AccountState.ENABLED.value) & seller_accounts.c.reference.is_not(None)
    return union_all(
        rows(literal("enabled"), seller_accounts, cast(paid, Integer)),
        *(standing(column) for column in ("suspended", "closing", "stopped", "version")),
        rows(literal("held"), holds, func.sum(_OPEN_MINOR)).group_by(holds.c.seller_id),
        books,
    )


def facts_of(seller_id: SellerId, currency: str, found: Iterable[Row[Any]]) -> SellerFacts:
    """Return what such rows say of a seller."""
    mine = {row.kind: row for row in found if row.seller_id == seller_id}

    def number(kind: str) -> int:
        return int(mine[kind].minor) if kind in mine else 0

    payable, reserve, debt = (Money(number(kind), currency) for kind in _BOOKS)
    return SellerFacts(
        standing=SellerStanding(
            seller_id=seller_id,
            currency=currency,
            suspended=bool(number("suspended")),
            closing=bool(number("closing")),
            debt_since=mine["version"].at if "version" in mine else None,
            stopped=bool(number("stopped")),
            version=number("version"),
        ),
        enabled=bool(number("enabled")),
        held=Money(number("held"), currency),
        owed=payable + reserve,
        debt=debt,
    )


def debtors_page(page: PageRequest) -> Select[Any]:
    """Return the statement of a page of sellers who owe something and one more, newest shops first."""
    standings = seller_standings
    chosen = (
        select(
            accounts.c.subject,
            accounts.c.currency,
            (accounts.c.debits_minor - accounts.c.credits_minor).label("debt_minor"),
            standings.c.debt_since,
            standings.c.stopped,
        )
        .join(
            standings,
            (standings.c.seller_id == accounts.c.subject) & (standings.c.currency == accounts.c.currency),
            isouter=True,
        )
        .where(
            accounts.c.kind == AccountKind.SELLER_RECEIVABLE.value, accounts.c.debits_minor > accounts.c.credits_minor
        )
        .order_by(accounts.c.subject.desc(), accounts.c.currency.desc())
        .limit(page.limit + 1)
    )
    if page.cursor is None:
        return chosen
    subject, colon, currency = page.cursor.partition(":")
    if not subject.startswith("sel_") or not colon:
        raise InvalidCursor("This cursor was not made by this list.")
    older = (accounts.c.subject == subject) & (accounts.c.currency < currency)
    return chosen.where(or_(accounts.c.subject < subject, older))


def debtor_of(row: Row[Any]) -> DebtorView:
    """Return the debtor of a row."""
    return DebtorView(
        seller_id=SellerId(row.subject),
        debt=Money(row.debt_minor, row.currency),
        debt_since=row.debt_since,
        stopped=bool(row.stopped),
    )


def settlements_page(page: PageRequest, *, seller_id: SellerId | None, states: Set[SettlementState]) -> Select[Any]:
    """Return the statement of a page of settlements and one more, newest first."""
    chosen = select(debt_settlements).order_by(debt_settlements.c.settlement_id.desc()).limit(page.limit + 1)
    if seller_id is not None:
        chosen = chosen.where(debt_settlements.c.seller_id == seller_id)
    if states:
        chosen = chosen.where(debt_settlements.c.state.in_(sorted(state.value for state in states)))
    if page.cursor is not None:
        if not page.cursor.startswith("dst_"):
            raise InvalidCursor("This cursor was not made by this list.")
        chosen = chosen.where(debt_settlements.c.settlement_id < page.cursor)
    return chosen


def settlement_of(row: Row[Any]) -> DebtSettlement:
    """Return the settlement of a row."""
    return DebtSettlement(
        settlement_id=row.settlement_id,
        seller_id=row.seller_id,
        provider=row.provider,
        amount=Money(row.amount_minor, row.currency),
        means=Means(row.means),
        note=row.note,
        requester_id=row.requester_id,
        requested_at=row.requested_at,
        payout_id=row.payout_id,
        transfer_reference=row.transfer_reference,
        state=SettlementState(row.state),
        tried_at=row.tried_at,
        reference=row.reference,
        refusal=row.refusal,
        ended_at=row.ended_at,
        version=row.version,
    )


def _standing_of(row: Row[Any]) -> SellerStanding:
    return SellerStanding(
        seller_id=row.seller_id,
        currency=row.currency,
        suspended=bool(row.suspended),
        closing=bool(row.closing),
        debt_since=row.debt_since,
        stopped=bool(row.stopped),
        version=row.version,
    )
