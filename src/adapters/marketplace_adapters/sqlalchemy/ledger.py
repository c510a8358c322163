"""The books in SQL: set-based posting, and the database's refusals in our words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final, final

from sqlalchemy import ARRAY, BigInteger, Row, Text, bindparam, column, func, insert, select
from sqlalchemy import table as lightweight
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.booked_rows import booked_page, booked_row
from marketplace_adapters.sqlalchemy.brakes import brake_of
from marketplace_adapters.sqlalchemy.comparisons import LAST, kept_of
from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.engine import Connection, Database
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.brakes import brakes
from marketplace_adapters.sqlalchemy.tables.ledger import ALREADY_POSTED, CLOSED, accounts, journals, transfers
from marketplace_adapters.sqlalchemy.tables.payouts import entries
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.kernel.work import note_step, present_circumstances
from marketplace_core.payments import (
    CHART,
    Account,
    AccountClosed,
    AccountKind,
    AlreadyPosted,
    BooksReader,
    BrakeView,
    InsufficientFunds,
    Journal,
    JournalKind,
    JournalView,
    PostedTransfer,
    Transfer,
    TrialBalanceRow,
    TrialBalanceView,
    booked_as,
    entries_of,
)
from marketplace_core.payments.comparing import (
    BookRow,
    Entry,
    KeptComparison,
)
from marketplace_core.payments.ports import Ledger

CURSOR_PREFIX: Final = "jrn_"
_OVERDRAWN: Final = "balance_never_negative"
_ORDER: Final = {kind: position for position, kind in enumerate(CHART)}
_sums: Final = lightweight(
    "ledger_sums", column("kind"), column("currency"), column("debits_minor"), column("credits_minor")
)

_TEXTS: Final = ARRAY(Text)
_POST: Final = select(
    func.ledger_post(
        *(bindparam(name, type_=Text()) for name in ("kind", "source_type", "source_id", "leg")),
        bindparam("posted_at", type_=journals.c.posted_at.type),
        *(bindparam(name, type_=Text()) for name in ("actor", "seller_order_id")),
        *(bindparam(name, type_=_TEXTS) for name in ("debit_kinds", "debit_subjects")),
        *(bindparam(name, type_=_TEXTS) for name in ("credit_kinds", "credit_subjects", "currencies")),
        bindparam("amounts_minor", type_=ARRAY(BigInteger)),
    )
)


@final
class SqlLedger(Ledger):
    """The books, on an open transaction."""

    def __init__(self, connection: Connection, dialect: str) -> None:
        self._connection = connection
        self._dialect = dialect

    async def post(self, journal: Journal, at: datetime) -> None:
        """Open the accounts, write the journal, its transfers and its entries; a refusal takes back all of it."""
        if not journal.transfers:
            return
        try:
            async with self._connection.attempt():
                await (self._ask_for(journal, at) if self._dialect == "postgresql" else self._write(journal, at))
                await self._note_entries(journal, at)
        except IntegrityError as failure:
            raise _refusal(journal, failure) from failure
        note_step(booked_as(journal))

    async def journals_of(self, source_id: str) -> Sequence[Journal]:
        """Join journals, transfers and both accounts."""
        debit, credit = accounts.alias("debit"), accounts.alias("credit")
        statement = (
            select(
                journals,
                transfers.c.amount_minor,
                transfers.c.currency,
                *(
                    side.c[name].label(f"{side.name}_{name}")
                    for side in (debit, credit)
                    for name in ("kind", "subject")
                ),
            )
            .join(transfers, transfers.c.journal_id == journals.c.id, isouter=True)
            .join(debit, debit.c.id == transfers.c.debit_account_id, isouter=True)
            .join(credit, credit.c.id == transfers.c.credit_account_id, isouter=True)
            .where(journals.c.source_id == source_id)
            .order_by(journals.c.id, transfers.c.id)
        )
        rows = await self._connection.rows(statement)
        return [_journal(list(group)) for _, group in groupby(rows, key=lambda row: row.id)]

    async def balance(self, account: Account) -> Money:
        """Read it off the row, or sum up the transfers of an account that keeps none."""
        statement = _kept(account) if account.heading.materialised else _summed(account)
        row = await self._connection.row(statement)
        debits, credits_ = (row.debits_minor, row.credits_minor) if row else (0, 0)
        grown = debits - credits_ if account.heading.type.grows_by_debit else credits_ - debits
        return Money(grown, account.currency)

    async def _write(self, journal: Journal, at: datetime) -> None:
        numbers = await self._open({side.code: side for one in journal.transfers for side in (one.debit, one.credit)})
        written = await self._connection.row(
            insert(journals).returning(journals.c.id),
            {
                "kind": journal.kind.value,
                "source_type": journal.source_type,
                "source_id": journal.source_id,
                "leg": journal.leg,
                "posted_at": at,
                "actor": present_circumstances().actor,
                "seller_order_id": journal.seller_order_id,
            },
        )
        assert written is not None
        await self._connection.run(
            insert(transfers),
            [
                {
                    "journal_id": written.id,
                    "debit_account_id": numbers[one.debit.code],
                    "credit_account_id": numbers[one.credit.code],
                    "currency": one.amount.currency,
                    "amount_minor": one.amount.amount_minor,
                }
                for one in journal.transfers
            ],
        )

    async def _ask_for(self, journal: Journal, at: datetime) -> None:
        """Let the database post it: only its own function may."""
        moved = journal.transfers
        await self._connection.row(
            _POST,
            {
                "kind": journal.kind.value,
                "source_type": journal.source_type,
                "source_id": journal.source_id,
                "leg": journal.leg,
                "posted_at": at,
                "actor": present_circumstances().actor,
                "seller_order_id": journal.seller_order_id,
                "debit_kinds": [one.debit.kind.value for one in moved],
                "debit_subjects": [one.debit.subject for one in moved],
                "credit_kinds": [one.credit.kind.value for one in moved],
                "credit_subjects": [one.credit.subject for one in moved],
                "currencies": [one.amount.currency for one in moved],
                "amounts_minor": [one.amount.amount_minor for one in moved],
            },
        )

    async def _note_entries(self, journal: Journal, at: datetime) -> None:
        changed = entries_of(journal)
        if changed:
            await self._connection.run(
                insert(entries),
                [
                    {
                        "entry_id": entry.entry_id,
                        "seller_id": entry.seller_id,
                        "currency": entry.amount.currency,
                        "amount_minor": entry.amount.amount_minor,
                        "seller_order_id": entry.seller_order_id,
                        "kind": journal.kind.value,
                        "booked_at": at,
                    }
                    for entry in changed
                ],
            )

    async def _open(self, named: Mapping[str, Account]) -> dict[str, int]:
        """Return the rows' numbers by code, inserting what is missing in the order of the codes."""
        here = select(accounts.c.code, accounts.c.id).where(accounts.c.code.in_(named)).order_by(accounts.c.id)
        known = {row.code: row.id for row in await self._connection.rows(here)}
        missing = [named[code] for code in sorted(named.keys() - known.keys())]
        if not missing:
            return known
        await self._connection.run(
            upsert(accounts).on_conflict_do_nothing(index_elements=["code"]),
            [
                {
                    "code": account.code,
                    "kind": account.kind.value,
                    "subject": account.subject,
                    "currency": account.currency,
                    "balance_rule": account.heading.rule.value,
                    "materialised": account.heading.materialised,
                }
                for account in missing
            ],
        )
        return {row.code: row.id for row in await self._connection.rows(here)}


@final
class SqlBooksReader(BooksReader):
    """One statement per answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def brakes(self, limit: int) -> Sequence[BrakeView]:
        """Read the rows."""
        statement = select(brakes).order_by(brakes.c.brake_id.desc()).limit(limit)
        return [BrakeView.of(brake_of(row)) for row in await self._database.reader.rows(statement)]

    async def last_comparison(self, provider: str) -> KeptComparison | None:
        """Read the row."""
        row = await self._database.reader.row(LAST, {"provider": provider})
        return None if row is None else kept_of(row)

    async def trial_balance(self) -> TrialBalanceView:
        """Sum by kind and currency."""
        statement = select(
            _sums.c.kind,
            _sums.c.currency,
            func.sum(_sums.c.debits_minor).label("debits"),
            func.sum(_sums.c.credits_minor).label("credits"),
        ).group_by(_sums.c.currency, _sums.c.kind)
        rows = tuple(
            TrialBalanceRow(
                kind=AccountKind(row.kind),
                currency=row.currency,
                debits=Money(row.debits, row.currency),
                credits=Money(row.credits, row.currency),
                balance=Money(row.debits - row.credits, row.currency),
            )
            for row in sorted(
                await self._database.reader.rows(statement),
                key=lambda row: (row.currency, _ORDER[AccountKind(row.kind)]),
            )
        )
        sums = {one.currency: Money.zero(one.currency) for one in rows}
        for one in rows:
            sums[one.currency] = sums[one.currency] + one.balance
        return TrialBalanceView(rows=rows, sums=tuple(sums.values()))

    async def journals(self, page: PageRequest, *, source_id: str | None) -> Page[JournalView]:
        """Cut a page of journals and join their transfers."""
        chosen = select(journals).order_by(journals.c.id.desc()).limit(page.limit + 1)
        if source_id is not None:
            chosen = chosen.where(journals.c.source_id == source_id)
        before = _number(page.cursor)
        if before is not None:
            chosen = chosen.where(journals.c.id < before)
        cut, debit, credit = chosen.subquery("cut"), accounts.alias("debit"), accounts.alias("credit")
        statement = (
            select(
                cut,
                transfers.c.amount_minor,
                transfers.c.currency,
                debit.c.code.label("debit"),
                credit.c.code.label("credit"),
            )
            .join(transfers, transfers.c.journal_id == cut.c.id)
            .join(debit, debit.c.id == transfers.c.debit_account_id)
            .join(credit, credit.c.id == transfers.c.credit_account_id)
            .order_by(cut.c.id.desc(), transfers.c.id)
        )
        rows = await self._database.reader.rows(statement)
        views = [_viewed(list(group)) for _, group in groupby(rows, key=lambda row: row.id)]
        items = tuple(views[: page.limit])
        return Page(items=items, next_cursor=items[-1].journal_id if len(views) > page.limit else None)

    async def at_provider(self, entry: Entry, provider: str, page: PageRequest) -> Page[BookRow]:
        """Cut a page of the rows of a kind."""
        statement = booked_page(entry, provider, page)
        rows = [] if statement is None else await self._database.reader.rows(statement)
        cut = rows[: page.limit]
        cursor = cut[-1].key if len(rows) > page.limit else None
        return Page(items=tuple(booked_row(entry, row) for row in cut), next_cursor=cursor)


def _journal(rows: Sequence[Row[Any]]) -> Journal:
    first = rows[0]
    return Journal(
        kind=JournalKind(first.kind),
        source_type=first.source_type,
        source_id=first.source_id,
        leg=first.leg,
        seller_order_id=first.seller_order_id,
        transfers=tuple(
            Transfer(
                Account(kind=AccountKind(row.debit_kind), subject=row.debit_subject, currency=row.currency),
                Account(kind=AccountKind(row.credit_kind), subject=row.credit_subject, currency=row.currency),
                Money(row.amount_minor, row.currency),
            )
            for row in rows
            if row.amount_minor is not None
        ),
    )


def _kept(account: Account) -> Any:
    return select(accounts.c.debits_minor, accounts.c.credits_minor).where(accounts.c.code == account.code)


def _summed(account: Account) -> Any:
    number = select(accounts.c.id).where(accounts.c.code == account.code).scalar_subquery()
    amount = func.coalesce(func.sum(transfers.c.amount_minor), 0)
    debits = select(amount).where(transfers.c.debit_account_id == number).scalar_subquery()
    credits_ = select(amount).where(transfers.c.credit_account_id == number).scalar_subquery()
    return select(debits.label("debits_minor"), credits_.label("credits_minor"))


def _refusal(journal: Journal, failure: IntegrityError) -> Exception:
    said = str(failure.orig)
    if ALREADY_POSTED in said or is_duplicate(failure):
        return AlreadyPosted(f"{journal.kind.value} of {journal.source_id} is in the books already.")
    if _OVERDRAWN in said:
        return InsufficientFunds(f"{journal.kind.value} of {journal.source_id} takes more than there is.")
    if CLOSED in said:
        return AccountClosed(f"{journal.kind.value} of {journal.source_id} touches a closed account.")
    return failure


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    digits = cursor.removeprefix(CURSOR_PREFIX)
    if digits == cursor or not (digits.isascii() and digits.isdecimal() and len(digits) < 19):
        raise InvalidCursor("This cursor was not made by the list of journals.")
    return int(digits)


def _viewed(rows: Sequence[Row[Any]]) -> JournalView:
    first = rows[0]
    return JournalView(
        journal_id=f"{CURSOR_PREFIX}{first.id}",
        kind=JournalKind(first.kind),
        source_type=first.source_type,
        source_id=first.source_id,
        leg=first.leg,
        posted_at=first.posted_at,
        actor=first.actor,
        transfers=tuple(
            PostedTransfer(debit=row.debit, credit=row.credit, amount=Money(row.amount_minor, row.currency))
            for row in rows
        ),
    )
