"""The audit of the books: what is wrong in them, and how much of the money at the provider is owed to others."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import final

from sqlalchemy import column, func, literal, select, union_all
from sqlalchemy import table as lightweight

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.tables.ledger import accounts
from marketplace_adapters.sqlalchemy.tables.ledger_audit import CHECKS
from marketplace_adapters.sqlalchemy.tables.payments import holds, payments
from marketplace_adapters.sqlalchemy.tables.payouts import payouts
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    PayoutState,
    Violation,
)
from marketplace_core.payments.books import COVERED, EARNING, UNSENT_PAYOUTS
from marketplace_core.payments.ports import UNANSWERED_HOURS_MAX, Audit


@final
class SqlAudit(Audit):
    """Reads the audit views, all in one statement and so of one state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def violations(self, now: datetime, *, limit: int) -> Sequence[Violation]:
        """Look into every view."""
        views = [lightweight(f"audit_{check}", column("subject"), column("detail")) for check in CHECKS]
        since = now - timedelta(hours=UNANSWERED_HOURS_MAX)
        unanswered = select(
            literal("unanswered").label("check"),
            payouts.c.payout_id.label("subject"),
            literal("sent and not answered").label("detail"),
        ).where(payouts.c.state == PayoutState.TRANSFERRING.value, payouts.c.tried_at < since)
        found = union_all(
            *(
                select(literal(check).label("check"), view.c.subject, view.c.detail)
                for check, view in zip(CHECKS, views, strict=True)
            ),
            unanswered,
        )
        rows = await self._database.reader.rows(found.limit(limit))
        return [Violation(check=row.check, subject=row.subject, detail=row.detail) for row in rows]

    async def owed(self) -> Sequence[Money]:
        """Sum up the kept balances, and the payouts."""
        kept = select(accounts.c.currency, (accounts.c.credits_minor - accounts.c.debits_minor).label("minor")).where(
            accounts.c.kind.in_([kind.value for kind in COVERED])
        )
        claimed = select(payouts.c.currency, payouts.c.amount_minor.label("minor")).where(
            payouts.c.state.in_([state.value for state in UNSENT_PAYOUTS]), payouts.c.transfer_reference.is_(None)
        )
        held = select(holds.c.payment_id).where(holds.c.state.in_([state.value for state in EARNING]))
        to_earn = select(payments.c.currency, (-payments.c.fee_minor).label("minor")).where(
            payments.c.fee_minor.is_not(None), payments.c.payment_id.in_(held)
        )
        parts = union_all(kept, claimed, to_earn).subquery()
        statement = select(parts.c.currency, func.sum(parts.c.minor).label("minor")).group_by(parts.c.currency)
        rows = await self._database.reader.rows(statement.order_by(parts.c.currency))
        return [Money(max(int(row.minor), 0), row.currency) for row in rows]
