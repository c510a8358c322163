CREATE TABLE webhooks_endpoints (
	endpoint_id TEXT NOT NULL,
	seller_id TEXT,
	url TEXT NOT NULL,
	description TEXT NOT NULL,
	event_types TEXT NOT NULL,
	made_at TEXT NOT NULL,
	secret_made_at TEXT NOT NULL,
	secret_number INTEGER NOT NULL,
	previous_until TEXT,
	state TEXT NOT NULL,
	disabled_because TEXT,
	failing_since TEXT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_webhooks_endpoints PRIMARY KEY (endpoint_id),
	CONSTRAINT ck_webhooks_endpoints_state_known CHECK (state IN ('enabled', 'disabled', 'removed')),
	CONSTRAINT ck_webhooks_endpoints_disabled_has_reason CHECK ((state = 'enabled') = (disabled_because IS NULL)),
	CONSTRAINT ck_webhooks_endpoints_secrets_numbered_from_one CHECK (secret_number > 0)
)
 STRICT
--;
CREATE INDEX ix_webhooks_endpoints_seller ON webhooks_endpoints (seller_id, endpoint_id)
--;
CREATE TABLE webhooks_deliveries (
	delivery_id TEXT NOT NULL,
	endpoint_id TEXT NOT NULL,
	event_id TEXT NOT NULL,
	event_type TEXT NOT NULL,
	occurred_at TEXT NOT NULL,
	body TEXT NOT NULL,
	queued_at TEXT NOT NULL,
	next_at TEXT,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	delivered_at TEXT,
	tried_at TEXT,
	status INTEGER,
	error TEXT,
	answer TEXT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_webhooks_deliveries PRIMARY KEY (delivery_id),
	CONSTRAINT uq_webhooks_deliveries_endpoint_id_event_id UNIQUE (endpoint_id, event_id),
	CONSTRAINT ck_webhooks_deliveries_state_known CHECK (state IN ('queued', 'delivered', 'given_up')),
	CONSTRAINT ck_webhooks_deliveries_queued_is_tried_again CHECK ((state = 'queued') = (next_at IS NOT NULL)),
	CONSTRAINT ck_webhooks_deliveries_delivered_has_time CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
	CONSTRAINT ck_webhooks_deliveries_attempts_counted CHECK (attempts >= tries AND tries >= 0),
	CONSTRAINT fk_webhooks_deliveries_endpoint_id FOREIGN KEY(endpoint_id) REFERENCES webhooks_endpoints (endpoint_id)
)
 STRICT
--;
CREATE INDEX ix_webhooks_deliveries_due ON webhooks_deliveries (next_at) WHERE next_at IS NOT NULL
--;
CREATE INDEX ix_webhooks_deliveries_endpoint ON webhooks_deliveries (endpoint_id, delivery_id)
