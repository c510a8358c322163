CREATE TABLE payments_seller_standings (
	seller_id TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	suspended INTEGER NOT NULL, 
	closing INTEGER NOT NULL, 
	debt_since TEXT, 
	stopped INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments_seller_standings PRIMARY KEY (seller_id, currency), 
	CONSTRAINT ck_payments_seller_standings_yes_or_no CHECK (suspended IN (0, 1) AND closing IN (0, 1) AND stopped IN (0, 1)), 
	CONSTRAINT ck_payments_seller_standings_stopped_by_a_debt CHECK (stopped = 0 OR debt_since IS NOT NULL)
)
 STRICT
--;
CREATE TABLE identity_sellers (
	seller_id TEXT NOT NULL, 
	user_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	slug TEXT NOT NULL, 
	country TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	status_reason TEXT NOT NULL, 
	applied_at TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_identity_sellers PRIMARY KEY (seller_id), 
	CONSTRAINT ck_identity_sellers_status_known CHECK (status IN ('applied', 'active', 'suspended', 'closing', 'closed')), 
	CONSTRAINT ck_identity_sellers_slug_shape CHECK (slug = lower(slug) AND length(slug) BETWEEN 3 AND 40), 
	CONSTRAINT ck_identity_sellers_codes_shape CHECK (length(country) = 2 AND length(currency) = 3), 
	CONSTRAINT uq_identity_sellers_user_id UNIQUE (user_id), 
	CONSTRAINT fk_identity_sellers_user_id FOREIGN KEY(user_id) REFERENCES identity_users (user_id), 
	CONSTRAINT uq_identity_sellers_slug UNIQUE (slug)
)
 STRICT
--;
CREATE INDEX ix_identity_sellers_status ON identity_sellers (status, seller_id)
