"""The second version of the books: both sides of every movement, refunds, disputes, reversals, and what tests script.

What the first version booked is carried over: each old balance transaction becomes an entry with a giver and a taker.
"""

from typing import Final

_LEDGER: Final[tuple[str, ...]] = (
    """
    CREATE TABLE ledger_entries (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        giver TEXT NOT NULL,
        taker TEXT NOT NULL CHECK (taker <> giver),
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        created_at_ms INTEGER NOT NULL,
        UNIQUE (source, kind)
    ) STRICT
    """,
    """
    INSERT INTO ledger_entries (kind, source, giver, taker, currency, amount_minor, created_at_ms)
    SELECT CASE type WHEN 'charge' THEN 'payment' ELSE type END, source,
        CASE type WHEN 'charge' THEN 'cards' WHEN 'payout' THEN owner || ':available' ELSE 'platform:available' END,
        CASE type WHEN 'charge' THEN 'platform:available' WHEN 'fee' THEN 'fees' WHEN 'payout' THEN 'in_transit'
            ELSE owner || ':available' END,
        currency, abs(amount_minor), created_at_ms
    FROM balance_transactions WHERE NOT (type = 'transfer' AND amount_minor < 0) ORDER BY seq
    """,
    """
    INSERT INTO ledger_entries (kind, source, giver, taker, currency, amount_minor, created_at_ms)
    SELECT 'payout_arrival', id, 'in_transit', 'banks', currency, amount_minor, paid_at_ms
    FROM payouts WHERE status = 'paid' ORDER BY seq
    """,
    """
    CREATE TABLE ledger_balances (
        account TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL,
        PRIMARY KEY (account, currency)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO ledger_balances (account, currency, amount_minor)
    SELECT account, currency, sum(amount_minor) FROM (
        SELECT taker AS account, currency, amount_minor FROM ledger_entries
        UNION ALL SELECT giver, currency, -amount_minor FROM ledger_entries
    ) GROUP BY account, currency
    """,
    "DROP TABLE balances",
    """
    CREATE TABLE balance_transactions_with_fees (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        owner TEXT NOT NULL,
        type TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount_minor INTEGER NOT NULL,
        fee_minor INTEGER NOT NULL,
        net_minor INTEGER NOT NULL CHECK (net_minor = amount_minor - fee_minor AND net_minor <> 0),
        source TEXT NOT NULL,
        reference TEXT,
        created_at_ms INTEGER NOT NULL,
        available_at_ms INTEGER NOT NULL,
        UNIQUE (source, type, owner)
    ) STRICT
    """,
    """
    INSERT INTO balance_transactions_with_fees (seq, id, owner, type, currency, amount_minor, fee_minor, net_minor,
        source, reference, created_at_ms, available_at_ms)
    SELECT seq, id, owner, CASE type WHEN 'charge' THEN 'payment' ELSE type END, currency,
        CASE type WHEN 'fee' THEN 0 ELSE amount_minor END, CASE type WHEN 'fee' THEN -amount_minor ELSE 0 END,
        amount_minor, source,
        coalesce((SELECT reference FROM payments WHERE id = source),
            (SELECT reference FROM transfers WHERE id = source),
            (SELECT reference FROM payouts WHERE id = source)),
        created_at_ms, created_at_ms
    FROM balance_transactions ORDER BY seq
    """,
    "DROP TABLE balance_transactions",
    "ALTER TABLE balance_transactions_with_fees RENAME TO balance_transactions",
    "CREATE INDEX balance_transactions_by_owner ON balance_transactions (owner, seq)",
    "CREATE INDEX balance_transactions_by_time ON balance_transactions (created_at_ms)",
    """
    CREATE TRIGGER balance_transactions_stay BEFORE UPDATE ON balance_transactions
    BEGIN SELECT RAISE(ABORT, 'balance transactions are never changed'); END
    """,
    """
    CREATE TRIGGER balance_transactions_remain BEFORE DELETE ON balance_transactions
    BEGIN SELECT RAISE(ABORT, 'balance transactions are never removed'); END
    """,
    """
    CREATE TRIGGER ledger_entries_stay BEFORE UPDATE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END
    """,
    """
    CREATE TRIGGER ledger_entries_remain BEFORE DELETE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END
    """,
)

_MONEY_BACK: Final[tuple[str, ...]] = (
    """
    CREATE TABLE refunds (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL,
        payment TEXT NOT NULL REFERENCES payments (id),
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        currency TEXT NOT NULL,
        reference TEXT NOT NULL,
        reason TEXT,
        metadata TEXT NOT NULL,
        pending_reason TEXT,
        failure_code TEXT,
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL,
        succeeded_at_ms INTEGER,
        failed_at_ms INTEGER
    ) STRICT
    """,
    "CREATE INDEX refunds_by_reference ON refunds (reference)",
    "CREATE INDEX refunds_by_payment ON refunds (payment)",
    "CREATE INDEX refunds_waiting ON refunds (seq) WHERE status = 'pending'",
    """
    CREATE TABLE disputes (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL,
        payment TEXT NOT NULL REFERENCES payments (id),
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        fee_minor INTEGER NOT NULL CHECK (fee_minor >= 0),
        fee_charged_minor INTEGER NOT NULL DEFAULT 0 CHECK (fee_charged_minor BETWEEN 0 AND fee_minor),
        currency TEXT NOT NULL,
        reference TEXT NOT NULL,
        reason TEXT NOT NULL,
        funds TEXT NOT NULL CHECK (funds IN ('untouched', 'withdrawn', 'reinstated')),
        evidence TEXT,
        evidence_hash TEXT,
        evidence_submitted_at_ms INTEGER,
        evidence_due_at_ms INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL,
        closed_at_ms INTEGER
    ) STRICT
    """,
    "CREATE INDEX disputes_by_reference ON disputes (reference)",
    "CREATE INDEX disputes_by_payment ON disputes (payment)",
    """
    CREATE VIEW payments_told AS SELECT payments.*,
        (SELECT coalesce(sum(amount_minor), 0) FROM refunds WHERE payment = payments.id AND status = 'succeeded')
            AS refunded_minor,
        (SELECT coalesce(sum(amount_minor), 0) FROM refunds WHERE payment = payments.id AND status = 'pending')
            AS refund_pending_minor,
        (SELECT coalesce(sum(amount_minor), 0) FROM disputes WHERE payment = payments.id AND funds = 'withdrawn')
            AS disputed_minor
    FROM payments
    """,
    "ALTER TABLE transfers ADD COLUMN source_payment TEXT REFERENCES payments (id)",
    """
    ALTER TABLE transfers ADD COLUMN reversed_minor INTEGER NOT NULL DEFAULT 0
    CHECK (reversed_minor BETWEEN 0 AND amount_minor)
    """,
    "CREATE INDEX transfers_by_source_payment ON transfers (source_payment)",
    """
    CREATE TABLE transfer_reversals (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        transfer TEXT NOT NULL REFERENCES transfers (id),
        account TEXT NOT NULL REFERENCES accounts (id),
        amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
        currency TEXT NOT NULL,
        reference TEXT NOT NULL,
        metadata TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX transfer_reversals_by_reference ON transfer_reversals (reference)",
    "CREATE INDEX transfer_reversals_by_transfer ON transfer_reversals (transfer)",
    "ALTER TABLE payouts ADD COLUMN failed_at_ms INTEGER",
)

_SELLERS: Final[tuple[str, ...]] = (
    "ALTER TABLE accounts ADD COLUMN status TEXT NOT NULL DEFAULT 'enabled'",
    "ALTER TABLE accounts ADD COLUMN transfers_enabled INTEGER NOT NULL DEFAULT 1 CHECK (transfers_enabled IN (0, 1))",
    "ALTER TABLE accounts ADD COLUMN currently_due TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE accounts ADD COLUMN past_due TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE accounts ADD COLUMN disabled_reason TEXT",
    """
    CREATE TABLE onboarding_links (
        token TEXT PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts (id),
        return_url TEXT NOT NULL,
        expires_at_ms INTEGER NOT NULL,
        used_at_ms INTEGER
    ) STRICT, WITHOUT ROWID
    """,
)

_SCRIPT: Final[tuple[str, ...]] = (
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE scripted_faults (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        operation TEXT NOT NULL,
        fault TEXT NOT NULL,
        times_left INTEGER NOT NULL CHECK (times_left > 0),
        seconds INTEGER NOT NULL CHECK (seconds >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE webhook_rules (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        behaviour TEXT NOT NULL,
        type TEXT,
        times_left INTEGER CHECK (times_left > 0),
        number INTEGER NOT NULL CHECK (number > 0)
    ) STRICT
    """,
    "ALTER TABLE webhook_deliveries ADD COLUMN held TEXT",
    "ALTER TABLE webhook_deliveries ADD COLUMN lost INTEGER NOT NULL DEFAULT 0 CHECK (lost IN (0, 1))",
    "ALTER TABLE webhook_deliveries ADD COLUMN copies INTEGER NOT NULL DEFAULT 1 CHECK (copies > 0)",
    "ALTER TABLE idempotency_keys ADD COLUMN operation TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE idempotency_keys ADD COLUMN request TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE idempotency_keys ADD COLUMN in_flight_until_ms INTEGER NOT NULL DEFAULT 0",
)

GROWTH: Final[tuple[str, ...]] = (*_LEDGER, *_MONEY_BACK, *_SELLERS, *_SCRIPT)

NAMED_ITEMS: Final[tuple[str, ...]] = ("ALTER TABLE disputes ADD COLUMN item TEXT",)
"""The third version: a dispute may name what the buyer complains about."""
