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
	attempt INTEGER DEFAULT 1 NOT NULL,
	CONSTRAINT pk_payments_refunds PRIMARY KEY (refund_id),
	CONSTRAINT uq_payments_refunds_provider_reference UNIQUE (provider, reference),
	CONSTRAINT ck_payments_refunds_state_known CHECK (state IN ('requested', 'due', 'rejected', 'approved', 'submitted', 'pending', 'succeeded', 'failed', 'bounced', 'settled', 'cancelled')),
	CONSTRAINT ck_payments_refunds_requester_known CHECK (requested_by IN ('buyer', 'seller', 'operator', 'system', 'timer', 'provider')),
	CONSTRAINT ck_payments_refunds_amount_positive CHECK (amount_minor > 0 OR (amount_minor = 0 AND state IN ('requested', 'rejected', 'succeeded') AND tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_attempts_from_one CHECK (attempt >= 1),
	CONSTRAINT ck_payments_refunds_owed_since_its_approval CHECK ((state IN ('requested', 'due', 'rejected')) = (approved_at IS NULL)),
	CONSTRAINT ck_payments_refunds_tried_before_it_is_sent CHECK ((state IN ('requested', 'due', 'rejected', 'approved', 'cancelled')) = (tried_at IS NULL) OR (state = 'succeeded' AND (requested_by = 'system' OR amount_minor = 0)) OR (state = 'settled' AND tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_sent_is_known_there CHECK (state NOT IN ('pending', 'succeeded', 'bounced', 'settled') OR reference IS NOT NULL OR (state IN ('succeeded', 'settled') AND tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_known_there_once_tried CHECK (tried_at IS NOT NULL OR reference IS NULL),
	CONSTRAINT ck_payments_refunds_failure_has_a_code CHECK (state NOT IN ('failed', 'bounced', 'settled') OR failure_code IS NOT NULL OR (state = 'settled' AND tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_decision_has_a_note CHECK (state NOT IN ('rejected', 'settled') OR note IS NOT NULL),
	CONSTRAINT ck_payments_refunds_ended_at_a_time CHECK ((state IN ('requested', 'due', 'approved', 'submitted', 'pending')) = (ended_at IS NULL)),
	CONSTRAINT fk_payments_refunds_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id)
)
 STRICT
--;
CREATE INDEX ix_payments_refunds_buyer ON payments_refunds (buyer_id, refund_id)
--;
CREATE INDEX ix_payments_refunds_payment ON payments_refunds (payment_id, refund_id)
--;
CREATE INDEX ix_payments_refunds_state ON payments_refunds (state, refund_id)
