"""Card disputes and their parts: what the network takes of each seller order, and who bears it."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.tables.refunds import SOURCES
from marketplace_adapters.sqlalchemy.types import Instant, Number, Words, one_of, table
from marketplace_core.payments import DisputeState

disputes = table(
    "payments_disputes",
    Column("dispute_id", Words, primary_key=True),
    Column("payment_id", Words, ForeignKey("payments_payments.payment_id"), nullable=False),
    Column("order_id", Words, nullable=False),
    Column("provider", Words, nullable=False),
    Column("reference", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("amount_minor", Number, nullable=False),
    Column("fee_minor", Number, nullable=False),
    Column("excess_minor", Number, nullable=False),
    Column("reason", Words, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("evidence_due", Instant),
    Column("evidence_hash", Words),
    Column("closed_at", Instant),
    Column("version", Number, nullable=False),
    Column("suspended_minor", Number, nullable=False, server_default=text("0")),
    UniqueConstraint("provider", "reference"),
    CheckConstraint(one_of("state", DisputeState), name="state_known"),
    CheckConstraint("amount_minor >= 0 AND fee_minor >= 0 AND excess_minor >= 0", name="amounts_not_negative"),
    CheckConstraint("excess_minor <= amount_minor", name="excess_is_a_part"),
    # While it is a mere warning, nothing has been withdrawn.
    CheckConstraint("state NOT IN ('warning', 'warning_closed') OR excess_minor = 0", name="warning_takes_nothing"),
    CheckConstraint(
        "(state IN ('warning', 'needs_response', 'under_review')) = (closed_at IS NULL)", name="closed_at_a_time"
    ),
)
Index("ix_payments_disputes_payment", disputes.c.payment_id, disputes.c.dispute_id)
Index("ix_payments_disputes_state", disputes.c.state, disputes.c.dispute_id)

_AMOUNTS: Final = (
    "held_items_minor",
    "held_delivery_minor",
    "released_items_minor",
    "released_delivery_minor",
    "parked_minor",
    *(f"from_{source}_minor" for source in SOURCES),
)
_BORNE: Final = " + ".join(f"from_{source}_minor" for source in SOURCES)

dispute_parts = table(
    "payments_dispute_parts",
    Column("dispute_id", Words, ForeignKey("payments_disputes.dispute_id"), nullable=False),
    Column("seller_order_id", Words, ForeignKey("payments_shares.seller_order_id"), nullable=False),
    Column("seller_id", Words, nullable=False),
    *(Column(name, Number, nullable=False) for name in _AMOUNTS),
    PrimaryKeyConstraint("dispute_id", "seller_order_id"),
    CheckConstraint(" AND ".join(f"{name} >= 0" for name in _AMOUNTS), name="amounts_not_negative"),
    CheckConstraint(
        "held_items_minor + held_delivery_minor + released_items_minor + released_delivery_minor > 0",
        name="takes_something",
    ),
    CheckConstraint("parked_minor <= released_items_minor + released_delivery_minor", name="parked_of_what_is_theirs"),
    CheckConstraint("from_parked_minor <= parked_minor", name="borne_by_what_is_parked"),
    # Borne by nobody until it is lost, by somebody to the cent afterwards.
    CheckConstraint(
        f"{_BORNE} = 0 OR {_BORNE} = released_items_minor + released_delivery_minor", name="borne_without_remainder"
    ),
)
Index("ix_payments_dispute_parts_seller_order", dispute_parts.c.seller_order_id)

EXTRA_DDL: Final[tuple[str, ...]] = ()
