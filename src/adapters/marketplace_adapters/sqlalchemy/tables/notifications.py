"""Mails: one per fact, template and recipient; and the addresses that nothing is sent to."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint

from marketplace_adapters.sqlalchemy.types import Instant, Number, Words, table

mails = table(
    "notifications_mails",
    Column("mail_id", Words, primary_key=True),
    Column("fact", Words, nullable=False),
    Column("template", Words, nullable=False),
    Column("template_version", Number, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("locale", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("html", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Number, nullable=False),
    Column("queued_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("last_error", Words),
    Column("version", Number, nullable=False),
    UniqueConstraint("fact", "template", "recipient"),
    CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
    CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
    CheckConstraint("attempts >= 0", name="attempts_counted"),
)
Index("ix_notifications_mails_recipient", mails.c.recipient, mails.c.mail_id)
Index("ix_notifications_mails_state", mails.c.state, mails.c.mail_id)

suppressions = table(
    "notifications_suppressions",
    Column("address", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("mail_id", Words),
    Column("since", Instant, nullable=False),
    Column("lifted_at", Instant),
    Column("version", Number, nullable=False),
    CheckConstraint("reason IN ('returned', 'refused', 'by_hand')", name="reason_known"),
    CheckConstraint("(reason = 'by_hand') = (mail_id IS NULL)", name="shown_by_a_mail_or_said"),
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
