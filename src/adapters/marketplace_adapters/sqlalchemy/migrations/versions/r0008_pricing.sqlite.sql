CREATE TABLE payments_refunds (
	refund_id TEXT NOT NULL,
	payment_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	buyer_id TEXT NOT NULL,
	provider TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount_minor INTEGER NOT NULL,
	reason TEXT NOT NULL,
	requested_by TEXT NOT NULL,
	requester_id TEXT,
	requested_at TEXT NOT NULL,
	state TEXT NOT NULL,
	approved_at TEXT,
	tried_at TEXT,
	reference TEXT,
	pending_reason TEXT,
	failure_code TEXT,
	note TEXT,
	ended_at TEXT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_payments_refunds PRIMARY KEY (refund_id),
	CONSTRAINT uq_payments_refunds_provider_reference UNIQUE (provider, reference),
	CONSTRAINT ck_payments_refunds_state_known CHECK (state IN ('requested', 'rejected', 'approved', 'submitted', 'pending', 'succeeded', 'failed', 'bounced', 'settled', 'cancelled')),
	CONSTRAINT ck_payments_refunds_requester_known CHECK (requested_by IN ('buyer', 'seller', 'operator', 'system', 'timer', 'provider')),
	CONSTRAINT ck_payments_refunds_amount_positive CHECK (amount_minor > 0 OR (amount_minor = 0 AND state IN ('requested', 'rejected', 'succeeded') AND tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_owed_since_its_approval CHECK ((state IN ('requested', 'rejected')) = (approved_at IS NULL)),
	CONSTRAINT ck_payments_refunds_tried_before_it_is_sent CHECK ((state IN ('requested', 'rejected', 'approved', 'cancelled')) = (tried_at IS NULL) OR (state = 'succeeded' AND (requested_by = 'system' OR amount_minor = 0))),
	CONSTRAINT ck_payments_refunds_sent_is_known_there CHECK (state NOT IN ('pending', 'succeeded', 'bounced', 'settled') OR reference IS NOT NULL OR (state = 'succeeded' AND tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_known_there_once_tried CHECK (tried_at IS NOT NULL OR reference IS NULL),
	CONSTRAINT ck_payments_refunds_failure_has_a_code CHECK (state NOT IN ('failed', 'bounced', 'settled') OR failure_code IS NOT NULL),
	CONSTRAINT ck_payments_refunds_decision_has_a_note CHECK (state NOT IN ('rejected', 'settled') OR note IS NOT NULL),
	CONSTRAINT ck_payments_refunds_ended_at_a_time CHECK ((state IN ('requested', 'approved', 'submitted', 'pending')) = (ended_at IS NULL)),
	CONSTRAINT fk_payments_refunds_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id)
)
 STRICT
--;
CREATE INDEX ix_payments_refunds_buyer ON payments_refunds (buyer_id, refund_id)
--;
CREATE INDEX ix_payments_refunds_payment ON payments_refunds (payment_id, refund_id)
--;
CREATE INDEX ix_payments_refunds_state ON payments_refunds (state, refund_id)
--;
CREATE VIEW IF NOT EXISTS audit_fee_matches_holds AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('fee_deferred')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'fee_deferred:' || order_id || ':' || currency AS code, kept_fee_minor AS minor FROM payments_holds)
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_refunds_within_payment AS
    SELECT p.payment_id AS subject,
      'captured ' || p.captured_minor || ', refunded ' || sum(r.amount_minor) AS detail
    FROM payments_payments AS p JOIN payments_refunds AS r ON r.payment_id = p.payment_id
    WHERE p.captured_minor IS NOT NULL
      AND r.state IN ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled')
    GROUP BY p.payment_id HAVING sum(r.amount_minor) > p.captured_minor
--;
CREATE VIEW IF NOT EXISTS audit_capture_is_booked AS
    SELECT p.payment_id AS subject,
      'captured ' || coalesce(p.captured_minor, 0) || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_payments AS p
    LEFT JOIN ledger_journals AS j ON j.source_type = 'payment' AND j.source_id = p.payment_id
      AND j.kind IN ('payment_captured', 'capture_suspended')
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
      AND t.debit_account_id IN (SELECT id FROM ledger_accounts WHERE kind = 'psp')
    GROUP BY p.payment_id HAVING coalesce(p.captured_minor, 0) <> coalesce(sum(t.amount_minor), 0)
