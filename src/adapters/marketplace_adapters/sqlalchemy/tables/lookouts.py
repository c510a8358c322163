"""Lookouts: until when a payment provider was asked what happened there."""

from sqlalchemy import Column

from marketplace_adapters.sqlalchemy.types import Instant, Words, table

lookouts = table(
    "payments_lookouts",
    Column("provider", Words, primary_key=True),
    Column("looked_until", Instant, nullable=False),
)
