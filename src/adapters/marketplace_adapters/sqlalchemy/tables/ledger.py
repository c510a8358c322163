"""The books (reliability design 6.1): what must never be cannot be written, whatever the code does.

A transfer is one row with a debit and a credit, so no unbalanced state exists. Transfers and journals are only ever
added. Guarded accounts carry their balance on their row and may not be overdrawn; their balance changes only by the
transfer that was just inserted. The platform's own accounts carry no balance: one hot row would serialise all sales.
"""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.tables.ledger_audit import AUDIT_VIEWS
from marketplace_adapters.sqlalchemy.tables.triggers import attach, refusing
from marketplace_adapters.sqlalchemy.types import Flag, Instant, Number, Words, one_of, table
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX
from marketplace_core.payments import AccountKind, JournalKind

accounts = table(
    "ledger_accounts",
    Column("id", Number, primary_key=True),
    Column("code", Words, nullable=False, unique=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("balance_rule", Words, nullable=False),
    Column("materialised", Flag, nullable=False),
    Column("debits_minor", Number, nullable=False, server_default=text("0")),
    Column("credits_minor", Number, nullable=False, server_default=text("0")),
    Column("last_transfer_id", Number, nullable=False, server_default=text("0")),
    Column("closed_at", Instant),
    UniqueConstraint("id", "currency"),
    CheckConstraint(one_of("kind", AccountKind), name="kind_known"),
    CheckConstraint("length(currency) = 3 AND currency = upper(currency)", name="currency_iso"),
    CheckConstraint("balance_rule IN ('credit_nonneg', 'debit_nonneg', 'free')", name="rule_known"),
    CheckConstraint("materialised IN (0, 1) AND (materialised = 1 OR balance_rule = 'free')", name="guarded_is_kept"),
    CheckConstraint("debits_minor >= 0 AND credits_minor >= 0", name="sides_not_negative"),
    CheckConstraint(
        "balance_rule = 'free' OR (balance_rule = 'credit_nonneg' AND credits_minor >= debits_minor)"
        " OR (balance_rule = 'debit_nonneg' AND debits_minor >= credits_minor)",
        name="balance_never_negative",
    ),
)
Index("ix_ledger_accounts_kind", accounts.c.kind, accounts.c.subject)

journals = table(
    "ledger_journals",
    Column("id", Number, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("source_type", Words, nullable=False),
    Column("source_id", Words, nullable=False),
    Column("leg", Words, nullable=False),
    Column("posted_at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("seller_order_id", Words),
    UniqueConstraint("kind", "source_type", "source_id", "leg"),
    CheckConstraint(one_of("kind", JournalKind), name="kind_known"),
)
Index("ix_ledger_journals_source", journals.c.source_id, journals.c.id)

transfers = table(
    "ledger_transfers",
    Column("id", Number, primary_key=True),
    Column("journal_id", Number, ForeignKey("ledger_journals.id"), nullable=False),
    Column("debit_account_id", Number, nullable=False),
    Column("credit_account_id", Number, nullable=False),
    Column("currency", Words, nullable=False),
    Column("amount_minor", Number, nullable=False),
    # The currency is part of both keys: a transfer between currencies has nothing to refer to.
    ForeignKeyConstraint(
        ["debit_account_id", "currency"], ["ledger_accounts.id", "ledger_accounts.currency"], name="fk_transfers_debit"
    ),
    ForeignKeyConstraint(
        ["credit_account_id", "currency"],
        ["ledger_accounts.id", "ledger_accounts.currency"],
        name="fk_transfers_credit",
    ),
    CheckConstraint(f"amount_minor > 0 AND amount_minor <= {AMOUNT_MINOR_MAX}", name="amount_in_bounds"),
    CheckConstraint("debit_account_id <> credit_account_id", name="two_accounts"),
)
Index("ix_ledger_transfers_journal", transfers.c.journal_id)
Index("ix_ledger_transfers_debit", transfers.c.debit_account_id, transfers.c.amount_minor)
Index("ix_ledger_transfers_credit", transfers.c.credit_account_id, transfers.c.amount_minor)

ALREADY_POSTED: Final = "ledger: already posted"
CLOSED: Final = "ledger: account closed"
_FOREVER: Final = "ledger: transfers and journals are only ever added"
_BY_TRANSFER: Final = "ledger: a balance changes only by a transfer"
_IDENTITY: Final = "ledger: what an account is never changes"


TRIGGERS: Final[tuple[str, ...]] = (
    # (a) A transfer moves the balances of the guarded accounts it touches, and refuses closed ones.
    refusing(
        "ledger_transfers_not_closed",
        "BEFORE INSERT ON ledger_transfers",
        CLOSED,
        "EXISTS (SELECT 1 FROM ledger_accounts"
        " WHERE id IN (NEW.debit_account_id, NEW.credit_account_id) AND closed_at IS NOT NULL)",
    ),
    """
    CREATE TRIGGER IF NOT EXISTS ledger_transfers_move AFTER INSERT ON ledger_transfers BEGIN
      UPDATE ledger_accounts SET
        debits_minor = debits_minor + CASE WHEN id = NEW.debit_account_id THEN NEW.amount_minor ELSE 0 END,
        credits_minor = credits_minor + CASE WHEN id = NEW.credit_account_id THEN NEW.amount_minor ELSE 0 END,
        last_transfer_id = NEW.id
      WHERE materialised = 1 AND id IN (NEW.debit_account_id, NEW.credit_account_id);
    END
    """,
    # (b) Nothing that was written changes. REPLACE fires no DELETE trigger on SQLite, so it is refused as an INSERT.
    refusing("ledger_transfers_no_update", "BEFORE UPDATE ON ledger_transfers", _FOREVER),
    refusing("ledger_transfers_no_delete", "BEFORE DELETE ON ledger_transfers", _FOREVER),
    refusing(
        "ledger_transfers_no_replace",
        "BEFORE INSERT ON ledger_transfers",
        _FOREVER,
        "EXISTS (SELECT 1 FROM ledger_transfers WHERE id = NEW.id)",
    ),
    refusing("ledger_journals_no_update", "BEFORE UPDATE ON ledger_journals", _FOREVER),
    refusing("ledger_journals_no_delete", "BEFORE DELETE ON ledger_journals", _FOREVER),
    refusing(
        "ledger_journals_no_replace",
        "BEFORE INSERT ON ledger_journals",
        ALREADY_POSTED,
        "EXISTS (SELECT 1 FROM ledger_journals WHERE id = NEW.id OR (kind = NEW.kind AND"
        " source_type = NEW.source_type AND source_id = NEW.source_id AND leg = NEW.leg))",
    ),
    # (c) The new balance is the old one plus exactly the transfer that is named, which is newer than the last one.
    refusing(
        "ledger_accounts_guard",
        "BEFORE UPDATE OF debits_minor, credits_minor, last_transfer_id ON ledger_accounts",
        _BY_TRANSFER,
        "NOT EXISTS (SELECT 1 FROM ledger_transfers AS t WHERE t.id = NEW.last_transfer_id"
        " AND t.id > OLD.last_transfer_id AND OLD.id IN (t.debit_account_id, t.credit_account_id)"
        " AND NEW.debits_minor = OLD.debits_minor + (t.debit_account_id = OLD.id) * t.amount_minor"
        " AND NEW.credits_minor = OLD.credits_minor + (t.credit_account_id = OLD.id) * t.amount_minor)",
    ),
    refusing(
        "ledger_accounts_start_empty",
        "BEFORE INSERT ON ledger_accounts",
        _BY_TRANSFER,
        "NEW.debits_minor <> 0 OR NEW.credits_minor <> 0 OR NEW.last_transfer_id <> 0"
        " OR EXISTS (SELECT 1 FROM ledger_accounts WHERE id = NEW.id)",
    ),
    # (d) What an account is, is for ever.
    refusing(
        "ledger_accounts_identity",
        "BEFORE UPDATE OF id, code, kind, subject, currency, balance_rule, materialised ON ledger_accounts",
        _IDENTITY,
    ),
    refusing("ledger_accounts_no_delete", "BEFORE DELETE ON ledger_accounts", _IDENTITY),
)

EXTRA_DDL: Final[tuple[str, ...]] = (*TRIGGERS, *AUDIT_VIEWS)
"""SQLite only: triggers and audit views. Attached to the tables, and safe to run again."""

attach(transfers, *EXTRA_DDL)
