CREATE TABLE webhooks_endpoints (
	endpoint_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C",
	url TEXT COLLATE "C" NOT NULL,
	description TEXT COLLATE "C" NOT NULL,
	event_types JSONB NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	secret_made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	secret_number BIGINT NOT NULL,
	previous_until TIMESTAMP WITH TIME ZONE,
	state TEXT COLLATE "C" NOT NULL,
	disabled_because TEXT COLLATE "C",
	failing_since TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	CONSTRAINT pk_webhooks_endpoints PRIMARY KEY (endpoint_id),
	CONSTRAINT ck_webhooks_endpoints_state_known CHECK (state IN ('enabled', 'disabled', 'removed')),
	CONSTRAINT ck_webhooks_endpoints_disabled_has_reason CHECK ((state = 'enabled') = (disabled_because IS NULL)),
	CONSTRAINT ck_webhooks_endpoints_secrets_numbered_from_one CHECK (secret_number > 0)
)
--;
CREATE INDEX ix_webhooks_endpoints_seller ON webhooks_endpoints (seller_id, endpoint_id)
--;
CREATE TABLE webhooks_deliveries (
	delivery_id TEXT COLLATE "C" NOT NULL,
	endpoint_id TEXT COLLATE "C" NOT NULL,
	event_id TEXT COLLATE "C" NOT NULL,
	event_type TEXT COLLATE "C" NOT NULL,
	occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
	body TEXT COLLATE "C" NOT NULL,
	queued_at TIMESTAMP WITH TIME ZONE NOT NULL,
	next_at TIMESTAMP WITH TIME ZONE,
	state TEXT COLLATE "C" NOT NULL,
	attempts BIGINT NOT NULL,
	tries BIGINT NOT NULL,
	delivered_at TIMESTAMP WITH TIME ZONE,
	tried_at TIMESTAMP WITH TIME ZONE,
	status BIGINT,
	error TEXT COLLATE "C",
	answer TEXT COLLATE "C",
	version BIGINT NOT NULL,
	CONSTRAINT pk_webhooks_deliveries PRIMARY KEY (delivery_id),
	CONSTRAINT uq_webhooks_deliveries_endpoint_id_event_id UNIQUE (endpoint_id, event_id),
	CONSTRAINT ck_webhooks_deliveries_state_known CHECK (state IN ('queued', 'delivered', 'given_up')),
	CONSTRAINT ck_webhooks_deliveries_queued_is_tried_again CHECK ((state = 'queued') = (next_at IS NOT NULL)),
	CONSTRAINT ck_webhooks_deliveries_delivered_has_time CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
	CONSTRAINT ck_webhooks_deliveries_attempts_counted CHECK (attempts >= tries AND tries >= 0),
	CONSTRAINT fk_webhooks_deliveries_endpoint_id FOREIGN KEY(endpoint_id) REFERENCES webhooks_endpoints (endpoint_id)
)
--;
CREATE INDEX ix_webhooks_deliveries_due ON webhooks_deliveries (next_at) WHERE next_at IS NOT NULL
--;
CREATE INDEX ix_webhooks_deliveries_endpoint ON webhooks_deliveries (endpoint_id, delivery_id)
