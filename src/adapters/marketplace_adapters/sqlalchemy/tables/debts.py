"""What is remembered of sellers, and the settlements of their debts."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.types import Instant, Number, Words, one_of, table
from marketplace_core.payments.debts import Means, SettlementState

seller_standings = table(
    "payments_seller_standings",
    Column("seller_id", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("suspended", Number, nullable=False),
    Column("closing", Number, nullable=False),
    Column("debt_since", Instant),
    Column("stopped", Number, nullable=False),
    Column("version", Number, nullable=False),
    PrimaryKeyConstraint("seller_id", "currency"),
    CheckConstraint("suspended IN (0, 1) AND closing IN (0, 1) AND stopped IN (0, 1)", name="yes_or_no"),
    CheckConstraint("stopped = 0 OR debt_since IS NOT NULL", name="stopped_by_a_debt"),
)

debt_settlements = table(
    "payments_debt_settlements",
    Column("settlement_id", Words, primary_key=True),
    Column("seller_id", Words, nullable=False),
    Column("provider", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("amount_minor", Number, nullable=False),
    Column("means", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("requester_id", Words),
    Column("requested_at", Instant, nullable=False),
    Column("payout_id", Words, ForeignKey("payments_payouts.payout_id")),
    Column("transfer_reference", Words),
    Column("state", Words, nullable=False),
    Column("tried_at", Instant),
    Column("reference", Words),
    Column("refusal", Words),
    Column("ended_at", Instant),
    Column("version", Number, nullable=False),
    UniqueConstraint("provider", "reference"),
    CheckConstraint(one_of("state", SettlementState), name="state_known"),
    CheckConstraint(one_of("means", Means), name="means_known"),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint("(means = 'reversal') = (payout_id IS NOT NULL)", name="reversal_of_a_payout"),
    CheckConstraint("state <> 'submitted' OR tried_at IS NOT NULL", name="tried_before_it_is_sent"),
    CheckConstraint(
        "means <> 'reversal' OR state <> 'booked' OR reference IS NOT NULL", name="taken_back_is_known_there"
    ),
    CheckConstraint("(state IN ('booked', 'rejected')) = (ended_at IS NOT NULL)", name="ended_at_a_time"),
)
Index("ix_payments_debt_settlements_seller", debt_settlements.c.seller_id, debt_settlements.c.settlement_id)
_TOP_UP: Final = text("means = 'top_up'")
Index(
    "uq_payments_debt_settlements_top_up",
    debt_settlements.c.provider,
    debt_settlements.c.note,
    unique=True,
    sqlite_where=_TOP_UP,
    postgresql_where=_TOP_UP,
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
