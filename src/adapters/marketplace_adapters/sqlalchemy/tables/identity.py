"""Accounts and guests, shops, sessions, and every refresh token a session ever had (reliability design 6.9)."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint

from marketplace_adapters.sqlalchemy.types import Flag, Instant, Number, Words, one_of, table
from marketplace_core.identity import SellerStatus

users = table(
    "identity_users",
    Column("user_id", Words, primary_key=True),
    Column("email", Words, nullable=False),
    Column("email_key", Words, unique=True),
    Column("name", Words, nullable=False),
    Column("locale", Words, nullable=False),
    Column("password_hash", Words),
    Column("long_password", Flag, nullable=False),
    Column("is_guest", Flag, nullable=False),
    Column("is_buyer", Flag, nullable=False),
    Column("is_operator", Flag, nullable=False),
    Column("session_version", Number, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("version", Number, nullable=False),
    CheckConstraint("email_key = lower(email_key)", name="email_key_is_lower_case"),
    CheckConstraint(
        "(is_guest = 1) = (email_key IS NULL) AND (is_guest = 1) = (password_hash IS NULL)", name="guest_has_no_login"
    ),
    CheckConstraint("is_operator = 0 OR long_password = 1", name="operator_has_long_password"),
    CheckConstraint("session_version > 0", name="session_version_positive"),
)

sellers = table(
    "identity_sellers",
    Column("seller_id", Words, primary_key=True),
    Column("user_id", Words, ForeignKey("identity_users.user_id"), nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("slug", Words, nullable=False, unique=True),
    Column("country", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("status_reason", Words, nullable=False),
    Column("applied_at", Instant, nullable=False),
    Column("version", Number, nullable=False),
    CheckConstraint(one_of("status", SellerStatus), name="status_known"),
    CheckConstraint("slug = lower(slug) AND length(slug) BETWEEN 3 AND 40", name="slug_shape"),
    CheckConstraint("length(country) = 2 AND length(currency) = 3", name="codes_shape"),
)
Index("ix_identity_sellers_status", sellers.c.status, sellers.c.seller_id)

token_families = table(
    "identity_token_families",
    Column("family_id", Words, primary_key=True),
    Column("user_id", Words, ForeignKey("identity_users.user_id"), nullable=False),
    Column("session_version", Number, nullable=False),
    Column("device", Words, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("last_used_at", Instant, nullable=False),
    Column("token_hash", Words, nullable=False, unique=True),
    Column("sequence", Number, nullable=False),
    Column("rotated_at", Instant),
    Column("ended_at", Instant),
    Column("end_reason", Words),
    Column("version", Number, nullable=False),
    CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended_has_reason"),
    CheckConstraint("end_reason IS NULL OR end_reason IN ('signed_out', 'reuse')", name="end_reason_known"),
    CheckConstraint("(sequence = 1) = (rotated_at IS NULL)", name="rotated_after_the_first"),
)
Index("ix_identity_token_families_user", token_families.c.user_id, token_families.c.last_used_at)

refresh_tokens = table(
    "identity_refresh_tokens",
    Column("token_hash", Words, primary_key=True),
    Column("family_id", Words, ForeignKey("identity_token_families.family_id", ondelete="CASCADE"), nullable=False),
    Column("sequence", Number, nullable=False),
    UniqueConstraint("family_id", "sequence"),
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
