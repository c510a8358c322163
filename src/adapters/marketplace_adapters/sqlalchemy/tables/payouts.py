"""What is payable to sellers, and the payouts that claim it.

An entry is what one journal changed in what is payable to a seller; entries are only ever added, by the ledger, in the
transaction of their journal. The claim stands on the entry: it names the one living payout that pays it.
"""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.tables.ledger import ALREADY_POSTED
from marketplace_adapters.sqlalchemy.tables.triggers import attach, refusing
from marketplace_adapters.sqlalchemy.types import Instant, Number, Words, one_of, table
from marketplace_core.payments import JournalKind, PayoutState

payouts = table(
    "payments_payouts",
    Column("payout_id", Words, primary_key=True),
    Column("seller_id", Words, nullable=False),
    Column("provider", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("amount_minor", Number, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempt", Number, nullable=False),
    Column("assembled_at", Instant, nullable=False),
    Column("tried_at", Instant),
    Column("transfer_reference", Words),
    Column("bank_reference", Words),
    Column("reversal_reference", Words),
    Column("failure_code", Words),
    Column("paid_at", Instant),
    Column("version", Number, nullable=False),
    Column("taken_minor", Number, nullable=False, server_default=text("0")),
    UniqueConstraint("provider", "transfer_reference"),
    UniqueConstraint("provider", "bank_reference"),
    UniqueConstraint("provider", "reversal_reference"),
    CheckConstraint(one_of("state", PayoutState), name="state_known"),
    CheckConstraint(
        "(amount_minor > 0 OR (amount_minor = 0 AND taken_minor > 0)) AND attempt > 0", name="pays_something"
    ),
    CheckConstraint(
        "taken_minor = 0 OR (taken_minor > 0 AND transfer_reference IS NOT NULL)", name="taken_of_a_transfer"
    ),
    CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid_at_a_time"),
    CheckConstraint(
        "state NOT IN ('in_transit', 'paid', 'returned') OR bank_reference IS NOT NULL", name="sent_is_known_there"
    ),
    CheckConstraint(
        "reversal_reference IS NULL OR (transfer_reference IS NOT NULL AND state = 'cancelled')",
        name="taken_back_is_given_up",
    ),
    CheckConstraint(
        "state <> 'cancelled' OR transfer_reference IS NULL OR reversal_reference IS NOT NULL OR amount_minor = 0",
        name="what_is_out_is_not_cancelled",
    ),
)
Index("ix_payments_payouts_state", payouts.c.state, payouts.c.payout_id)
Index("ix_payments_payouts_seller", payouts.c.seller_id, payouts.c.payout_id)

entries = table(
    "payments_entries",
    Column("entry_id", Words, primary_key=True),
    Column("seller_id", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("amount_minor", Number, nullable=False),
    Column("seller_order_id", Words),
    Column("kind", Words, nullable=False),
    Column("booked_at", Instant, nullable=False),
    Column("claimed_by", Words, ForeignKey("payments_payouts.payout_id")),
    CheckConstraint("amount_minor <> 0", name="changes_something"),
    CheckConstraint(one_of("kind", JournalKind), name="kind_known"),
    # Payouts claim what is there and give it back; they add nothing.
    CheckConstraint("kind NOT IN ('payout_assembled', 'payout_cancelled')", name="claims_are_no_entries"),
)
Index(
    "ix_payments_entries_unclaimed",
    entries.c.seller_id,
    entries.c.currency,
    entries.c.booked_at,
    sqlite_where=text("claimed_by IS NULL"),
)
Index("ix_payments_entries_claimed_by", entries.c.claimed_by)

payout_items = table(
    "payments_payout_items",
    Column("payout_id", Words, ForeignKey("payments_payouts.payout_id"), nullable=False),
    Column("entry_id", Words, ForeignKey("payments_entries.entry_id"), nullable=False),
    Column("position", Number, nullable=False),
    Column("amount_minor", Number, nullable=False),
    PrimaryKeyConstraint("payout_id", "entry_id"),
    CheckConstraint("amount_minor <> 0", name="changes_something"),
)
Index("ix_payments_payout_items_entry", payout_items.c.entry_id)

_FOREVER: Final = "payments: what became payable stays as it was booked"
_ONE_CLAIM: Final = "payments: another payout has claimed this entry"

EXTRA_DDL: Final[tuple[str, ...]] = (
    refusing(
        "payments_entries_no_update",
        "BEFORE UPDATE OF entry_id, seller_id, currency, amount_minor, seller_order_id, kind, booked_at"
        " ON payments_entries",
        _FOREVER,
    ),
    refusing("payments_entries_no_delete", "BEFORE DELETE ON payments_entries", _FOREVER),
    refusing(
        "payments_entries_no_replace",
        "BEFORE INSERT ON payments_entries",
        ALREADY_POSTED,
        "EXISTS (SELECT 1 FROM payments_entries WHERE entry_id = NEW.entry_id)",
    ),
    refusing(
        "payments_entries_one_claim",
        "BEFORE UPDATE OF claimed_by ON payments_entries",
        _ONE_CLAIM,
        "OLD.claimed_by IS NOT NULL AND NEW.claimed_by IS NOT NULL AND NEW.claimed_by <> OLD.claimed_by",
    ),
)
"""SQLite only, safe to run again. REPLACE fires no DELETE trigger, so it is refused as an INSERT."""

attach(entries, *EXTRA_DDL)
