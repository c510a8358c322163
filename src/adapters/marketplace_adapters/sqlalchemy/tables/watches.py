"""Watches: what is known to be wrong."""

from sqlalchemy import Column

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, table

watches = table(
    "operations_watches",
    Column("name", Words, primary_key=True),
    Column("known", Document, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("version", Number, nullable=False),
)
