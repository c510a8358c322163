CREATE TABLE orders_orders (
	order_id TEXT NOT NULL,
	buyer_id TEXT NOT NULL,
	cart_id TEXT NOT NULL,
	payment_id TEXT NOT NULL,
	state TEXT NOT NULL,
	currency TEXT NOT NULL,
	total_minor INTEGER NOT NULL,
	address TEXT NOT NULL,
	quote_hash TEXT NOT NULL,
	request_key TEXT,
	policy_version TEXT NOT NULL,
	placed_at TEXT NOT NULL,
	pay_by TEXT NOT NULL,
	history TEXT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_orders_orders PRIMARY KEY (order_id),
	CONSTRAINT ck_orders_orders_state_known CHECK (state IN ('pending_payment', 'payment_review', 'confirmed', 'closed', 'expired', 'cancelled')),
	CONSTRAINT ck_orders_orders_total_not_negative CHECK (total_minor >= 0),
	CONSTRAINT uq_orders_orders_cart_id UNIQUE (cart_id),
	CONSTRAINT uq_orders_orders_payment_id UNIQUE (payment_id)
)
 STRICT
--;
CREATE INDEX ix_orders_orders_buyer ON orders_orders (buyer_id, order_id)
--;
CREATE INDEX ix_orders_orders_state ON orders_orders (state, order_id)
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
	CONSTRAINT ck_payments_payments_captured_in_full CHECK (state <> 'captured' OR (captured_minor IS NOT NULL AND (captured_minor = amount_minor OR (captured_minor > amount_minor AND review_reason IS NOT NULL)) AND captured_currency = currency)),
	CONSTRAINT ck_payments_payments_money_has_a_state CHECK (captured_minor IS NULL OR state IN ('captured', 'review') OR (state = 'cancelled' AND review_reason IS NOT NULL)),
	CONSTRAINT ck_payments_payments_review_has_reason CHECK (state <> 'review' OR review_reason IS NOT NULL),
	CONSTRAINT uq_payments_payments_order_id UNIQUE (order_id)
)
 STRICT
--;
CREATE TABLE orders_seller_orders (
	seller_order_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	buyer_id TEXT NOT NULL,
	seller_id TEXT NOT NULL,
	seller_name TEXT NOT NULL,
	state TEXT NOT NULL,
	lines TEXT NOT NULL,
	quantity INTEGER NOT NULL,
	currency TEXT NOT NULL,
	items_minor INTEGER NOT NULL,
	delivery_minor INTEGER NOT NULL,
	placed_at TEXT NOT NULL,
	parcels TEXT NOT NULL,
	called_off TEXT NOT NULL,
	shipped_at TEXT,
	proof TEXT,
	delivered_at TEXT,
	history TEXT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_orders_seller_orders PRIMARY KEY (seller_order_id),
	CONSTRAINT uq_orders_seller_orders_order_id_seller_id UNIQUE (order_id, seller_id),
	CONSTRAINT ck_orders_seller_orders_state_known CHECK (state IN ('pending', 'confirmed', 'accepted', 'part_shipped', 'shipped', 'delivered', 'returned_to_sender', 'completed', 'declined', 'cancelled')),
	CONSTRAINT ck_orders_seller_orders_amounts_not_negative CHECK (items_minor >= 0 AND delivery_minor >= 0 AND quantity > 0),
	CONSTRAINT ck_orders_seller_orders_shipped_has_parcels CHECK ((shipped_at IS NOT NULL) = (state IN ('part_shipped', 'shipped', 'delivered', 'returned_to_sender', 'completed'))),
	CONSTRAINT ck_orders_seller_orders_arrival_whole CHECK ((delivered_at IS NULL) = (proof IS NULL)),
	CONSTRAINT ck_orders_seller_orders_delivered_has_proof CHECK (state = 'completed' OR (state = 'delivered') = (delivered_at IS NOT NULL)),
	CONSTRAINT fk_orders_seller_orders_order_id FOREIGN KEY(order_id) REFERENCES orders_orders (order_id)
)
 STRICT
--;
CREATE INDEX ix_orders_seller_orders_seller ON orders_seller_orders (seller_id, seller_order_id)
--;
CREATE INDEX ix_orders_seller_orders_seller_state ON orders_seller_orders (seller_id, state, seller_order_id)
--;
CREATE TABLE catalog_movements (
	id INTEGER NOT NULL,
	offer_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	quantity INTEGER NOT NULL,
	order_id TEXT,
	reason TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_catalog_movements PRIMARY KEY (id),
	CONSTRAINT ck_catalog_movements_kind_known CHECK (kind IN ('opened', 'adjusted', 'held', 'committed', 'released', 'restocked')),
	CONSTRAINT ck_catalog_movements_quantity_not_negative CHECK (kind = 'adjusted' OR quantity >= 0),
	CONSTRAINT ck_catalog_movements_order_named CHECK ((order_id IS NULL) = (kind IN ('opened', 'adjusted'))),
	CONSTRAINT fk_catalog_movements_offer_id FOREIGN KEY(offer_id) REFERENCES catalog_stock (offer_id)
)
 STRICT
--;
CREATE INDEX ix_catalog_movements_offer ON catalog_movements (offer_id, id)
--;
CREATE TRIGGER catalog_movements_kept BEFORE UPDATE ON catalog_movements BEGIN SELECT RAISE(ABORT, 'a stock movement is never changed'); END
--;
CREATE TRIGGER catalog_movements_not_deleted BEFORE DELETE ON catalog_movements BEGIN SELECT RAISE(ABORT, 'a stock movement is never deleted'); END
