"""Outbox, consumed messages, inbox, deadlines, idempotency keys (reliability design 6.2, 6.3, 6.7), acts, policies."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.tables.triggers import attach, refusing
from marketplace_adapters.sqlalchemy.types import Document, Flag, Instant, Number, Octets, Words, table

outbox = table(
    "outbox",
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("event_id", Words, nullable=False, unique=True),
    Column("aggregate_type", Words, nullable=False),
    Column("aggregate_id", Words, nullable=False),
    Column("aggregate_seq", Number, nullable=False),
    Column("topic", Words, nullable=False),
    Column("payload", Document, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("cause", Words),
    Column("available_at", Instant, nullable=False),
    Column("attempts", Number, nullable=False, server_default=text("0")),
    Column("last_error", Words),
    Column("published_at", Instant),
    Column("quarantined", Flag, nullable=False, server_default=text("0")),
    Column("reacted_at", Instant),
    Column("trace", Words),
    Column("taken_until", Instant),
    Column("is_announced", Flag, nullable=False, server_default=text("0")),
    UniqueConstraint("aggregate_type", "aggregate_id", "aggregate_seq"),
)
Index("ix_outbox_waiting", outbox.c.id, sqlite_where=text("reacted_at IS NULL AND quarantined = 0"))
Index(
    "ix_outbox_waiting_aggregate",
    outbox.c.aggregate_type,
    outbox.c.aggregate_id,
    outbox.c.id,
    sqlite_where=text("reacted_at IS NULL AND quarantined = 0"),
)
Index("ix_outbox_unannounced", outbox.c.id, sqlite_where=text("is_announced = 0"))

consumed_messages = table(
    "consumed_messages",
    Column("consumer", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("consumed_at", Instant, nullable=False),
    PrimaryKeyConstraint("consumer", "message_id"),
)

provider_messages = table(
    "provider_messages",
    Column("provider", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("type", Words, nullable=False),
    Column("subject", Words),
    Column("reference", Words),
    Column("raw", Octets, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("available_at", Instant, nullable=False),
    Column("attempts", Number, nullable=False, server_default=text("0")),
    Column("last_error", Words),
    Column("processed_at", Instant),
    Column("quarantined", Flag, nullable=False, server_default=text("0")),
    Column("taken_until", Instant),
    PrimaryKeyConstraint("provider", "message_id"),
)
Index(
    "ix_provider_messages_waiting",
    provider_messages.c.available_at,
    sqlite_where=text("processed_at IS NULL AND quarantined = 0"),
)

deadlines = table(
    "deadlines",
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Number, nullable=False, server_default=text("0")),
    Column("last_error", Words),
    Column("taken_until", Instant),
    PrimaryKeyConstraint("kind", "subject"),
)
Index("ix_deadlines_due", deadlines.c.due_at)

idempotency_keys = table(
    "idempotency_keys",
    Column("principal", Words, nullable=False),
    Column("operation", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("fingerprint", Octets, nullable=False),
    Column("state", Words, nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("outcome", Document),
    PrimaryKeyConstraint("principal", "operation", "key"),
    CheckConstraint("state IN ('in_progress', 'completed')", name="state_known"),
    CheckConstraint("(state = 'completed') = (outcome IS NOT NULL)", name="completed_has_outcome"),
    CheckConstraint("length(key) BETWEEN 8 AND 255", name="key_length"),
)

acts = table(
    "acts",
    Column("act_id", Words, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("command", Words, nullable=False),
    Column("about", Words, nullable=False),
    Column("reason", Words, nullable=False),
    CheckConstraint("length(reason) BETWEEN 1 AND 500", name="reason_given"),
)

policies = table(
    "policies",
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("document", Document, nullable=False),
    Column("digest", Words, nullable=False),
    Column("used_at", Instant, nullable=False),
    Column("used_by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    CheckConstraint("number > 0", name="numbered_from_one"),
    CheckConstraint("length(reason) BETWEEN 1 AND 500", name="reason_given"),
)
Index("ix_policies_name", policies.c.name, policies.c.number)

_AGREED: Final = "policies: orders were placed under them"
POLICY_DDL: Final[tuple[str, ...]] = (
    refusing("policies_no_update", "BEFORE UPDATE ON policies", _AGREED),
    refusing("policies_no_delete", "BEFORE DELETE ON policies", _AGREED),
    refusing(
        "policies_in_order",
        "BEFORE INSERT ON policies",
        "policies: the next number is taken, and no other",
        "NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM policies)",
    ),
)

_FOREVER: Final = "acts: what was done stays written down"
EXTRA_DDL: Final[tuple[str, ...]] = (
    refusing("acts_no_update", "BEFORE UPDATE ON acts", _FOREVER),
    refusing("acts_no_delete", "BEFORE DELETE ON acts", _FOREVER),
    refusing(
        "acts_no_replace", "BEFORE INSERT ON acts", _FOREVER, "EXISTS (SELECT 1 FROM acts WHERE act_id = NEW.act_id)"
    ),
)

attach(acts, *EXTRA_DDL)
attach(policies, *POLICY_DDL)
