"""Comparisons: how the books of each payment provider were compared with ours the last time."""

from sqlalchemy import CheckConstraint, Column

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, table

comparisons = table(
    "payments_comparisons",
    Column("provider", Words, primary_key=True),
    Column("compared_at", Instant, nullable=False),
    Column("kept", Document, nullable=False),
    Column("seen", Document, nullable=False),
    Column("version", Number, nullable=False),
    CheckConstraint("length(provider) > 0", name="provider_named"),
)
