"""Brakes: when money stood still, what for, and who let it go."""

from sqlalchemy import CheckConstraint, Column, Index, text

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, table
from marketplace_core.payments.books import BrakeCause

brakes = table(
    "payments_brakes",
    Column("brake_id", Words, primary_key=True),
    Column("cause", Words, nullable=False),
    Column("findings", Document, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("released_at", Instant),
    Column("released_by", Words),
    Column("note", Words),
    Column("version", Number, nullable=False),
    Column("settled_at", Instant),
    CheckConstraint(f"cause IN ({', '.join(repr(cause.value) for cause in BrakeCause)})", name="cause_known"),
    CheckConstraint(
        "(released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (note IS NULL)",
        name="released_by_somebody",
    ),
)
Index("ix_payments_brakes_on", brakes.c.cause, unique=True, sqlite_where=text("released_at IS NULL"))
