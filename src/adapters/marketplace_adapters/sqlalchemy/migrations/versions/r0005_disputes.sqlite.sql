CREATE TABLE payments_disputes (
	dispute_id TEXT NOT NULL,
	payment_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	provider TEXT NOT NULL,
	reference TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount_minor INTEGER NOT NULL,
	fee_minor INTEGER NOT NULL,
	excess_minor INTEGER NOT NULL,
	reason TEXT NOT NULL,
	opened_at TEXT NOT NULL,
	state TEXT NOT NULL,
	evidence_due TEXT,
	evidence_hash TEXT,
	closed_at TEXT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_payments_disputes PRIMARY KEY (dispute_id),
	CONSTRAINT uq_payments_disputes_provider_reference UNIQUE (provider, reference),
	CONSTRAINT ck_payments_disputes_state_known CHECK (state IN ('warning', 'needs_response', 'under_review', 'won', 'lost', 'prevented', 'warning_closed')),
	CONSTRAINT ck_payments_disputes_amounts_not_negative CHECK (amount_minor >= 0 AND fee_minor >= 0 AND excess_minor >= 0),
	CONSTRAINT ck_payments_disputes_excess_is_a_part CHECK (excess_minor <= amount_minor),
	CONSTRAINT ck_payments_disputes_warning_takes_nothing CHECK (state NOT IN ('warning', 'warning_closed') OR excess_minor = 0),
	CONSTRAINT ck_payments_disputes_closed_at_a_time CHECK ((state IN ('warning', 'needs_response', 'under_review')) = (closed_at IS NULL)),
	CONSTRAINT fk_payments_disputes_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id)
)
 STRICT
--;
CREATE INDEX ix_payments_disputes_payment ON payments_disputes (payment_id, dispute_id)
--;
CREATE INDEX ix_payments_disputes_state ON payments_disputes (state, dispute_id)
--;
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
	CONSTRAINT ck_payments_refunds_amount_positive CHECK (amount_minor > 0),
	CONSTRAINT ck_payments_refunds_owed_since_its_approval CHECK ((state IN ('requested', 'rejected')) = (approved_at IS NULL)),
	CONSTRAINT ck_payments_refunds_tried_before_it_is_sent CHECK ((state IN ('requested', 'rejected', 'approved', 'cancelled')) = (tried_at IS NULL) OR (state = 'succeeded' AND requested_by = 'system')),
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
CREATE TABLE payments_dispute_parts (
	dispute_id TEXT NOT NULL,
	seller_order_id TEXT NOT NULL,
	seller_id TEXT NOT NULL,
	held_items_minor INTEGER NOT NULL,
	held_delivery_minor INTEGER NOT NULL,
	released_items_minor INTEGER NOT NULL,
	released_delivery_minor INTEGER NOT NULL,
	parked_minor INTEGER NOT NULL,
	from_commission_minor INTEGER NOT NULL,
	from_vat_minor INTEGER NOT NULL,
	from_platform_minor INTEGER NOT NULL,
	from_parked_minor INTEGER NOT NULL,
	from_reserve_minor INTEGER NOT NULL,
	from_payable_minor INTEGER NOT NULL,
	from_debt_minor INTEGER NOT NULL,
	CONSTRAINT pk_payments_dispute_parts PRIMARY KEY (dispute_id, seller_order_id),
	CONSTRAINT ck_payments_dispute_parts_amounts_not_negative CHECK (held_items_minor >= 0 AND held_delivery_minor >= 0 AND released_items_minor >= 0 AND released_delivery_minor >= 0 AND parked_minor >= 0 AND from_commission_minor >= 0 AND from_vat_minor >= 0 AND from_platform_minor >= 0 AND from_parked_minor >= 0 AND from_reserve_minor >= 0 AND from_payable_minor >= 0 AND from_debt_minor >= 0),
	CONSTRAINT ck_payments_dispute_parts_takes_something CHECK (held_items_minor + held_delivery_minor + released_items_minor + released_delivery_minor > 0),
	CONSTRAINT ck_payments_dispute_parts_parked_of_what_is_theirs CHECK (parked_minor <= released_items_minor + released_delivery_minor),
	CONSTRAINT ck_payments_dispute_parts_borne_by_what_is_parked CHECK (from_parked_minor <= parked_minor),
	CONSTRAINT ck_payments_dispute_parts_borne_without_remainder CHECK (from_commission_minor + from_vat_minor + from_platform_minor + from_parked_minor + from_reserve_minor + from_payable_minor + from_debt_minor = 0 OR from_commission_minor + from_vat_minor + from_platform_minor + from_parked_minor + from_reserve_minor + from_payable_minor + from_debt_minor = released_items_minor + released_delivery_minor),
	CONSTRAINT fk_payments_dispute_parts_dispute_id FOREIGN KEY(dispute_id) REFERENCES payments_disputes (dispute_id),
	CONSTRAINT fk_payments_dispute_parts_seller_order_id FOREIGN KEY(seller_order_id) REFERENCES payments_shares (seller_order_id)
)
 STRICT
--;
CREATE INDEX ix_payments_dispute_parts_seller_order ON payments_dispute_parts (seller_order_id)
--;
CREATE VIEW IF NOT EXISTS audit_dispute_matches_books AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('dispute_receivable', 'escrow_disputed', 'seller_dispute_hold')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'dispute_receivable:' || dispute_id || ':' || currency AS code, amount_minor AS minor FROM payments_disputes WHERE state IN ('needs_response', 'under_review') UNION ALL SELECT 'escrow_disputed:' || d.dispute_id || ':' || d.currency, p.held_items_minor + p.held_delivery_minor FROM payments_disputes AS d JOIN payments_dispute_parts AS p ON p.dispute_id = d.dispute_id WHERE d.state IN ('needs_response', 'under_review') UNION ALL SELECT 'seller_dispute_hold:' || d.dispute_id || ':' || d.currency, p.parked_minor FROM payments_disputes AS d JOIN payments_dispute_parts AS p ON p.dispute_id = d.dispute_id WHERE d.state IN ('needs_response', 'under_review'))
    ) GROUP BY code HAVING sum(holds) <> sum(should)
