CREATE VIEW IF NOT EXISTS audit_fee_is_booked AS
    SELECT p.payment_id AS subject,
      'the provider kept ' || coalesce(p.fee_minor, 0) || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_payments AS p
    LEFT JOIN ledger_journals AS j ON j.source_type = 'payment' AND j.source_id = p.payment_id
      AND j.kind = 'provider_fee'
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
    GROUP BY p.payment_id HAVING coalesce(p.fee_minor, 0) <> coalesce(sum(t.amount_minor), 0)
--;
CREATE VIEW IF NOT EXISTS audit_release_is_booked AS
    SELECT r.release_id AS subject,
      'released ' || r.released_minor || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_releases AS r
    LEFT JOIN ledger_journals AS j ON j.source_type = 'release' AND j.source_id = r.release_id
      AND j.kind = 'escrow_released'
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
    GROUP BY r.release_id HAVING r.released_minor <> coalesce(sum(t.amount_minor), 0)
--;
CREATE VIEW IF NOT EXISTS audit_release_matches_share AS
    SELECT h.seller_order_id AS subject,
      'its releases sum to ' || coalesce(sum(r.released_minor), 0) || ', its share says ' || h.released_minor AS detail
    FROM payments_holds AS h LEFT JOIN payments_releases AS r ON r.seller_order_id = h.seller_order_id
    GROUP BY h.seller_order_id HAVING h.released_minor <> coalesce(sum(r.released_minor), 0)
--;
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
--;
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
--;
CREATE VIEW IF NOT EXISTS audit_ended_hold_is_empty AS
    SELECT seller_order_id AS subject,
      'is ' || state || ' and holds ' || (held_items_minor + held_delivery_minor) AS detail
    FROM payments_holds
    WHERE state NOT IN ('held', 'frozen') AND held_items_minor + held_delivery_minor <> 0
--;
CREATE VIEW IF NOT EXISTS audit_suspense_matches_payment AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('suspense')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'suspense:' || payment_id || ':' || captured_currency AS code, captured_minor AS minor FROM payments_payments WHERE captured_minor IS NOT NULL AND state <> 'captured' UNION ALL SELECT 'suspense:' || r.payment_id || ':' || r.currency, -r.amount_minor FROM payments_refunds AS r WHERE r.state IN ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled') AND NOT EXISTS (SELECT 1 FROM payments_refund_parts AS p WHERE p.refund_id = r.refund_id))
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_entry_is_claimed_once AS
    SELECT i.entry_id AS subject, 'claimed by ' || group_concat(i.payout_id, ' and ') AS detail
    FROM payments_payout_items AS i JOIN payments_payouts AS p ON p.payout_id = i.payout_id
    WHERE p.state <> 'cancelled' GROUP BY i.entry_id HAVING count(*) > 1
--;
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
