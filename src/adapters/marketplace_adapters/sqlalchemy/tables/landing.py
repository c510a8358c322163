"""Seller pages, and every version of them that was published."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, PrimaryKeyConstraint

from marketplace_adapters.sqlalchemy.types import Document, Flag, Instant, Number, Words, table

pages = table(
    "landing_pages",
    Column("page_id", Words, primary_key=True),
    Column("seller_id", Words, nullable=False, unique=True),
    Column("draft", Document, nullable=False),
    Column("draft_saved_at", Instant, nullable=False),
    Column("current_number", Number),
    Column("is_public", Flag, nullable=False),
    Column("version", Number, nullable=False),
    CheckConstraint("is_public = 0 OR current_number IS NOT NULL", name="public_has_version"),
)

versions = table(
    "landing_versions",
    Column("page_id", Words, ForeignKey("landing_pages.page_id"), nullable=False),
    Column("number", Number, nullable=False),
    Column("document", Document, nullable=False),
    Column("published_at", Instant, nullable=False),
    PrimaryKeyConstraint("page_id", "number"),
    CheckConstraint("number > 0", name="number_positive"),
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
