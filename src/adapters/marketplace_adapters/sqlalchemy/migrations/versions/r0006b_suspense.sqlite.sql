CREATE VIEW IF NOT EXISTS audit_suspense_matches_payment AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('suspense')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'suspense:' || payment_id || ':' || captured_currency AS code, captured_minor - CASE state WHEN 'captured' THEN amount_minor ELSE 0 END AS minor FROM payments_payments WHERE captured_minor IS NOT NULL UNION ALL SELECT 'suspense:' || r.payment_id || ':' || r.currency, -r.amount_minor FROM payments_refunds AS r WHERE r.state IN ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled') AND NOT EXISTS (SELECT 1 FROM payments_refund_parts AS p WHERE p.refund_id = r.refund_id))
    ) GROUP BY code HAVING sum(holds) <> sum(should)
