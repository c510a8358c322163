"""What the tables say about things at a payment provider: one statement per kind."""

from typing import Any

from sqlalchemy import Row, Select, and_, case, func, literal, null, or_, select, union_all

from marketplace_adapters.sqlalchemy.tables.debts import debt_settlements
from marketplace_adapters.sqlalchemy.tables.disputes import disputes
from marketplace_adapters.sqlalchemy.tables.payments import payments, seller_accounts
from marketplace_adapters.sqlalchemy.tables.payouts import payouts
from marketplace_adapters.sqlalchemy.tables.refunds import refunds
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import (
    PaymentState,
    PayoutState,
    RefundState,
)
from marketplace_core.payments.comparing import (
    UNDER_WAY_OR_PAID,
    BookRow,
    Entry,
    payment_state,
    payout_state,
    refund_state,
)

_SENDING = payouts.c.state == PayoutState.TRANSFERRING.value
_LEFT_OUT = (payouts.c.taken_minor > 0) & payouts.c.state.not_in([state.value for state in UNDER_WAY_OR_PAID])


def booked_page(entry: Entry, provider: str, page: PageRequest) -> Select[Any] | None:
    """Return the statement of one page and a row more, by key; none for what has no rows."""
    statement = _statement(entry, provider)
    if statement is None:
        return None
    rows = statement.subquery("booked")
    chosen = select(rows).order_by(rows.c.key).limit(page.limit + 1)
    return chosen if page.cursor is None else chosen.where(rows.c.key > page.cursor)


def booked_row(entry: Entry, row: Row[Any]) -> BookRow:
    """Return a row in the shape of all books."""
    return BookRow(
        entry=entry,
        reference=row.reference,
        name=row.name,
        state=_state(entry, row),
        amount=None if row.amount_minor is None else Money(row.amount_minor, row.currency),
        fee=None if row.fee_minor is None else Money(row.fee_minor, row.currency),
    )


def _state(entry: Entry, row: Row[Any]) -> str:
    match entry:
        case Entry.PAYMENT:
            return payment_state(PaymentState(row.state), captured=bool(row.captured))
        case Entry.REFUND:
            return refund_state(RefundState(row.state))
        case Entry.PAYOUT:
            return payout_state(PayoutState(row.state))
        case Entry.TRANSFER:
            return "submitted" if row.reference is None else "made"
        case _:
            return str(row.state)


def _statement(entry: Entry, provider: str) -> Any:
    match entry:
        case Entry.PAYMENT:
            table = payments.c
            return select(
                *_columns(
                    table.payment_id,
                    table.reference,
                    table.state,
                    amount=func.coalesce(table.captured_minor, table.amount_minor),
                    currency=func.coalesce(table.captured_currency, table.currency),
                    fee=table.fee_minor,
                ),
                table.captured_minor.is_not(None).label("captured"),
            ).where(table.provider == provider, table.requested_at.is_not(None))
        case Entry.REFUND:
            return _plain(refunds, refunds.c.refund_id, provider, refunds.c.tried_at.is_not(None))
        case Entry.DISPUTE:
            return _plain(disputes, disputes.c.dispute_id, provider, fee=disputes.c.fee_minor)
        case Entry.ACCOUNT:
            account = seller_accounts.c
            return select(
                *_columns(account.seller_id, account.reference, literal("open"), amount=null(), currency=null())
            ).where(account.provider == provider)
        case Entry.TRANSFER:
            known = payouts.c.transfer_reference
            wanted, moved = or_(_SENDING, known.is_not(None)), payouts.c.amount_minor + payouts.c.taken_minor
            return _plain(payouts, payouts.c.payout_id, provider, wanted, reference=known, amount=moved)
        case Entry.PAYOUT:
            known = payouts.c.bank_reference
            wanted, moved = or_(_SENDING, known.is_not(None)), case((_LEFT_OUT, null()), else_=payouts.c.amount_minor)
            return _plain(payouts, payouts.c.payout_id, provider, wanted, reference=known, amount=moved)
        case Entry.REVERSAL:
            return _reversals(provider)
        case _:
            return None


def _reversals(provider: str) -> Any:
    whole, part = payouts.c, debt_settlements.c
    return union_all(
        select(
            *_columns(
                whole.payout_id,
                whole.reversal_reference,
                literal("made"),
                amount=whole.amount_minor,
                currency=whole.currency,
            )
        ).where(whole.provider == provider, whole.reversal_reference.is_not(None)),
        select(
            *_columns(
                part.settlement_id,
                part.reference,
                literal("made"),
                amount=part.amount_minor,
                currency=part.currency,
                name=part.payout_id,
            )
        ).where(and_(part.provider == provider, part.reference.is_not(None), part.transfer_reference.is_not(None))),
    )


def _plain(
    table: Any, key: Any, provider: str, *wanted: Any, reference: Any = None, amount: Any = None, fee: Any = None
) -> Any:
    here = table.c.reference if reference is None else reference
    moved = table.c.amount_minor if amount is None else amount
    columns = _columns(key, here, table.c.state, amount=moved, currency=table.c.currency, fee=fee)
    return select(*columns).where(table.c.provider == provider, *wanted)


def _columns(
    key: Any, reference: Any, state: Any, *, amount: Any, currency: Any, fee: Any = None, name: Any = None
) -> list[Any]:
    return [
        key.label("key"),
        reference.label("reference"),
        (key if name is None else name).label("name"),
        state.label("state"),
        amount.label("amount_minor"),
        currency.label("currency"),
        (null() if fee is None else fee).label("fee_minor"),
    ]
