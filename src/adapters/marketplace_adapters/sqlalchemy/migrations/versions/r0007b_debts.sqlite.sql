CREATE TABLE payments_seller_standings (
	seller_id TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	suspended INTEGER NOT NULL, 
	debt_since TEXT, 
	stopped INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments_seller_standings PRIMARY KEY (seller_id, currency), 
	CONSTRAINT ck_payments_seller_standings_yes_or_no CHECK (suspended IN (0, 1) AND stopped IN (0, 1)), 
	CONSTRAINT ck_payments_seller_standings_stopped_by_a_debt CHECK (stopped = 0 OR debt_since IS NOT NULL)
)
 STRICT
--;
CREATE TABLE payments_debt_settlements (
	settlement_id TEXT NOT NULL, 
	seller_id TEXT NOT NULL, 
	provider TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	amount_minor INTEGER NOT NULL, 
	means TEXT NOT NULL, 
	note TEXT NOT NULL, 
	requester_id TEXT, 
	requested_at TEXT NOT NULL, 
	payout_id TEXT, 
	transfer_reference TEXT, 
	state TEXT NOT NULL, 
	tried_at TEXT, 
	reference TEXT, 
	refusal TEXT, 
	ended_at TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments_debt_settlements PRIMARY KEY (settlement_id), 
	CONSTRAINT uq_payments_debt_settlements_provider_reference UNIQUE (provider, reference), 
	CONSTRAINT ck_payments_debt_settlements_state_known CHECK (state IN ('requested', 'submitted', 'booked', 'rejected')), 
	CONSTRAINT ck_payments_debt_settlements_means_known CHECK (means IN ('reversal', 'write_off', 'top_up')), 
	CONSTRAINT ck_payments_debt_settlements_amount_positive CHECK (amount_minor > 0), 
	CONSTRAINT ck_payments_debt_settlements_reversal_of_a_payout CHECK ((means = 'reversal') = (payout_id IS NOT NULL)), 
	CONSTRAINT ck_payments_debt_settlements_tried_before_it_is_sent CHECK (state <> 'submitted' OR tried_at IS NOT NULL), 
	CONSTRAINT ck_payments_debt_settlements_taken_back_is_known_there CHECK (means <> 'reversal' OR state <> 'booked' OR reference IS NOT NULL), 
	CONSTRAINT ck_payments_debt_settlements_ended_at_a_time CHECK ((state IN ('booked', 'rejected')) = (ended_at IS NOT NULL)), 
	CONSTRAINT fk_payments_debt_settlements_payout_id FOREIGN KEY(payout_id) REFERENCES payments_payouts (payout_id)
)
 STRICT
--;
CREATE INDEX ix_payments_debt_settlements_seller ON payments_debt_settlements (seller_id, settlement_id)
--;
CREATE UNIQUE INDEX uq_payments_debt_settlements_top_up ON payments_debt_settlements (provider, note) WHERE means = 'top_up'