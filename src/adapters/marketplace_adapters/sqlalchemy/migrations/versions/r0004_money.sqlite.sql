CREATE TABLE ledger_journals (
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	source_type TEXT NOT NULL,
	source_id TEXT NOT NULL,
	leg TEXT NOT NULL,
	posted_at TEXT NOT NULL,
	actor TEXT NOT NULL,
	seller_order_id TEXT,
	CONSTRAINT pk_ledger_journals PRIMARY KEY (id),
	CONSTRAINT uq_ledger_journals_kind_source_type_source_id_leg UNIQUE (kind, source_type, source_id, leg),
	CONSTRAINT ck_ledger_journals_kind_known CHECK (kind IN ('payment_captured', 'provider_fee', 'escrow_released', 'debt_netted', 'reserve_matured', 'refund_from_escrow', 'refund_after_release', 'refund_succeeded', 'refund_failed', 'refund_bounced', 'refund_settled', 'dispute_withdrawn', 'dispute_froze_escrow', 'dispute_parked_payable', 'dispute_reinstated', 'dispute_lost_escrow', 'dispute_lost_released', 'dispute_fee_charged', 'payout_assembled', 'payout_cancelled', 'transfer_succeeded', 'payout_paid', 'payout_returned', 'transfer_reversed', 'debt_repaid', 'debt_written_off', 'seller_topped_up', 'capture_suspended', 'suspense_resolved', 'buyer_fee_earned'))
)
 STRICT
--;
CREATE INDEX ix_ledger_journals_source ON ledger_journals (source_id, id)
--;
CREATE TABLE payments_payments (
	payment_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	buyer_id TEXT NOT NULL,
	provider TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount_minor INTEGER NOT NULL,
	state TEXT NOT NULL,
	opened_at TEXT NOT NULL,
	requested_at TEXT,
	reference TEXT,
	client_secret TEXT,
	attempts INTEGER NOT NULL,
	declined_attempts INTEGER NOT NULL,
	failure_code TEXT,
	captured_minor INTEGER,
	captured_currency TEXT,
	captured_at TEXT,
	fee_minor INTEGER,
	review_reason TEXT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_payments_payments PRIMARY KEY (payment_id),
	CONSTRAINT uq_payments_payments_provider_reference UNIQUE (provider, reference),
	CONSTRAINT ck_payments_payments_state_known CHECK (state IN ('created', 'requires_action', 'processing', 'authorized', 'captured', 'cancelled', 'review')),
	CONSTRAINT ck_payments_payments_amount_positive CHECK (amount_minor > 0),
	CONSTRAINT ck_payments_payments_captured_positive CHECK (captured_minor IS NULL OR captured_minor > 0),
	CONSTRAINT ck_payments_payments_fee_of_a_capture CHECK (fee_minor IS NULL OR (fee_minor >= 0 AND captured_minor IS NOT NULL)),
	CONSTRAINT ck_payments_payments_capture_whole CHECK ((captured_minor IS NULL) = (captured_currency IS NULL) AND (captured_minor IS NULL) = (captured_at IS NULL)),
	CONSTRAINT ck_payments_payments_captured_in_full CHECK (state <> 'captured' OR (captured_minor IS NOT NULL AND captured_minor = amount_minor AND captured_currency = currency)),
	CONSTRAINT ck_payments_payments_money_has_a_state CHECK (captured_minor IS NULL OR state IN ('captured', 'review') OR (state = 'cancelled' AND review_reason IS NOT NULL)),
	CONSTRAINT ck_payments_payments_review_has_reason CHECK (state <> 'review' OR review_reason IS NOT NULL),
	CONSTRAINT uq_payments_payments_order_id UNIQUE (order_id)
)
 STRICT
--;
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
	CONSTRAINT pk_payments_payouts PRIMARY KEY (payout_id),
	CONSTRAINT uq_payments_payouts_provider_transfer_reference UNIQUE (provider, transfer_reference),
	CONSTRAINT uq_payments_payouts_provider_bank_reference UNIQUE (provider, bank_reference),
	CONSTRAINT uq_payments_payouts_provider_reversal_reference UNIQUE (provider, reversal_reference),
	CONSTRAINT ck_payments_payouts_state_known CHECK (state IN ('assembled', 'held', 'ready', 'transferring', 'transfer_failed', 'in_transit', 'paid', 'failed', 'returned', 'cancelled')),
	CONSTRAINT ck_payments_payouts_pays_something CHECK (amount_minor > 0 AND attempt > 0),
	CONSTRAINT ck_payments_payouts_paid_at_a_time CHECK ((state = 'paid') = (paid_at IS NOT NULL)),
	CONSTRAINT ck_payments_payouts_sent_is_known_there CHECK (state NOT IN ('in_transit', 'paid', 'returned') OR bank_reference IS NOT NULL),
	CONSTRAINT ck_payments_payouts_taken_back_is_given_up CHECK (reversal_reference IS NULL OR (transfer_reference IS NOT NULL AND state = 'cancelled')),
	CONSTRAINT ck_payments_payouts_what_is_out_is_not_cancelled CHECK (state <> 'cancelled' OR transfer_reference IS NULL OR reversal_reference IS NOT NULL)
)
 STRICT
--;
CREATE INDEX ix_payments_payouts_seller ON payments_payouts (seller_id, payout_id)
--;
CREATE INDEX ix_payments_payouts_state ON payments_payouts (state, payout_id)
--;
CREATE TABLE payments_entries (
	entry_id TEXT NOT NULL,
	seller_id TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount_minor INTEGER NOT NULL,
	seller_order_id TEXT,
	kind TEXT NOT NULL,
	booked_at TEXT NOT NULL,
	claimed_by TEXT,
	CONSTRAINT pk_payments_entries PRIMARY KEY (entry_id),
	CONSTRAINT ck_payments_entries_changes_something CHECK (amount_minor <> 0),
	CONSTRAINT ck_payments_entries_kind_known CHECK (kind IN ('payment_captured', 'provider_fee', 'escrow_released', 'debt_netted', 'reserve_matured', 'refund_from_escrow', 'refund_after_release', 'refund_succeeded', 'refund_failed', 'refund_bounced', 'refund_settled', 'dispute_withdrawn', 'dispute_froze_escrow', 'dispute_parked_payable', 'dispute_reinstated', 'dispute_lost_escrow', 'dispute_lost_released', 'dispute_fee_charged', 'payout_assembled', 'payout_cancelled', 'transfer_succeeded', 'payout_paid', 'payout_returned', 'transfer_reversed', 'debt_repaid', 'debt_written_off', 'seller_topped_up', 'capture_suspended', 'suspense_resolved', 'buyer_fee_earned')),
	CONSTRAINT ck_payments_entries_claims_are_no_entries CHECK (kind NOT IN ('payout_assembled', 'payout_cancelled')),
	CONSTRAINT fk_payments_entries_claimed_by FOREIGN KEY(claimed_by) REFERENCES payments_payouts (payout_id)
)
 STRICT
--;
CREATE INDEX ix_payments_entries_claimed_by ON payments_entries (claimed_by)
--;
CREATE INDEX ix_payments_entries_unclaimed ON payments_entries (seller_id, currency, booked_at) WHERE claimed_by IS NULL
--;
CREATE TABLE payments_holds (
	seller_order_id TEXT NOT NULL,
	payment_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	seller_id TEXT NOT NULL,
	currency TEXT NOT NULL,
	items_minor INTEGER NOT NULL,
	delivery_minor INTEGER NOT NULL,
	released_minor INTEGER DEFAULT 0 NOT NULL,
	terms TEXT NOT NULL,
	state TEXT NOT NULL,
	freezes TEXT NOT NULL,
	proof TEXT,
	delivered_at TEXT,
	release_at TEXT,
	held_at TEXT,
	hold_deadline TEXT,
	held_items_minor INTEGER NOT NULL,
	held_delivery_minor INTEGER NOT NULL,
	released_items_minor INTEGER NOT NULL,
	released_delivery_minor INTEGER NOT NULL,
	refunded_held_items_minor INTEGER NOT NULL,
	refunded_held_delivery_minor INTEGER NOT NULL,
	refunded_released_items_minor INTEGER NOT NULL,
	refunded_released_delivery_minor INTEGER NOT NULL,
	disputed_held_items_minor INTEGER NOT NULL,
	disputed_held_delivery_minor INTEGER NOT NULL,
	disputed_released_items_minor INTEGER NOT NULL,
	disputed_released_delivery_minor INTEGER NOT NULL,
	lost_held_items_minor INTEGER NOT NULL,
	lost_held_delivery_minor INTEGER NOT NULL,
	lost_released_items_minor INTEGER NOT NULL,
	lost_released_delivery_minor INTEGER NOT NULL,
	charged_commission_minor INTEGER NOT NULL,
	charged_vat_minor INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_payments_holds PRIMARY KEY (seller_order_id),
	CONSTRAINT ck_payments_holds_state_known CHECK (state IN ('pending', 'held', 'frozen', 'released', 'refunded', 'lost', 'void')),
	CONSTRAINT ck_payments_holds_proof_known CHECK (proof IS NULL OR proof IN ('buyer', 'operator', 'carrier', 'seller')),
	CONSTRAINT ck_payments_holds_amounts_not_negative CHECK (items_minor >= 0 AND delivery_minor >= 0),
	CONSTRAINT ck_payments_holds_standing_not_negative CHECK (held_items_minor >= 0 AND held_delivery_minor >= 0 AND released_items_minor >= 0 AND released_delivery_minor >= 0 AND refunded_held_items_minor >= 0 AND refunded_held_delivery_minor >= 0 AND refunded_released_items_minor >= 0 AND refunded_released_delivery_minor >= 0 AND disputed_held_items_minor >= 0 AND disputed_held_delivery_minor >= 0 AND disputed_released_items_minor >= 0 AND disputed_released_delivery_minor >= 0 AND lost_held_items_minor >= 0 AND lost_held_delivery_minor >= 0 AND lost_released_items_minor >= 0 AND lost_released_delivery_minor >= 0 AND charged_commission_minor >= 0 AND charged_vat_minor >= 0),
	CONSTRAINT ck_payments_holds_items_are_whole CHECK (held_items_minor + released_items_minor + refunded_held_items_minor + refunded_released_items_minor + disputed_held_items_minor + disputed_released_items_minor + lost_held_items_minor + lost_released_items_minor = CASE WHEN state IN ('pending', 'void') THEN 0 ELSE items_minor END),
	CONSTRAINT ck_payments_holds_delivery_is_whole CHECK (held_delivery_minor + released_delivery_minor + refunded_held_delivery_minor + refunded_released_delivery_minor + disputed_held_delivery_minor + disputed_released_delivery_minor + lost_held_delivery_minor + lost_released_delivery_minor = CASE WHEN state IN ('pending', 'void') THEN 0 ELSE delivery_minor END),
	CONSTRAINT ck_payments_holds_released_is_accounted_for CHECK (released_minor = released_items_minor + refunded_released_items_minor + disputed_released_items_minor + lost_released_items_minor + released_delivery_minor + refunded_released_delivery_minor + disputed_released_delivery_minor + lost_released_delivery_minor),
	CONSTRAINT ck_payments_holds_charged_of_what_left CHECK (charged_commission_minor + charged_vat_minor <= released_minor),
	CONSTRAINT ck_payments_holds_nothing_is_held_at_the_end CHECK (state NOT IN ('released', 'refunded', 'lost') OR held_items_minor + held_delivery_minor = 0),
	CONSTRAINT ck_payments_holds_refunded_out_of_escrow CHECK (state <> 'refunded' OR refunded_held_items_minor + refunded_held_delivery_minor > 0),
	CONSTRAINT ck_payments_holds_every_hold_has_a_deadline CHECK (state IN ('pending', 'void') OR hold_deadline IS NOT NULL),
	CONSTRAINT ck_payments_holds_frozen_for_a_reason CHECK ((state = 'frozen') = (freezes <> '[]')),
	CONSTRAINT fk_payments_holds_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id)
)
 STRICT
--;
CREATE INDEX ix_payments_holds_order ON payments_holds (order_id, seller_order_id)
--;
CREATE INDEX ix_payments_holds_payment ON payments_holds (payment_id)
--;
CREATE INDEX ix_payments_holds_seller ON payments_holds (seller_id, seller_order_id)
--;
CREATE INDEX ix_payments_holds_state ON payments_holds (state, seller_order_id)
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
	CONSTRAINT ck_payments_refunds_tried_before_it_is_sent CHECK ((state IN ('requested', 'rejected', 'approved', 'cancelled')) = (tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_sent_is_known_there CHECK (state NOT IN ('pending', 'succeeded', 'bounced', 'settled') OR reference IS NOT NULL),
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
CREATE TABLE payments_payout_items (
	payout_id TEXT NOT NULL,
	entry_id TEXT NOT NULL,
	position INTEGER NOT NULL,
	amount_minor INTEGER NOT NULL,
	CONSTRAINT pk_payments_payout_items PRIMARY KEY (payout_id, entry_id),
	CONSTRAINT ck_payments_payout_items_changes_something CHECK (amount_minor <> 0),
	CONSTRAINT fk_payments_payout_items_payout_id FOREIGN KEY(payout_id) REFERENCES payments_payouts (payout_id),
	CONSTRAINT fk_payments_payout_items_entry_id FOREIGN KEY(entry_id) REFERENCES payments_entries (entry_id)
)
 STRICT
--;
CREATE INDEX ix_payments_payout_items_entry ON payments_payout_items (entry_id)
--;
CREATE TABLE payments_refund_parts (
	refund_id TEXT NOT NULL,
	seller_order_id TEXT NOT NULL,
	seller_id TEXT NOT NULL,
	wanted_items_minor INTEGER NOT NULL,
	wanted_delivery_minor INTEGER NOT NULL,
	held_items_minor INTEGER NOT NULL,
	held_delivery_minor INTEGER NOT NULL,
	released_items_minor INTEGER NOT NULL,
	released_delivery_minor INTEGER NOT NULL,
	platform_minor INTEGER NOT NULL,
	from_commission_minor INTEGER NOT NULL,
	from_vat_minor INTEGER NOT NULL,
	from_platform_minor INTEGER NOT NULL,
	from_parked_minor INTEGER NOT NULL,
	from_reserve_minor INTEGER NOT NULL,
	from_payable_minor INTEGER NOT NULL,
	from_debt_minor INTEGER NOT NULL,
	CONSTRAINT pk_payments_refund_parts PRIMARY KEY (refund_id, seller_order_id),
	CONSTRAINT ck_payments_refund_parts_amounts_not_negative CHECK (wanted_items_minor >= 0 AND wanted_delivery_minor >= 0 AND held_items_minor >= 0 AND held_delivery_minor >= 0 AND released_items_minor >= 0 AND released_delivery_minor >= 0 AND platform_minor >= 0 AND from_commission_minor >= 0 AND from_vat_minor >= 0 AND from_platform_minor >= 0 AND from_parked_minor >= 0 AND from_reserve_minor >= 0 AND from_payable_minor >= 0 AND from_debt_minor >= 0),
	CONSTRAINT ck_payments_refund_parts_wants_something CHECK (wanted_items_minor + wanted_delivery_minor > 0),
	CONSTRAINT ck_payments_refund_parts_platform_bears_no_more CHECK (platform_minor <= wanted_items_minor + wanted_delivery_minor),
	CONSTRAINT ck_payments_refund_parts_taken_without_remainder CHECK (held_items_minor + held_delivery_minor + released_items_minor + released_delivery_minor = 0 OR (held_items_minor + released_items_minor = wanted_items_minor AND held_delivery_minor + released_delivery_minor = wanted_delivery_minor)),
	CONSTRAINT ck_payments_refund_parts_borne_without_remainder CHECK (released_items_minor + released_delivery_minor = from_commission_minor + from_vat_minor + from_platform_minor + from_parked_minor + from_reserve_minor + from_payable_minor + from_debt_minor),
	CONSTRAINT fk_payments_refund_parts_refund_id FOREIGN KEY(refund_id) REFERENCES payments_refunds (refund_id),
	CONSTRAINT fk_payments_refund_parts_seller_order_id FOREIGN KEY(seller_order_id) REFERENCES payments_shares (seller_order_id)
)
 STRICT
--;
CREATE INDEX ix_payments_refund_parts_seller ON payments_refund_parts (seller_id, refund_id)
--;
CREATE INDEX ix_payments_refund_parts_seller_order ON payments_refund_parts (seller_order_id)
--;
CREATE TABLE payments_releases (
	release_id TEXT NOT NULL,
	seller_order_id TEXT NOT NULL,
	number INTEGER NOT NULL,
	seller_id TEXT NOT NULL,
	currency TEXT NOT NULL,
	released_minor INTEGER NOT NULL,
	commission_minor INTEGER NOT NULL,
	vat_minor INTEGER NOT NULL,
	reserve_minor INTEGER NOT NULL,
	payable_minor INTEGER NOT NULL,
	released_at TEXT NOT NULL,
	CONSTRAINT pk_payments_releases PRIMARY KEY (release_id),
	CONSTRAINT uq_payments_releases_seller_order_id_number UNIQUE (seller_order_id, number),
	CONSTRAINT ck_payments_releases_divided_without_remainder CHECK (commission_minor >= 0 AND vat_minor >= 0 AND reserve_minor >= 0 AND payable_minor >= 0 AND released_minor = commission_minor + vat_minor + reserve_minor + payable_minor),
	CONSTRAINT fk_payments_releases_seller_order_id FOREIGN KEY(seller_order_id) REFERENCES payments_holds (seller_order_id)
)
 STRICT
--;
CREATE TRIGGER IF NOT EXISTS payments_entries_no_update BEFORE UPDATE OF entry_id, seller_id, currency, amount_minor, seller_order_id, kind, booked_at ON payments_entries BEGIN SELECT RAISE(ABORT, 'payments: what became payable stays as it was booked') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS payments_entries_no_delete BEFORE DELETE ON payments_entries BEGIN SELECT RAISE(ABORT, 'payments: what became payable stays as it was booked') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS payments_entries_no_replace BEFORE INSERT ON payments_entries BEGIN SELECT RAISE(ABORT, 'ledger: already posted') WHERE EXISTS (SELECT 1 FROM payments_entries WHERE entry_id = NEW.entry_id); END
--;
CREATE TRIGGER IF NOT EXISTS payments_entries_one_claim BEFORE UPDATE OF claimed_by ON payments_entries BEGIN SELECT RAISE(ABORT, 'payments: another payout has claimed this entry') WHERE OLD.claimed_by IS NOT NULL AND NEW.claimed_by IS NOT NULL AND NEW.claimed_by <> OLD.claimed_by; END
--;
CREATE TRIGGER IF NOT EXISTS ledger_journals_no_update BEFORE UPDATE ON ledger_journals BEGIN SELECT RAISE(ABORT, 'ledger: transfers and journals are only ever added') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS ledger_journals_no_delete BEFORE DELETE ON ledger_journals BEGIN SELECT RAISE(ABORT, 'ledger: transfers and journals are only ever added') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS ledger_journals_no_replace BEFORE INSERT ON ledger_journals BEGIN SELECT RAISE(ABORT, 'ledger: already posted') WHERE EXISTS (SELECT 1 FROM ledger_journals WHERE id = NEW.id OR (kind = NEW.kind AND source_type = NEW.source_type AND source_id = NEW.source_id AND leg = NEW.leg)); END
--;
CREATE VIEW IF NOT EXISTS audit_escrow_matches_hold AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('escrow')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'escrow:' || seller_order_id || ':' || currency AS code, held_items_minor + held_delivery_minor AS minor FROM payments_holds)
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_payable_is_unclaimed AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('seller_payable')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'seller_payable:' || seller_id || ':' || currency AS code, amount_minor AS minor FROM payments_entries WHERE claimed_by IS NULL)
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_clearing_matches_payout AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('payout_clearing')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'payout_clearing:' || payout_id || ':' || currency AS code, amount_minor AS minor FROM payments_payouts WHERE state NOT IN ('paid', 'cancelled'))
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_wallet_matches_payouts AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('wallet')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'wallet:' || seller_id || ':' || currency AS code, amount_minor AS minor FROM payments_payouts WHERE transfer_reference IS NOT NULL AND reversal_reference IS NULL AND state NOT IN ('paid', 'cancelled'))
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_refund_matches_books AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('refund_payable', 'buyer_unclaimed')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'refund_payable:' || refund_id || ':' || currency AS code, amount_minor AS minor FROM payments_refunds WHERE state IN ('approved', 'submitted', 'pending') UNION ALL SELECT 'buyer_unclaimed:' || refund_id || ':' || currency, amount_minor FROM payments_refunds WHERE state = 'bounced')
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
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
