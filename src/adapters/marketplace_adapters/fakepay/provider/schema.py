"""The tables of the books, as an ordered list of migrations; the position in the list is the version of the file.

Statuses and kinds are plain text without an enumerated CHECK: the transition tables in the code guard them, and a new
one then needs no rebuilt table. Amounts are integer minor units, times are unix milliseconds. `seq` is the order of
commits, since there is one writer at a time, so a reader that pages by it misses nothing.
"""

from typing import Final

from marketplace_adapters.fakepay.provider.schema_growth import GROWTH, NAMED_ITEMS

_FIRST: Final[tuple[str, ...]] = (
    """
    CREATE TABLE payments (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        captured_minor INTEGER NOT NULL DEFAULT 0 CHECK (captured_minor BETWEEN 0 AND amount_minor),
        fee_minor INTEGER NOT NULL DEFAULT 0 CHECK (fee_minor >= 0),
        currency TEXT NOT NULL,
        reference TEXT NOT NULL,
        transfer_group TEXT,
        metadata TEXT NOT NULL,
        client_secret TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        card_last4 TEXT CHECK (length(card_last4) = 4),
        card_behaviour TEXT,
        failure_code TEXT,
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL,
        succeeded_at_ms INTEGER,
        cancelled_at_ms INTEGER
    ) STRICT
    """,
    "CREATE INDEX payments_by_reference ON payments (reference)",
    "CREATE INDEX payments_by_transfer_group ON payments (transfer_group)",
    """
    CREATE TABLE accounts (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        reference TEXT NOT NULL,
        email TEXT,
        country TEXT,
        payouts_enabled INTEGER NOT NULL DEFAULT 1 CHECK (payouts_enabled IN (0, 1)),
        created_at_ms INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX accounts_by_reference ON accounts (reference)",
    """
    CREATE TABLE transfers (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL,
        account TEXT NOT NULL REFERENCES accounts (id),
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        currency TEXT NOT NULL,
        reference TEXT NOT NULL,
        transfer_group TEXT,
        created_at_ms INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX transfers_by_reference ON transfers (reference)",
    "CREATE INDEX transfers_by_transfer_group ON transfers (transfer_group)",
    """
    CREATE TABLE payouts (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL,
        account TEXT NOT NULL REFERENCES accounts (id),
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        currency TEXT NOT NULL,
        reference TEXT NOT NULL,
        failure_code TEXT,
        arrival_at_ms INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        paid_at_ms INTEGER
    ) STRICT
    """,
    "CREATE INDEX payouts_by_reference ON payouts (reference)",
    """
    CREATE TABLE balances (
        owner TEXT NOT NULL,
        currency TEXT NOT NULL,
        available_minor INTEGER NOT NULL,
        PRIMARY KEY (owner, currency)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE balance_transactions (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        owner TEXT NOT NULL,
        type TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
        source TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        UNIQUE (source, type, owner)
    ) STRICT
    """,
    "CREATE INDEX balance_transactions_by_owner ON balance_transactions (owner, seq)",
    """
    CREATE TRIGGER balance_transactions_stay BEFORE UPDATE ON balance_transactions
    BEGIN SELECT RAISE(ABORT, 'balance transactions are never changed'); END
    """,
    """
    CREATE TRIGGER balance_transactions_remain BEFORE DELETE ON balance_transactions
    BEGIN SELECT RAISE(ABORT, 'balance transactions are never removed'); END
    """,
    """
    CREATE TABLE due_changes (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        due_at_ms INTEGER NOT NULL,
        UNIQUE (subject, kind)
    ) STRICT
    """,
    "CREATE INDEX due_changes_by_time ON due_changes (due_at_ms)",
    """
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL,
        body TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE webhook_deliveries (
        event_seq INTEGER PRIMARY KEY REFERENCES events (seq),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at_ms INTEGER NOT NULL,
        delivered_at_ms INTEGER,
        last_error TEXT
    ) STRICT
    """,
    """
    CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (next_try_at_ms)
    WHERE delivered_at_ms IS NULL
    """,
    """
    CREATE TABLE idempotency_keys (
        key TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        status INTEGER NOT NULL,
        body TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at_ms)",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_FIRST, GROWTH, NAMED_ITEMS)
