"""Endpoints, and one delivery per endpoint and event. No secrets: they are derived when they are needed."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, table

endpoints = table(
    "webhooks_endpoints",
    Column("endpoint_id", Words, primary_key=True),
    Column("seller_id", Words),
    Column("url", Words, nullable=False),
    Column("description", Words, nullable=False),
    Column("event_types", Document, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("secret_made_at", Instant, nullable=False),
    Column("secret_number", Number, nullable=False),
    Column("previous_until", Instant),
    Column("state", Words, nullable=False),
    Column("disabled_because", Words),
    Column("failing_since", Instant),
    Column("version", Number, nullable=False),
    CheckConstraint("state IN ('enabled', 'disabled', 'removed')", name="state_known"),
    CheckConstraint("(state = 'enabled') = (disabled_because IS NULL)", name="disabled_has_reason"),
    CheckConstraint("secret_number > 0", name="secrets_numbered_from_one"),
)
Index("ix_webhooks_endpoints_seller", endpoints.c.seller_id, endpoints.c.endpoint_id)

deliveries = table(
    "webhooks_deliveries",
    Column("delivery_id", Words, primary_key=True),
    Column("endpoint_id", Words, ForeignKey("webhooks_endpoints.endpoint_id"), nullable=False),
    Column("event_id", Words, nullable=False),
    Column("event_type", Words, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("body", Words, nullable=False),
    Column("queued_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("state", Words, nullable=False),
    Column("attempts", Number, nullable=False),
    Column("tries", Number, nullable=False),
    Column("delivered_at", Instant),
    Column("tried_at", Instant),
    Column("status", Number),
    Column("error", Words),
    Column("answer", Words),
    Column("version", Number, nullable=False),
    UniqueConstraint("endpoint_id", "event_id"),
    CheckConstraint("state IN ('queued', 'delivered', 'given_up')", name="state_known"),
    CheckConstraint("(state = 'queued') = (next_at IS NOT NULL)", name="queued_is_tried_again"),
    CheckConstraint("(state = 'delivered') = (delivered_at IS NOT NULL)", name="delivered_has_time"),
    CheckConstraint("attempts >= tries AND tries >= 0", name="attempts_counted"),
)
Index("ix_webhooks_deliveries_endpoint", deliveries.c.endpoint_id, deliveries.c.delivery_id)
Index("ix_webhooks_deliveries_due", deliveries.c.next_at, sqlite_where=text("next_at IS NOT NULL"))

EXTRA_DDL: Final[tuple[str, ...]] = ()
