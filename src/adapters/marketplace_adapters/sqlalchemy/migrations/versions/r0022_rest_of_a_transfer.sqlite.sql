CREATE TABLE payments_payouts (
	payout_id TEXT NOT NULL,
	seller_id TEXT NOT NULL,
	provider TEXT NOT NULL,
	account TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount_minor INTEGER NOT NULL,
	state TEXT NOT NULL,
	attempt INTEGER NOT NULL,
	assembled_at TEXT NOT NULL,
	tried_at TEXT,
	transfer_reference TEXT,
	bank_reference TEXT,
	reversal_reference TEXT,
	failure_code TEXT,
	paid_at TEXT,
	version INTEGER NOT NULL,
	taken_minor INTEGER DEFAULT 0 NOT NULL,
	CONSTRAINT pk_payments_payouts PRIMARY KEY (payout_id),
	CONSTRAINT uq_payments_payouts_provider_transfer_reference UNIQUE (provider, transfer_reference),
	CONSTRAINT uq_payments_payouts_provider_bank_reference UNIQUE (provider, bank_reference),
	CONSTRAINT uq_payments_payouts_provider_reversal_reference UNIQUE (provider, reversal_reference),
	CONSTRAINT ck_payments_payouts_state_known CHECK (state IN ('assembled', 'held', 'ready', 'transferring', 'transfer_failed', 'in_transit', 'paid', 'failed', 'returned', 'cancelled')),
	CONSTRAINT ck_payments_payouts_pays_something CHECK ((amount_minor > 0 OR (amount_minor = 0 AND taken_minor > 0)) AND attempt > 0),
	CONSTRAINT ck_payments_payouts_taken_of_a_transfer CHECK (taken_minor = 0 OR (taken_minor > 0 AND transfer_reference IS NOT NULL)),
	CONSTRAINT ck_payments_payouts_paid_at_a_time CHECK ((state = 'paid') = (paid_at IS NOT NULL)),
	CONSTRAINT ck_payments_payouts_sent_is_known_there CHECK (state NOT IN ('in_transit', 'paid', 'returned') OR bank_reference IS NOT NULL),
	CONSTRAINT ck_payments_payouts_taken_back_is_given_up CHECK (reversal_reference IS NULL OR (transfer_reference IS NOT NULL AND state = 'cancelled')),
	CONSTRAINT ck_payments_payouts_what_is_out_is_not_cancelled CHECK (state <> 'cancelled' OR transfer_reference IS NULL OR reversal_reference IS NOT NULL OR amount_minor = 0)
)
 STRICT
--;
CREATE INDEX ix_payments_payouts_seller ON payments_payouts (seller_id, payout_id)
--;
CREATE INDEX ix_payments_payouts_state ON payments_payouts (state, payout_id)
