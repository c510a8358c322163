"""Refunds and their parts: what each seller order gives back, where it is taken from, and who bears it."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.tables.payments import EXTRAS, minor
from marketplace_adapters.sqlalchemy.types import Instant, Number, Words, one_of, table
from marketplace_core.kernel.machines import Who
from marketplace_core.payments import RefundState

refunds = table(
    "payments_refunds",
    Column("refund_id", Words, primary_key=True),
    Column("payment_id", Words, ForeignKey("payments_payments.payment_id"), nullable=False),
    Column("order_id", Words, nullable=False),
    Column("buyer_id", Words, nullable=False),
    Column("provider", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("amount_minor", Number, nullable=False),
    Column("reason", Words, nullable=False),
    Column("requested_by", Words, nullable=False),
    Column("requester_id", Words),
    Column("requested_at", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("approved_at", Instant),
    Column("tried_at", Instant),
    Column("reference", Words),
    Column("pending_reason", Words),
    Column("failure_code", Words),
    Column("note", Words),
    Column("ended_at", Instant),
    Column("version", Number, nullable=False),
    Column("attempt", Number, nullable=False, server_default=text("1")),
    UniqueConstraint("provider", "reference"),
    CheckConstraint(one_of("state", RefundState), name="state_known"),
    CheckConstraint(one_of("requested_by", Who), name="requester_known"),
    # Nothing goes to the buyer of what the platform had paid in their stead.
    CheckConstraint(
        "amount_minor > 0 OR (amount_minor = 0 AND state IN ('requested', 'rejected', 'succeeded')"
        " AND tried_at IS NULL)",
        name="amount_positive",
    ),
    CheckConstraint("attempt >= 1", name="attempts_from_one"),
    CheckConstraint(
        "(state IN ('requested', 'due', 'rejected')) = (approved_at IS NULL)", name="owed_since_its_approval"
    ),
    # What a card network refunded itself, or an operator paid by other means, was never asked for: the provider has no
    # refund of it.
    CheckConstraint(
        "(state IN ('requested', 'due', 'rejected', 'approved', 'cancelled')) = (tried_at IS NULL)"
        " OR (state = 'succeeded' AND (requested_by = 'system' OR amount_minor = 0))"
        " OR (state = 'settled' AND tried_at IS NULL)",
        name="tried_before_it_is_sent",
    ),
    CheckConstraint(
        "state NOT IN ('pending', 'succeeded', 'bounced', 'settled') OR reference IS NOT NULL"
        " OR (state IN ('succeeded', 'settled') AND tried_at IS NULL)",
        name="sent_is_known_there",
    ),
    CheckConstraint("tried_at IS NOT NULL OR reference IS NULL", name="known_there_once_tried"),
    CheckConstraint(
        "state NOT IN ('failed', 'bounced', 'settled') OR failure_code IS NOT NULL"
        " OR (state = 'settled' AND tried_at IS NULL)",
        name="failure_has_a_code",
    ),
    CheckConstraint("state NOT IN ('rejected', 'settled') OR note IS NOT NULL", name="decision_has_a_note"),
    CheckConstraint(
        "(state IN ('requested', 'due', 'approved', 'submitted', 'pending')) = (ended_at IS NULL)",
        name="ended_at_a_time",
    ),
)
Index("ix_payments_refunds_payment", refunds.c.payment_id, refunds.c.refund_id)
Index("ix_payments_refunds_state", refunds.c.state, refunds.c.refund_id)
Index("ix_payments_refunds_buyer", refunds.c.buyer_id, refunds.c.refund_id)

SOURCES: Final = ("commission", "vat", "platform", "parked", "reserve", "payable", "debt")
"""Who bears the part of a refund or a dispute whose money the seller has already."""
_AMOUNTS: Final = (
    "wanted_items_minor",
    "wanted_delivery_minor",
    "held_items_minor",
    "held_delivery_minor",
    "released_items_minor",
    "released_delivery_minor",
    "platform_minor",
    *(f"from_{source}_minor" for source in SOURCES),
)

refund_parts = table(
    "payments_refund_parts",
    Column("refund_id", Words, ForeignKey("payments_refunds.refund_id"), nullable=False),
    Column("seller_order_id", Words, ForeignKey("payments_shares.seller_order_id"), nullable=False),
    Column("seller_id", Words, nullable=False),
    *(Column(name, Number, nullable=False) for name in _AMOUNTS),
    *(minor(f"{extra}_minor") for extra in EXTRAS),
    PrimaryKeyConstraint("refund_id", "seller_order_id"),
    CheckConstraint(" AND ".join(f"{name} >= 0" for name in _AMOUNTS), name="amounts_not_negative"),
    CheckConstraint("wanted_items_minor + wanted_delivery_minor > 0", name="wants_something"),
    CheckConstraint("platform_minor <= wanted_items_minor + wanted_delivery_minor", name="platform_bears_no_more"),
    # Taken from nowhere while it is undecided, from somewhere to the cent afterwards.
    CheckConstraint(
        "held_items_minor + held_delivery_minor + released_items_minor + released_delivery_minor = 0"
        " OR (held_items_minor + released_items_minor = wanted_items_minor"
        " AND held_delivery_minor + released_delivery_minor = wanted_delivery_minor)",
        name="taken_without_remainder",
    ),
    CheckConstraint(
        f"released_items_minor + released_delivery_minor = {' + '.join(f'from_{source}_minor' for source in SOURCES)}",
        name="borne_without_remainder",
    ),
)
Index("ix_payments_refund_parts_seller_order", refund_parts.c.seller_order_id)
Index("ix_payments_refund_parts_seller", refund_parts.c.seller_id, refund_parts.c.refund_id)

EXTRA_DDL: Final[tuple[str, ...]] = ()
