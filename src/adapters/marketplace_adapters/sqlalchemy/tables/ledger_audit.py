"""Views that must all be empty: each names what is wrong (``subject``) and how (``detail``)."""

from typing import Final

_MISMATCH: Final = """
    CREATE VIEW IF NOT EXISTS {name} AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ({kinds})
      UNION ALL SELECT code, 0, minor FROM ({expected})
    ) GROUP BY code HAVING sum(holds) <> sum(should)
    """


def _mismatch(name: str, *kinds: str, expected: str) -> str:
    """Return a view that compares the accounts of such kinds with what should be on them.

    ``expected`` selects ``code`` and ``minor``; both sides are summed, so that a missing account is a finding too.
    """
    return _MISMATCH.format(name=name, kinds=", ".join(f"'{kind}'" for kind in kinds), expected=expected)


AUDIT_VIEWS: Final[tuple[str, ...]] = (
    """
    CREATE VIEW IF NOT EXISTS ledger_entries AS
    SELECT debit_account_id AS account_id, amount_minor AS debit_minor, 0 AS credit_minor FROM ledger_transfers
    UNION ALL SELECT credit_account_id, 0, amount_minor FROM ledger_transfers
    """,
    """
    CREATE VIEW IF NOT EXISTS ledger_sums AS
    SELECT id AS account_id, code, kind, currency, debits_minor, credits_minor FROM ledger_accounts
    WHERE materialised = 1
    UNION ALL
    SELECT a.id, a.code, a.kind, a.currency, coalesce(sum(e.debit_minor), 0), coalesce(sum(e.credit_minor), 0)
    FROM ledger_accounts AS a LEFT JOIN ledger_entries AS e ON e.account_id = a.id
    WHERE a.materialised = 0 GROUP BY a.id
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_sum_zero AS
    SELECT currency AS subject, 'debits exceed credits by ' || sum(debits_minor - credits_minor) AS detail
    FROM ledger_sums GROUP BY currency HAVING sum(debits_minor - credits_minor) <> 0
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_balance_drift AS
    SELECT a.code AS subject, 'differs from its transfers' AS detail
    FROM ledger_accounts AS a LEFT JOIN ledger_entries AS e ON e.account_id = a.id
    WHERE a.materialised = 1 GROUP BY a.id
    HAVING a.debits_minor <> coalesce(sum(e.debit_minor), 0) OR a.credits_minor <> coalesce(sum(e.credit_minor), 0)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_overdrawn AS
    SELECT code AS subject, 'stands at ' || (debits_minor - credits_minor) AS detail FROM ledger_accounts
    WHERE (balance_rule = 'credit_nonneg' AND debits_minor > credits_minor)
       OR (balance_rule = 'debit_nonneg' AND credits_minor > debits_minor)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_empty_journal AS
    SELECT source_id AS subject, 'moves nothing' AS detail FROM ledger_journals AS j
    WHERE NOT EXISTS (SELECT 1 FROM ledger_transfers AS t WHERE t.journal_id = j.id)
    """,
    _mismatch(
        "audit_escrow_matches_hold",
        "escrow",
        expected="SELECT 'escrow:' || seller_order_id || ':' || currency AS code,"
        " held_items_minor + held_delivery_minor AS minor FROM payments_holds",
    ),
    _mismatch(
        "audit_fee_matches_holds",
        "fee_deferred",
        expected="SELECT 'fee_deferred:' || order_id || ':' || currency AS code, kept_fee_minor AS minor"
        " FROM payments_holds",
    ),
    """
    CREATE VIEW IF NOT EXISTS audit_refunds_within_payment AS
    SELECT p.payment_id AS subject,
      'captured ' || p.captured_minor || ', refunded ' || sum(r.amount_minor) AS detail
    FROM payments_payments AS p JOIN payments_refunds AS r ON r.payment_id = p.payment_id
    WHERE p.captured_minor IS NOT NULL
      AND r.state IN ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled')
    GROUP BY p.payment_id HAVING sum(r.amount_minor) > p.captured_minor
    """,
    _mismatch(
        "audit_payable_is_unclaimed",
        "seller_payable",
        expected="SELECT 'seller_payable:' || seller_id || ':' || currency AS code, amount_minor AS minor"
        " FROM payments_entries WHERE claimed_by IS NULL",
    ),
    _mismatch(
        "audit_clearing_matches_payout",
        "payout_clearing",
        expected="SELECT 'payout_clearing:' || payout_id || ':' || currency AS code, amount_minor AS minor"
        " FROM payments_payouts WHERE state NOT IN ('paid', 'cancelled')",
    ),
    _mismatch(
        "audit_wallet_matches_payouts",
        "wallet",
        expected="SELECT 'wallet:' || seller_id || ':' || currency AS code, amount_minor AS minor"
        " FROM payments_payouts WHERE transfer_reference IS NOT NULL AND reversal_reference IS NULL"
        " AND state NOT IN ('paid', 'cancelled')",
    ),
    _mismatch(
        "audit_refund_matches_books",
        "refund_payable",
        "buyer_unclaimed",
        expected="SELECT 'refund_payable:' || refund_id || ':' || currency AS code, amount_minor AS minor"
        " FROM payments_refunds WHERE state IN ('approved', 'submitted', 'pending')"
        " UNION ALL SELECT 'buyer_unclaimed:' || refund_id || ':' || currency, amount_minor"
        " FROM payments_refunds WHERE state = 'bounced'",
    ),
    _mismatch(
        "audit_dispute_matches_books",
        "dispute_receivable",
        "escrow_disputed",
        "seller_dispute_hold",
        expected="SELECT 'dispute_receivable:' || dispute_id || ':' || currency AS code, amount_minor AS minor"
        " FROM payments_disputes WHERE state IN ('needs_response', 'under_review')"
        " UNION ALL SELECT 'escrow_disputed:' || d.dispute_id || ':' || d.currency,"
        " p.held_items_minor + p.held_delivery_minor"
        " FROM payments_disputes AS d JOIN payments_dispute_parts AS p ON p.dispute_id = d.dispute_id"
        " WHERE d.state IN ('needs_response', 'under_review')"
        " UNION ALL SELECT 'seller_dispute_hold:' || d.dispute_id || ':' || d.currency, p.parked_minor"
        " FROM payments_disputes AS d JOIN payments_dispute_parts AS p ON p.dispute_id = d.dispute_id"
        " WHERE d.state IN ('needs_response', 'under_review')",
    ),
    """
    CREATE VIEW IF NOT EXISTS audit_share_is_whole AS
    SELECT seller_order_id AS subject, 'paid ' || paid || ', accounted for ' || placed AS detail FROM (
      SELECT seller_order_id,
        CASE WHEN state IN ('pending', 'void') THEN 0 ELSE items_minor + delivery_minor END AS paid,
        held_items_minor + held_delivery_minor + released_items_minor + released_delivery_minor
        + refunded_held_items_minor + refunded_held_delivery_minor
        + refunded_released_items_minor + refunded_released_delivery_minor
        + disputed_held_items_minor + disputed_held_delivery_minor
        + disputed_released_items_minor + disputed_released_delivery_minor
        + lost_held_items_minor + lost_held_delivery_minor
        + lost_released_items_minor + lost_released_delivery_minor AS placed
      FROM payments_holds
    ) WHERE paid <> placed
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_payout_matches_items AS
    SELECT p.payout_id AS subject,
      'amounts to ' || p.amount_minor || ', its items to ' || coalesce(sum(i.amount_minor), 0) AS detail
    FROM payments_payouts AS p LEFT JOIN payments_payout_items AS i ON i.payout_id = p.payout_id
    GROUP BY p.payout_id HAVING p.amount_minor <> coalesce(sum(i.amount_minor), 0)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_capture_is_booked AS
    SELECT p.payment_id AS subject,
      'captured ' || coalesce(p.captured_minor, 0) || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_payments AS p
    LEFT JOIN ledger_journals AS j ON j.source_type = 'payment' AND j.source_id = p.payment_id
      AND j.kind IN ('payment_captured', 'capture_suspended')
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
      AND t.debit_account_id IN (SELECT id FROM ledger_accounts WHERE kind = 'psp')
    GROUP BY p.payment_id HAVING coalesce(p.captured_minor, 0) <> coalesce(sum(t.amount_minor), 0)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_fee_is_booked AS
    SELECT p.payment_id AS subject,
      'the provider kept ' || coalesce(p.fee_minor, 0) || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_payments AS p
    LEFT JOIN ledger_journals AS j ON j.source_type = 'payment' AND j.source_id = p.payment_id
      AND j.kind = 'provider_fee'
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
    GROUP BY p.payment_id HAVING coalesce(p.fee_minor, 0) <> coalesce(sum(t.amount_minor), 0)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_release_is_booked AS
    SELECT r.release_id AS subject,
      'released ' || r.released_minor || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_releases AS r
    LEFT JOIN ledger_journals AS j ON j.source_type = 'release' AND j.source_id = r.release_id
      AND j.kind = 'escrow_released'
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
    GROUP BY r.release_id HAVING r.released_minor <> coalesce(sum(t.amount_minor), 0)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_release_matches_share AS
    SELECT h.seller_order_id AS subject,
      'its releases sum to ' || coalesce(sum(r.released_minor), 0) || ', its share says ' || h.released_minor AS detail
    FROM payments_holds AS h LEFT JOIN payments_releases AS r ON r.seller_order_id = h.seller_order_id
    GROUP BY h.seller_order_id HAVING h.released_minor <> coalesce(sum(r.released_minor), 0)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_refund_matches_share AS
    SELECT h.seller_order_id AS subject,
      'its refunds sum to ' || coalesce(sum(p.wanted_items_minor + p.wanted_delivery_minor), 0)
      || ', its share says ' || (h.refunded_held_items_minor + h.refunded_held_delivery_minor
        + h.refunded_released_items_minor + h.refunded_released_delivery_minor) AS detail
    FROM payments_holds AS h
    LEFT JOIN (
      SELECT p.* FROM payments_refund_parts AS p JOIN payments_refunds AS r ON r.refund_id = p.refund_id
      WHERE r.state IN ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled')
    ) AS p ON p.seller_order_id = h.seller_order_id
    GROUP BY h.seller_order_id
    HAVING h.refunded_held_items_minor + h.refunded_held_delivery_minor
      + h.refunded_released_items_minor + h.refunded_released_delivery_minor
      <> coalesce(sum(p.wanted_items_minor + p.wanted_delivery_minor), 0)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_dispute_matches_share AS
    SELECT h.seller_order_id AS subject,
      'disputes have ' || coalesce(sum(p.open_minor), 0) || ' and took ' || coalesce(sum(p.lost_minor), 0)
      || ', its share says ' || (h.disputed_held_items_minor + h.disputed_held_delivery_minor
        + h.disputed_released_items_minor + h.disputed_released_delivery_minor)
      || ' and ' || (h.lost_held_items_minor + h.lost_held_delivery_minor
        + h.lost_released_items_minor + h.lost_released_delivery_minor) AS detail
    FROM payments_holds AS h
    LEFT JOIN (
      SELECT p.seller_order_id,
        CASE WHEN d.state IN ('needs_response', 'under_review') THEN p.held_items_minor + p.held_delivery_minor
          + p.released_items_minor + p.released_delivery_minor ELSE 0 END AS open_minor,
        CASE WHEN d.state = 'lost' THEN p.held_items_minor + p.held_delivery_minor
          + p.released_items_minor + p.released_delivery_minor ELSE 0 END AS lost_minor
      FROM payments_dispute_parts AS p JOIN payments_disputes AS d ON d.dispute_id = p.dispute_id
    ) AS p ON p.seller_order_id = h.seller_order_id
    GROUP BY h.seller_order_id
    HAVING h.disputed_held_items_minor + h.disputed_held_delivery_minor
      + h.disputed_released_items_minor + h.disputed_released_delivery_minor <> coalesce(sum(p.open_minor), 0)
      OR h.lost_held_items_minor + h.lost_held_delivery_minor
      + h.lost_released_items_minor + h.lost_released_delivery_minor <> coalesce(sum(p.lost_minor), 0)
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_ended_hold_is_empty AS
    SELECT seller_order_id AS subject,
      'is ' || state || ' and holds ' || (held_items_minor + held_delivery_minor) AS detail
    FROM payments_holds
    WHERE state NOT IN ('held', 'frozen') AND held_items_minor + held_delivery_minor <> 0
    """,
    _mismatch(
        "audit_suspense_matches_payment",
        "suspense",
        expected="SELECT 'suspense:' || payment_id || ':' || captured_currency AS code,"
        " captured_minor - CASE state WHEN 'captured' THEN amount_minor ELSE 0 END AS minor"
        " FROM payments_payments WHERE captured_minor IS NOT NULL"
        " UNION ALL SELECT 'suspense:' || r.payment_id || ':' || r.currency, -r.amount_minor"
        " FROM payments_refunds AS r WHERE r.state IN"
        " ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled')"
        " AND NOT EXISTS (SELECT 1 FROM payments_refund_parts AS p WHERE p.refund_id = r.refund_id)"
        " UNION ALL SELECT 'suspense:' || payment_id || ':' || currency, -suspended_minor"
        " FROM payments_disputes WHERE state IN ('lost', 'prevented') AND suspended_minor > 0",
    ),
    """
    CREATE VIEW IF NOT EXISTS audit_entry_is_claimed_once AS
    SELECT i.entry_id AS subject, 'claimed by ' || group_concat(i.payout_id, ' and ') AS detail
    FROM payments_payout_items AS i JOIN payments_payouts AS p ON p.payout_id = i.payout_id
    WHERE p.state <> 'cancelled' GROUP BY i.entry_id HAVING count(*) > 1
    """,
    """
    CREATE VIEW IF NOT EXISTS audit_journal_has_source AS
    SELECT source_id AS subject, kind || ' (jrn_' || id || ') of no ' || source_type AS detail
    FROM ledger_journals AS j WHERE CASE source_type
      WHEN 'payment' THEN NOT EXISTS (SELECT 1 FROM payments_payments WHERE payment_id = j.source_id)
      WHEN 'release' THEN NOT EXISTS (SELECT 1 FROM payments_releases WHERE release_id = j.source_id)
      WHEN 'refund' THEN NOT EXISTS (SELECT 1 FROM payments_refunds WHERE refund_id = j.source_id)
      WHEN 'dispute' THEN NOT EXISTS (SELECT 1 FROM payments_disputes WHERE dispute_id = j.source_id)
      WHEN 'payout' THEN NOT EXISTS (SELECT 1 FROM payments_payouts WHERE payout_id = j.source_id)
      ELSE 0 END
    AND leg NOT LIKE '%:reversed'
    AND NOT EXISTS (SELECT 1 FROM ledger_journals AS r WHERE r.kind = j.kind AND r.source_type = j.source_type
      AND r.source_id = j.source_id AND r.leg = j.leg || ':reversed')
    """,
)

CHECKS: Final[tuple[str, ...]] = (
    "sum_zero",
    "balance_drift",
    "overdrawn",
    "empty_journal",
    "escrow_matches_hold",
    "fee_matches_holds",
    "refunds_within_payment",
    "payable_is_unclaimed",
    "clearing_matches_payout",
    "wallet_matches_payouts",
    "payout_matches_items",
    "refund_matches_books",
    "dispute_matches_books",
    "share_is_whole",
    "capture_is_booked",
    "fee_is_booked",
    "release_is_booked",
    "release_matches_share",
    "refund_matches_share",
    "dispute_matches_share",
    "ended_hold_is_empty",
    "suspense_matches_payment",
    "entry_is_claimed_once",
    "journal_has_source",
    "voucher_is_counted",
)
"""The checks, each a view named ``audit_…``."""
