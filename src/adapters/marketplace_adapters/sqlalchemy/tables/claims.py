"""Buyers' claims, and what was said in them."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, text

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, one_of, table
from marketplace_core.kernel.machines import Who
from marketplace_core.payments.claims import (
    CLAIMS_OPENED,
    ClaimKind,
    ClaimState,
)

_OPEN: Final = one_of("state", (state for state in ClaimState if state in CLAIMS_OPENED))
_WHO: Final = ", ".join(repr(who.value) for who in Who)

claims = table(
    "payments_claims",
    Column("claim_id", Words, primary_key=True),
    Column("payment_id", Words, ForeignKey("payments_payments.payment_id"), nullable=False),
    Column("order_id", Words, nullable=False),
    Column("seller_order_id", Words, ForeignKey("payments_holds.seller_order_id"), nullable=False),
    Column("seller_id", Words, nullable=False),
    Column("buyer_id", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("lines", Document, nullable=False),
    Column("state", Words, nullable=False),
    Column("wanted_items_minor", Number, nullable=False),
    Column("wanted_delivery_minor", Number, nullable=False),
    Column("offer_items_minor", Number),
    Column("offer_delivery_minor", Number),
    Column("granted_items_minor", Number),
    Column("granted_delivery_minor", Number),
    Column("refund_id", Words, ForeignKey("payments_refunds.refund_id")),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("decided_by", Words),
    Column("closed_at", Instant),
    Column("version", Number, nullable=False),
    Column("photos", Document, nullable=False, server_default="[]"),
    CheckConstraint(one_of("state", ClaimState), name="state_known"),
    CheckConstraint(one_of("kind", ClaimKind), name="kind_known"),
    CheckConstraint(
        "wanted_items_minor >= 0 AND wanted_delivery_minor >= 0 AND wanted_items_minor + wanted_delivery_minor > 0",
        name="wants_something",
    ),
    *(
        CheckConstraint(
            f"({name}_items_minor IS NULL) = ({name}_delivery_minor IS NULL) AND ({name}_items_minor IS NULL"
            f" OR ({name}_items_minor BETWEEN 0 AND wanted_items_minor"
            f" AND {name}_delivery_minor BETWEEN 0 AND wanted_delivery_minor))",
            name=f"{name}_is_of_what_is_wanted",
        )
        for name in ("offer", "granted")
    ),
    # Open, it waits for somebody until a date; closed, somebody has said what became of it.
    CheckConstraint(f"({_OPEN}) = (due_at IS NOT NULL)", name="open_until_a_date"),
    CheckConstraint(
        f"({_OPEN}) = (closed_at IS NULL) AND (closed_at IS NULL) = (granted_items_minor IS NULL)"
        " AND (closed_at IS NULL) = (decided_by IS NULL)",
        name="closed_by_somebody",
    ),
    CheckConstraint(
        "refund_id IS NULL OR (state IN ('resolved_refund', 'resolved_partial')"
        " AND granted_items_minor + granted_delivery_minor > 0)",
        name="refunds_what_is_granted",
    ),
)
Index("ix_payments_claims_payment", claims.c.payment_id, claims.c.claim_id)
Index("ix_payments_claims_order", claims.c.order_id, claims.c.claim_id)
Index("ix_payments_claims_seller", claims.c.seller_id, claims.c.claim_id)
Index("ix_payments_claims_buyer", claims.c.buyer_id, claims.c.claim_id)
Index("ix_payments_claims_state", claims.c.state, claims.c.claim_id)
Index(
    "uq_payments_claims_one_open",
    claims.c.seller_order_id,
    unique=True,
    sqlite_where=text(_OPEN),
    postgresql_where=text(_OPEN),
)

claim_messages = table(
    "payments_claim_messages",
    Column("claim_id", Words, ForeignKey("payments_claims.claim_id"), nullable=False),
    Column("number", Number, nullable=False),
    Column("who", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("said_at", Instant, nullable=False),
    Column("did", Words),
    Column("offered_items_minor", Number),
    Column("offered_delivery_minor", Number),
    PrimaryKeyConstraint("claim_id", "number"),
    CheckConstraint(f"who IN ({_WHO})", name="who_known"),
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
