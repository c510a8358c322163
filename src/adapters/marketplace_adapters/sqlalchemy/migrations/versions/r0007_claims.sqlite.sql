CREATE TABLE payments_claims (
	claim_id TEXT NOT NULL, 
	payment_id TEXT NOT NULL, 
	order_id TEXT NOT NULL, 
	seller_order_id TEXT NOT NULL, 
	seller_id TEXT NOT NULL, 
	buyer_id TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	lines TEXT NOT NULL, 
	state TEXT NOT NULL, 
	wanted_items_minor INTEGER NOT NULL, 
	wanted_delivery_minor INTEGER NOT NULL, 
	offer_items_minor INTEGER, 
	offer_delivery_minor INTEGER, 
	granted_items_minor INTEGER, 
	granted_delivery_minor INTEGER, 
	refund_id TEXT, 
	opened_at TEXT NOT NULL, 
	due_at TEXT, 
	decided_by TEXT, 
	closed_at TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments_claims PRIMARY KEY (claim_id), 
	CONSTRAINT ck_payments_claims_state_known CHECK (state IN ('awaiting_seller', 'awaiting_operator', 'resolved_refund', 'resolved_partial', 'resolved_release', 'withdrawn', 'superseded')), 
	CONSTRAINT ck_payments_claims_kind_known CHECK (kind IN ('not_received', 'not_as_described', 'damaged')), 
	CONSTRAINT ck_payments_claims_wants_something CHECK (wanted_items_minor >= 0 AND wanted_delivery_minor >= 0 AND wanted_items_minor + wanted_delivery_minor > 0), 
	CONSTRAINT ck_payments_claims_offer_is_of_what_is_wanted CHECK ((offer_items_minor IS NULL) = (offer_delivery_minor IS NULL) AND (offer_items_minor IS NULL OR (offer_items_minor BETWEEN 0 AND wanted_items_minor AND offer_delivery_minor BETWEEN 0 AND wanted_delivery_minor))), 
	CONSTRAINT ck_payments_claims_granted_is_of_what_is_wanted CHECK ((granted_items_minor IS NULL) = (granted_delivery_minor IS NULL) AND (granted_items_minor IS NULL OR (granted_items_minor BETWEEN 0 AND wanted_items_minor AND granted_delivery_minor BETWEEN 0 AND wanted_delivery_minor))), 
	CONSTRAINT ck_payments_claims_open_until_a_date CHECK ((state IN ('awaiting_seller', 'awaiting_operator')) = (due_at IS NOT NULL)), 
	CONSTRAINT ck_payments_claims_closed_by_somebody CHECK ((state IN ('awaiting_seller', 'awaiting_operator')) = (closed_at IS NULL) AND (closed_at IS NULL) = (granted_items_minor IS NULL) AND (closed_at IS NULL) = (decided_by IS NULL)), 
	CONSTRAINT ck_payments_claims_refunds_what_is_granted CHECK (refund_id IS NULL OR (state IN ('resolved_refund', 'resolved_partial') AND granted_items_minor + granted_delivery_minor > 0)), 
	CONSTRAINT fk_payments_claims_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id), 
	CONSTRAINT fk_payments_claims_seller_order_id FOREIGN KEY(seller_order_id) REFERENCES payments_holds (seller_order_id), 
	CONSTRAINT fk_payments_claims_refund_id FOREIGN KEY(refund_id) REFERENCES payments_refunds (refund_id)
)
 STRICT
--;
CREATE INDEX ix_payments_claims_buyer ON payments_claims (buyer_id, claim_id)
--;
CREATE INDEX ix_payments_claims_order ON payments_claims (order_id, claim_id)
--;
CREATE INDEX ix_payments_claims_payment ON payments_claims (payment_id, claim_id)
--;
CREATE INDEX ix_payments_claims_seller ON payments_claims (seller_id, claim_id)
--;
CREATE INDEX ix_payments_claims_state ON payments_claims (state, claim_id)
--;
CREATE UNIQUE INDEX uq_payments_claims_one_open ON payments_claims (seller_order_id) WHERE state IN ('awaiting_seller', 'awaiting_operator')
--;
CREATE TABLE payments_claim_messages (
	claim_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	who TEXT NOT NULL, 
	text TEXT NOT NULL, 
	said_at TEXT NOT NULL, 
	CONSTRAINT pk_payments_claim_messages PRIMARY KEY (claim_id, number), 
	CONSTRAINT ck_payments_claim_messages_who_known CHECK (who IN ('buyer', 'seller', 'operator', 'system', 'timer', 'provider')), 
	CONSTRAINT fk_payments_claim_messages_claim_id FOREIGN KEY(claim_id) REFERENCES payments_claims (claim_id)
)
 STRICT