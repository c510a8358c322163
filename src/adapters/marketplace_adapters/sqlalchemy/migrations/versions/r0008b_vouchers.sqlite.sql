CREATE TABLE orders_vouchers (
	voucher_id TEXT NOT NULL,
	code TEXT NOT NULL,
	seller_id TEXT,
	currency TEXT NOT NULL,
	percent_bps INTEGER,
	amount_minor INTEGER,
	minimum_minor INTEGER NOT NULL,
	uses_max INTEGER,
	uses_per_buyer_max INTEGER,
	valid_from TEXT NOT NULL,
	valid_until TEXT,
	made_at TEXT NOT NULL,
	stopped_at TEXT,
	used INTEGER DEFAULT 0 NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_orders_vouchers PRIMARY KEY (voucher_id),
	CONSTRAINT ck_orders_vouchers_takes_off_one_or_the_other CHECK ((percent_bps IS NULL) <> (amount_minor IS NULL)),
	CONSTRAINT ck_orders_vouchers_percentage_is_one CHECK (percent_bps IS NULL OR percent_bps BETWEEN 1 AND 10000),
	CONSTRAINT ck_orders_vouchers_amount_positive CHECK (amount_minor IS NULL OR amount_minor > 0),
	CONSTRAINT ck_orders_vouchers_minimum_not_negative CHECK (minimum_minor >= 0),
	CONSTRAINT ck_orders_vouchers_used_within_its_limit CHECK (used >= 0 AND (uses_max IS NULL OR used <= uses_max)),
	CONSTRAINT uq_orders_vouchers_code UNIQUE (code)
)
 STRICT
--;
CREATE INDEX ix_orders_vouchers_seller ON orders_vouchers (seller_id, voucher_id)
--;
CREATE TABLE orders_voucher_redemptions (
	voucher_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	buyer_id TEXT NOT NULL,
	number INTEGER,
	redeemed_at TEXT NOT NULL,
	returned_at TEXT,
	CONSTRAINT pk_orders_voucher_redemptions PRIMARY KEY (voucher_id, order_id),
	CONSTRAINT uq_orders_voucher_redemptions_voucher_id_buyer_id_number UNIQUE (voucher_id, buyer_id, number),
	CONSTRAINT ck_orders_voucher_redemptions_returned_has_no_number CHECK ((number IS NULL) = (returned_at IS NOT NULL)),
	CONSTRAINT ck_orders_voucher_redemptions_numbers_begin_at_one CHECK (number IS NULL OR number > 0),
	CONSTRAINT fk_orders_voucher_redemptions_voucher_id FOREIGN KEY(voucher_id) REFERENCES orders_vouchers (voucher_id)
)
 STRICT
--;
CREATE INDEX ix_orders_voucher_redemptions_order ON orders_voucher_redemptions (order_id)
--;
CREATE VIEW IF NOT EXISTS audit_voucher_is_counted AS
    SELECT v.code AS subject, 'used ' || v.used || ' times, noted ' || count(r.order_id) AS detail
    FROM orders_vouchers AS v
    LEFT JOIN orders_voucher_redemptions AS r ON r.voucher_id = v.voucher_id AND r.returned_at IS NULL
    GROUP BY v.voucher_id HAVING v.used <> count(r.order_id)
