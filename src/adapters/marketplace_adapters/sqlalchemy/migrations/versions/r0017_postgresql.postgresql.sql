CREATE TABLE acts (
	act_id TEXT COLLATE "C" NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor TEXT COLLATE "C" NOT NULL,
	command TEXT COLLATE "C" NOT NULL,
	about TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_acts PRIMARY KEY (act_id),
	CONSTRAINT ck_acts_reason_given CHECK (length(reason) BETWEEN 1 AND 500)
)
--;
CREATE TABLE cart_carts (
	cart_id TEXT COLLATE "C" NOT NULL,
	buyer_id TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	lines JSONB NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	version BIGINT NOT NULL,
	voucher_code TEXT COLLATE "C",
	CONSTRAINT pk_cart_carts PRIMARY KEY (cart_id),
	CONSTRAINT ck_cart_carts_state_known CHECK (state IN ('open', 'checked_out')),
	CONSTRAINT ck_cart_carts_checked_out_has_order CHECK ((state = 'checked_out') = (order_id IS NOT NULL))
)
--;
CREATE UNIQUE INDEX uq_cart_carts_open_of_buyer ON cart_carts (buyer_id) WHERE state = 'open'
--;
CREATE TABLE catalog_categories (
	category_id TEXT COLLATE "C" NOT NULL,
	slug TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	parent_id TEXT COLLATE "C",
	path TEXT COLLATE "C" NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_catalog_categories PRIMARY KEY (category_id),
	CONSTRAINT uq_catalog_categories_slug UNIQUE (slug),
	CONSTRAINT fk_catalog_categories_parent_id FOREIGN KEY(parent_id) REFERENCES catalog_categories (category_id),
	CONSTRAINT uq_catalog_categories_path UNIQUE (path)
)
--;
CREATE TABLE consumed_messages (
	consumer TEXT COLLATE "C" NOT NULL,
	message_id TEXT COLLATE "C" NOT NULL,
	consumed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_consumed_messages PRIMARY KEY (consumer, message_id)
)
--;
CREATE TABLE deadlines (
	kind TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	attempts BIGINT DEFAULT 0 NOT NULL,
	last_error TEXT COLLATE "C",
	CONSTRAINT pk_deadlines PRIMARY KEY (kind, subject)
)
--;
CREATE INDEX ix_deadlines_due ON deadlines (due_at)
--;
CREATE TABLE idempotency_keys (
	principal TEXT COLLATE "C" NOT NULL,
	operation TEXT COLLATE "C" NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	fingerprint BYTEA NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	claimed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	outcome JSONB,
	CONSTRAINT pk_idempotency_keys PRIMARY KEY (principal, operation, key),
	CONSTRAINT ck_idempotency_keys_state_known CHECK (state IN ('in_progress', 'completed')),
	CONSTRAINT ck_idempotency_keys_completed_has_outcome CHECK ((state = 'completed') = (outcome IS NOT NULL)),
	CONSTRAINT ck_idempotency_keys_key_length CHECK (length(key) BETWEEN 8 AND 255)
)
--;
CREATE TABLE identity_users (
	user_id TEXT COLLATE "C" NOT NULL,
	email TEXT COLLATE "C" NOT NULL,
	email_key TEXT COLLATE "C",
	name TEXT COLLATE "C" NOT NULL,
	locale TEXT COLLATE "C" NOT NULL,
	password_hash TEXT COLLATE "C",
	long_password INTEGER NOT NULL,
	is_guest INTEGER NOT NULL,
	is_buyer INTEGER NOT NULL,
	is_operator INTEGER NOT NULL,
	session_version BIGINT NOT NULL,
	registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_identity_users PRIMARY KEY (user_id),
	CONSTRAINT ck_identity_users_email_key_is_lower_case CHECK (email_key = lower(email_key)),
	CONSTRAINT ck_identity_users_guest_has_no_login CHECK ((is_guest = 1) = (email_key IS NULL) AND (is_guest = 1) = (password_hash IS NULL)),
	CONSTRAINT ck_identity_users_operator_has_long_password CHECK (is_operator = 0 OR long_password = 1),
	CONSTRAINT ck_identity_users_session_version_positive CHECK (session_version > 0),
	CONSTRAINT uq_identity_users_email_key UNIQUE (email_key)
)
--;
CREATE TABLE landing_pages (
	page_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	draft JSONB NOT NULL,
	draft_saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
	current_number BIGINT,
	is_public INTEGER NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_landing_pages PRIMARY KEY (page_id),
	CONSTRAINT ck_landing_pages_public_has_version CHECK (is_public = 0 OR current_number IS NOT NULL),
	CONSTRAINT uq_landing_pages_seller_id UNIQUE (seller_id)
)
--;
CREATE TABLE ledger_accounts (
	id BIGSERIAL NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	balance_rule TEXT COLLATE "C" NOT NULL,
	materialised INTEGER NOT NULL,
	debits_minor BIGINT DEFAULT 0 NOT NULL,
	credits_minor BIGINT DEFAULT 0 NOT NULL,
	last_transfer_id BIGINT DEFAULT 0 NOT NULL,
	closed_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_ledger_accounts PRIMARY KEY (id),
	CONSTRAINT uq_ledger_accounts_id_currency UNIQUE (id, currency),
	CONSTRAINT ck_ledger_accounts_kind_known CHECK (kind IN ('psp', 'wallet', 'dispute_receivable', 'seller_receivable', 'escrow', 'escrow_disputed', 'seller_payable', 'seller_reserve', 'seller_dispute_hold', 'payout_clearing', 'refund_payable', 'buyer_unclaimed', 'tax_payable', 'fee_deferred', 'suspense', 'commission_revenue', 'fee_revenue', 'psp_fees', 'dispute_fees', 'dispute_losses', 'promo_subsidy', 'goodwill', 'bad_debt')),
	CONSTRAINT ck_ledger_accounts_currency_iso CHECK (length(currency) = 3 AND currency = upper(currency)),
	CONSTRAINT ck_ledger_accounts_rule_known CHECK (balance_rule IN ('credit_nonneg', 'debit_nonneg', 'free')),
	CONSTRAINT ck_ledger_accounts_guarded_is_kept CHECK (materialised IN (0, 1) AND (materialised = 1 OR balance_rule = 'free')),
	CONSTRAINT ck_ledger_accounts_sides_not_negative CHECK (debits_minor >= 0 AND credits_minor >= 0),
	CONSTRAINT ck_ledger_accounts_balance_never_negative CHECK (balance_rule = 'free' OR (balance_rule = 'credit_nonneg' AND credits_minor >= debits_minor) OR (balance_rule = 'debit_nonneg' AND debits_minor >= credits_minor)),
	CONSTRAINT uq_ledger_accounts_code UNIQUE (code)
)
--;
CREATE INDEX ix_ledger_accounts_kind ON ledger_accounts (kind, subject)
--;
CREATE TABLE ledger_journals (
	id BIGSERIAL NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	source_type TEXT COLLATE "C" NOT NULL,
	source_id TEXT COLLATE "C" NOT NULL,
	leg TEXT COLLATE "C" NOT NULL,
	posted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor TEXT COLLATE "C" NOT NULL,
	seller_order_id TEXT COLLATE "C",
	CONSTRAINT pk_ledger_journals PRIMARY KEY (id),
	CONSTRAINT uq_ledger_journals_kind_source_type_source_id_leg UNIQUE (kind, source_type, source_id, leg),
	CONSTRAINT ck_ledger_journals_kind_known CHECK (kind IN ('payment_captured', 'provider_fee', 'escrow_released', 'debt_netted', 'reserve_matured', 'refund_from_escrow', 'refund_after_release', 'refund_succeeded', 'refund_failed', 'refund_bounced', 'refund_settled', 'dispute_withdrawn', 'dispute_froze_escrow', 'dispute_parked_payable', 'dispute_reinstated', 'dispute_lost_escrow', 'dispute_lost_released', 'dispute_fee_charged', 'payout_assembled', 'payout_cancelled', 'transfer_succeeded', 'payout_paid', 'payout_returned', 'transfer_reversed', 'debt_repaid', 'debt_written_off', 'seller_topped_up', 'capture_suspended', 'suspense_resolved', 'buyer_fee_earned'))
)
--;
CREATE INDEX ix_ledger_journals_source ON ledger_journals (source_id, id)
--;
CREATE TABLE notifications_mails (
	mail_id TEXT COLLATE "C" NOT NULL,
	fact TEXT COLLATE "C" NOT NULL,
	template TEXT COLLATE "C" NOT NULL,
	template_version BIGINT NOT NULL,
	recipient TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	locale TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	text TEXT COLLATE "C" NOT NULL,
	html TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	attempts BIGINT NOT NULL,
	queued_at TIMESTAMP WITH TIME ZONE NOT NULL,
	sent_at TIMESTAMP WITH TIME ZONE,
	last_error TEXT COLLATE "C",
	version BIGINT NOT NULL,
	CONSTRAINT pk_notifications_mails PRIMARY KEY (mail_id),
	CONSTRAINT uq_notifications_mails_fact_template_recipient UNIQUE (fact, template, recipient),
	CONSTRAINT ck_notifications_mails_state_known CHECK (state IN ('queued', 'sent', 'failed')),
	CONSTRAINT ck_notifications_mails_sent_has_time CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
	CONSTRAINT ck_notifications_mails_attempts_counted CHECK (attempts >= 0)
)
--;
CREATE INDEX ix_notifications_mails_recipient ON notifications_mails (recipient, mail_id)
--;
CREATE INDEX ix_notifications_mails_state ON notifications_mails (state, mail_id)
--;
CREATE TABLE orders_deliveries (
	seller_id TEXT COLLATE "C" NOT NULL,
	fee_minor BIGINT NOT NULL,
	free_from_minor BIGINT,
	CONSTRAINT pk_orders_deliveries PRIMARY KEY (seller_id),
	CONSTRAINT ck_orders_deliveries_amounts_not_negative CHECK (fee_minor >= 0 AND (free_from_minor IS NULL OR free_from_minor >= 0))
)
--;
CREATE TABLE orders_orders (
	order_id TEXT COLLATE "C" NOT NULL,
	buyer_id TEXT COLLATE "C" NOT NULL,
	cart_id TEXT COLLATE "C" NOT NULL,
	payment_id TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	total_minor BIGINT NOT NULL,
	address JSONB NOT NULL,
	quote_hash TEXT COLLATE "C" NOT NULL,
	request_key TEXT COLLATE "C",
	policy_version TEXT COLLATE "C" NOT NULL,
	placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	pay_by TIMESTAMP WITH TIME ZONE NOT NULL,
	history JSONB NOT NULL,
	version BIGINT NOT NULL,
	policy_number BIGINT DEFAULT 0 NOT NULL,
	CONSTRAINT pk_orders_orders PRIMARY KEY (order_id),
	CONSTRAINT ck_orders_orders_state_known CHECK (state IN ('pending_payment', 'payment_review', 'confirmed', 'closed', 'expired', 'cancelled')),
	CONSTRAINT ck_orders_orders_total_not_negative CHECK (total_minor >= 0),
	CONSTRAINT uq_orders_orders_cart_id UNIQUE (cart_id),
	CONSTRAINT uq_orders_orders_payment_id UNIQUE (payment_id)
)
--;
CREATE INDEX ix_orders_orders_buyer ON orders_orders (buyer_id, order_id)
--;
CREATE INDEX ix_orders_orders_state ON orders_orders (state, order_id)
--;
CREATE TABLE orders_vouchers (
	voucher_id TEXT COLLATE "C" NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C",
	currency TEXT COLLATE "C" NOT NULL,
	percent_bps BIGINT,
	amount_minor BIGINT,
	minimum_minor BIGINT NOT NULL,
	uses_max BIGINT,
	uses_per_buyer_max BIGINT,
	valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
	valid_until TIMESTAMP WITH TIME ZONE,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	stopped_at TIMESTAMP WITH TIME ZONE,
	used BIGINT DEFAULT 0 NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_orders_vouchers PRIMARY KEY (voucher_id),
	CONSTRAINT ck_orders_vouchers_takes_off_one_or_the_other CHECK ((percent_bps IS NULL) <> (amount_minor IS NULL)),
	CONSTRAINT ck_orders_vouchers_percentage_is_one CHECK (percent_bps IS NULL OR percent_bps BETWEEN 1 AND 10000),
	CONSTRAINT ck_orders_vouchers_amount_positive CHECK (amount_minor IS NULL OR amount_minor > 0),
	CONSTRAINT ck_orders_vouchers_minimum_not_negative CHECK (minimum_minor >= 0),
	CONSTRAINT ck_orders_vouchers_used_within_its_limit CHECK (used >= 0 AND (uses_max IS NULL OR used <= uses_max)),
	CONSTRAINT uq_orders_vouchers_code UNIQUE (code)
)
--;
CREATE INDEX ix_orders_vouchers_seller ON orders_vouchers (seller_id, voucher_id)
--;
CREATE TABLE outbox (
	id BIGSERIAL NOT NULL,
	event_id TEXT COLLATE "C" NOT NULL,
	aggregate_type TEXT COLLATE "C" NOT NULL,
	aggregate_id TEXT COLLATE "C" NOT NULL,
	aggregate_seq BIGINT NOT NULL,
	topic TEXT COLLATE "C" NOT NULL,
	payload JSONB NOT NULL,
	occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor TEXT COLLATE "C" NOT NULL,
	cause TEXT COLLATE "C",
	available_at TIMESTAMP WITH TIME ZONE NOT NULL,
	attempts BIGINT DEFAULT 0 NOT NULL,
	last_error TEXT COLLATE "C",
	published_at TIMESTAMP WITH TIME ZONE,
	quarantined INTEGER DEFAULT 0 NOT NULL,
	reacted_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_outbox PRIMARY KEY (id),
	CONSTRAINT uq_outbox_aggregate_type_aggregate_id_aggregate_seq UNIQUE (aggregate_type, aggregate_id, aggregate_seq),
	CONSTRAINT uq_outbox_event_id UNIQUE (event_id)
)
--;
CREATE INDEX ix_outbox_waiting ON outbox (id) WHERE reacted_at IS NULL AND quarantined = 0
--;
CREATE INDEX ix_outbox_waiting_aggregate ON outbox (aggregate_type, aggregate_id, id) WHERE reacted_at IS NULL AND quarantined = 0
--;
CREATE TABLE payments_brakes (
	brake_id TEXT COLLATE "C" NOT NULL,
	cause TEXT COLLATE "C" NOT NULL,
	findings JSONB NOT NULL,
	set_at TIMESTAMP WITH TIME ZONE NOT NULL,
	released_at TIMESTAMP WITH TIME ZONE,
	released_by TEXT COLLATE "C",
	note TEXT COLLATE "C",
	version BIGINT NOT NULL,
	settled_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_payments_brakes PRIMARY KEY (brake_id),
	CONSTRAINT ck_payments_brakes_cause_known CHECK (cause IN ('audit', 'liquidity')),
	CONSTRAINT ck_payments_brakes_released_by_somebody CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (note IS NULL))
)
--;
CREATE UNIQUE INDEX ix_payments_brakes_on ON payments_brakes (cause) WHERE released_at IS NULL
--;
CREATE TABLE payments_lookouts (
	provider TEXT COLLATE "C" NOT NULL,
	looked_until TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_payments_lookouts PRIMARY KEY (provider)
)
--;
CREATE TABLE payments_payments (
	payment_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	buyer_id TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	amount_minor BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	requested_at TIMESTAMP WITH TIME ZONE,
	reference TEXT COLLATE "C",
	client_secret TEXT COLLATE "C",
	attempts BIGINT NOT NULL,
	declined_attempts BIGINT NOT NULL,
	failure_code TEXT COLLATE "C",
	captured_minor BIGINT,
	captured_currency TEXT COLLATE "C",
	captured_at TIMESTAMP WITH TIME ZONE,
	fee_minor BIGINT,
	review_reason TEXT COLLATE "C",
	version BIGINT NOT NULL,
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
--;
CREATE TABLE payments_payouts (
	payout_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	account TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	amount_minor BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	attempt BIGINT NOT NULL,
	assembled_at TIMESTAMP WITH TIME ZONE NOT NULL,
	tried_at TIMESTAMP WITH TIME ZONE,
	transfer_reference TEXT COLLATE "C",
	bank_reference TEXT COLLATE "C",
	reversal_reference TEXT COLLATE "C",
	failure_code TEXT COLLATE "C",
	paid_at TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
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
--;
CREATE INDEX ix_payments_payouts_seller ON payments_payouts (seller_id, payout_id)
--;
CREATE INDEX ix_payments_payouts_state ON payments_payouts (state, payout_id)
--;
CREATE TABLE payments_seller_accounts (
	seller_id TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	reference TEXT COLLATE "C",
	version BIGINT NOT NULL,
	CONSTRAINT pk_payments_seller_accounts PRIMARY KEY (seller_id),
	CONSTRAINT uq_payments_seller_accounts_provider_reference UNIQUE (provider, reference),
	CONSTRAINT ck_payments_seller_accounts_state_known CHECK (state IN ('pending', 'enabled', 'restricted')),
	CONSTRAINT ck_payments_seller_accounts_enabled_is_known_there CHECK (state <> 'enabled' OR reference IS NOT NULL)
)
--;
CREATE TABLE payments_seller_standings (
	seller_id TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	suspended BIGINT NOT NULL,
	closing BIGINT NOT NULL,
	debt_since TIMESTAMP WITH TIME ZONE,
	stopped BIGINT NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_payments_seller_standings PRIMARY KEY (seller_id, currency),
	CONSTRAINT ck_payments_seller_standings_yes_or_no CHECK (suspended IN (0, 1) AND closing IN (0, 1) AND stopped IN (0, 1)),
	CONSTRAINT ck_payments_seller_standings_stopped_by_a_debt CHECK (stopped = 0 OR debt_since IS NOT NULL)
)
--;
CREATE TABLE policies (
	number BIGINT NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	document JSONB NOT NULL,
	digest TEXT COLLATE "C" NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_by TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_policies PRIMARY KEY (number),
	CONSTRAINT ck_policies_numbered_from_one CHECK (number > 0),
	CONSTRAINT ck_policies_reason_given CHECK (length(reason) BETWEEN 1 AND 500)
)
--;
CREATE INDEX ix_policies_name ON policies (name, number)
--;
CREATE TABLE provider_messages (
	provider TEXT COLLATE "C" NOT NULL,
	message_id TEXT COLLATE "C" NOT NULL,
	type TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C",
	reference TEXT COLLATE "C",
	raw BYTEA NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	available_at TIMESTAMP WITH TIME ZONE NOT NULL,
	attempts BIGINT DEFAULT 0 NOT NULL,
	last_error TEXT COLLATE "C",
	processed_at TIMESTAMP WITH TIME ZONE,
	quarantined INTEGER DEFAULT 0 NOT NULL,
	CONSTRAINT pk_provider_messages PRIMARY KEY (provider, message_id)
)
--;
CREATE INDEX ix_provider_messages_waiting ON provider_messages (available_at) WHERE processed_at IS NULL AND quarantined = 0
--;
CREATE TABLE search_documents (
	number BIGSERIAL NOT NULL,
	product_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	seller_slug TEXT COLLATE "C" NOT NULL,
	seller_name TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C",
	price_from_minor BIGINT,
	price_to_minor BIGINT,
	in_stock INTEGER NOT NULL,
	has_video INTEGER NOT NULL,
	published_at TIMESTAMP WITH TIME ZONE NOT NULL,
	hit JSONB NOT NULL,
	CONSTRAINT pk_search_documents PRIMARY KEY (number),
	CONSTRAINT uq_search_documents_product_id UNIQUE (product_id)
)
--;
CREATE INDEX ix_search_documents_seller ON search_documents (seller_id)
--;
CREATE TABLE video_videos (
	video_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	filename TEXT COLLATE "C" NOT NULL,
	content_type TEXT COLLATE "C" NOT NULL,
	upload_bytes BIGINT NOT NULL,
	upload_key TEXT COLLATE "C" NOT NULL,
	requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	uploaded_at TIMESTAMP WITH TIME ZONE,
	progress_percent BIGINT NOT NULL,
	reason_code TEXT COLLATE "C",
	reason TEXT COLLATE "C",
	playback JSONB,
	version BIGINT NOT NULL,
	CONSTRAINT pk_video_videos PRIMARY KEY (video_id),
	CONSTRAINT ck_video_videos_state_known CHECK (state IN ('awaiting_upload', 'uploaded', 'ingesting', 'processing', 'ready', 'failed', 'deleted')),
	CONSTRAINT ck_video_videos_ready_is_playable CHECK (state <> 'ready' OR playback IS NOT NULL),
	CONSTRAINT ck_video_videos_failed_has_reason CHECK (state <> 'failed' OR reason_code IS NOT NULL),
	CONSTRAINT ck_video_videos_progress_is_percent CHECK (progress_percent BETWEEN 0 AND 100),
	CONSTRAINT uq_video_videos_upload_key UNIQUE (upload_key)
)
--;
CREATE INDEX ix_video_videos_seller ON video_videos (seller_id, video_id)
--;
CREATE TABLE catalog_products (
	product_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	seller_name TEXT COLLATE "C" NOT NULL,
	seller_slug TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	handle TEXT COLLATE "C" NOT NULL,
	title TEXT COLLATE "C" NOT NULL,
	description TEXT COLLATE "C" NOT NULL,
	category_id TEXT COLLATE "C",
	tags JSONB NOT NULL,
	option_names JSONB NOT NULL,
	images JSONB NOT NULL,
	image_url TEXT COLLATE "C",
	video JSONB,
	status TEXT COLLATE "C" NOT NULL,
	on_hold INTEGER NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	published_at TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	CONSTRAINT pk_catalog_products PRIMARY KEY (product_id),
	CONSTRAINT uq_catalog_products_seller_id_handle UNIQUE (seller_id, handle),
	CONSTRAINT ck_catalog_products_status_known CHECK (status IN ('draft', 'published', 'archived')),
	CONSTRAINT ck_catalog_products_published_has_moment CHECK (status <> 'published' OR published_at IS NOT NULL),
	CONSTRAINT fk_catalog_products_category_id FOREIGN KEY(category_id) REFERENCES catalog_categories (category_id)
)
--;
CREATE INDEX ix_catalog_products_listed ON catalog_products (status, on_hold, published_at, product_id)
--;
CREATE INDEX ix_catalog_products_listed_in_category ON catalog_products (category_id, status, on_hold, published_at, product_id)
--;
CREATE INDEX ix_catalog_products_listed_of_seller ON catalog_products (seller_id, status, on_hold, published_at, product_id)
--;
CREATE INDEX ix_catalog_products_seller ON catalog_products (seller_id, created_at, product_id)
--;
CREATE INDEX ix_catalog_products_shop ON catalog_products (seller_slug)
--;
CREATE TABLE identity_sellers (
	seller_id TEXT COLLATE "C" NOT NULL,
	user_id TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	slug TEXT COLLATE "C" NOT NULL,
	country TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	status TEXT COLLATE "C" NOT NULL,
	status_reason TEXT COLLATE "C" NOT NULL,
	applied_at TIMESTAMP WITH TIME ZONE NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_identity_sellers PRIMARY KEY (seller_id),
	CONSTRAINT ck_identity_sellers_status_known CHECK (status IN ('applied', 'active', 'suspended', 'closing', 'closed')),
	CONSTRAINT ck_identity_sellers_slug_shape CHECK (slug = lower(slug) AND length(slug) BETWEEN 3 AND 40),
	CONSTRAINT ck_identity_sellers_codes_shape CHECK (length(country) = 2 AND length(currency) = 3),
	CONSTRAINT uq_identity_sellers_user_id UNIQUE (user_id),
	CONSTRAINT fk_identity_sellers_user_id FOREIGN KEY(user_id) REFERENCES identity_users (user_id),
	CONSTRAINT uq_identity_sellers_slug UNIQUE (slug)
)
--;
CREATE INDEX ix_identity_sellers_status ON identity_sellers (status, seller_id)
--;
CREATE TABLE identity_token_families (
	family_id TEXT COLLATE "C" NOT NULL,
	user_id TEXT COLLATE "C" NOT NULL,
	session_version BIGINT NOT NULL,
	device TEXT COLLATE "C" NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	last_used_at TIMESTAMP WITH TIME ZONE NOT NULL,
	token_hash TEXT COLLATE "C" NOT NULL,
	sequence BIGINT NOT NULL,
	rotated_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	end_reason TEXT COLLATE "C",
	version BIGINT NOT NULL,
	CONSTRAINT pk_identity_token_families PRIMARY KEY (family_id),
	CONSTRAINT ck_identity_token_families_ended_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
	CONSTRAINT ck_identity_token_families_end_reason_known CHECK (end_reason IS NULL OR end_reason IN ('signed_out', 'reuse')),
	CONSTRAINT ck_identity_token_families_rotated_after_the_first CHECK ((sequence = 1) = (rotated_at IS NULL)),
	CONSTRAINT fk_identity_token_families_user_id FOREIGN KEY(user_id) REFERENCES identity_users (user_id),
	CONSTRAINT uq_identity_token_families_token_hash UNIQUE (token_hash)
)
--;
CREATE INDEX ix_identity_token_families_user ON identity_token_families (user_id, last_used_at)
--;
CREATE TABLE landing_versions (
	page_id TEXT COLLATE "C" NOT NULL,
	number BIGINT NOT NULL,
	document JSONB NOT NULL,
	published_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_landing_versions PRIMARY KEY (page_id, number),
	CONSTRAINT ck_landing_versions_number_positive CHECK (number > 0),
	CONSTRAINT fk_landing_versions_page_id FOREIGN KEY(page_id) REFERENCES landing_pages (page_id)
)
--;
CREATE TABLE ledger_transfers (
	id BIGSERIAL NOT NULL,
	journal_id BIGINT NOT NULL,
	debit_account_id BIGINT NOT NULL,
	credit_account_id BIGINT NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	amount_minor BIGINT NOT NULL,
	CONSTRAINT pk_ledger_transfers PRIMARY KEY (id),
	CONSTRAINT fk_transfers_debit FOREIGN KEY(debit_account_id, currency) REFERENCES ledger_accounts (id, currency),
	CONSTRAINT fk_transfers_credit FOREIGN KEY(credit_account_id, currency) REFERENCES ledger_accounts (id, currency),
	CONSTRAINT ck_ledger_transfers_amount_in_bounds CHECK (amount_minor > 0 AND amount_minor <= 1000000000000),
	CONSTRAINT ck_ledger_transfers_two_accounts CHECK (debit_account_id <> credit_account_id),
	CONSTRAINT fk_ledger_transfers_journal_id FOREIGN KEY(journal_id) REFERENCES ledger_journals (id)
)
--;
CREATE INDEX ix_ledger_transfers_credit ON ledger_transfers (credit_account_id, amount_minor)
--;
CREATE INDEX ix_ledger_transfers_debit ON ledger_transfers (debit_account_id, amount_minor)
--;
CREATE INDEX ix_ledger_transfers_journal ON ledger_transfers (journal_id)
--;
CREATE TABLE orders_seller_orders (
	seller_order_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	buyer_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	seller_name TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	lines JSONB NOT NULL,
	quantity BIGINT NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	items_minor BIGINT NOT NULL,
	delivery_minor BIGINT NOT NULL,
	placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	parcels JSONB NOT NULL,
	called_off JSONB NOT NULL,
	shipped_at TIMESTAMP WITH TIME ZONE,
	proof TEXT COLLATE "C",
	delivered_at TIMESTAMP WITH TIME ZONE,
	history JSONB NOT NULL,
	version BIGINT NOT NULL,
	pricing JSONB DEFAULT '{}' NOT NULL,
	CONSTRAINT pk_orders_seller_orders PRIMARY KEY (seller_order_id),
	CONSTRAINT uq_orders_seller_orders_order_id_seller_id UNIQUE (order_id, seller_id),
	CONSTRAINT ck_orders_seller_orders_state_known CHECK (state IN ('pending', 'confirmed', 'accepted', 'part_shipped', 'shipped', 'delivered', 'returned_to_sender', 'completed', 'declined', 'cancelled')),
	CONSTRAINT ck_orders_seller_orders_amounts_not_negative CHECK (items_minor >= 0 AND delivery_minor >= 0 AND quantity > 0),
	CONSTRAINT ck_orders_seller_orders_shipped_has_parcels CHECK ((shipped_at IS NOT NULL) = (state IN ('part_shipped', 'shipped', 'delivered', 'returned_to_sender', 'completed'))),
	CONSTRAINT ck_orders_seller_orders_arrival_whole CHECK ((delivered_at IS NULL) = (proof IS NULL)),
	CONSTRAINT ck_orders_seller_orders_delivered_has_proof CHECK (state = 'completed' OR (state = 'delivered') = (delivered_at IS NOT NULL)),
	CONSTRAINT fk_orders_seller_orders_order_id FOREIGN KEY(order_id) REFERENCES orders_orders (order_id)
)
--;
CREATE INDEX ix_orders_seller_orders_seller ON orders_seller_orders (seller_id, seller_order_id)
--;
CREATE INDEX ix_orders_seller_orders_seller_state ON orders_seller_orders (seller_id, state, seller_order_id)
--;
CREATE TABLE orders_voucher_redemptions (
	voucher_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	buyer_id TEXT COLLATE "C" NOT NULL,
	number BIGINT,
	redeemed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	returned_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_orders_voucher_redemptions PRIMARY KEY (voucher_id, order_id),
	CONSTRAINT uq_orders_voucher_redemptions_voucher_id_buyer_id_number UNIQUE (voucher_id, buyer_id, number),
	CONSTRAINT ck_orders_voucher_redemptions_returned_has_no_number CHECK ((number IS NULL) = (returned_at IS NOT NULL)),
	CONSTRAINT ck_orders_voucher_redemptions_numbers_begin_at_one CHECK (number IS NULL OR number > 0),
	CONSTRAINT fk_orders_voucher_redemptions_voucher_id FOREIGN KEY(voucher_id) REFERENCES orders_vouchers (voucher_id)
)
--;
CREATE INDEX ix_orders_voucher_redemptions_order ON orders_voucher_redemptions (order_id)
--;
CREATE TABLE payments_debt_settlements (
	settlement_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	amount_minor BIGINT NOT NULL,
	means TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	requester_id TEXT COLLATE "C",
	requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
	payout_id TEXT COLLATE "C",
	transfer_reference TEXT COLLATE "C",
	state TEXT COLLATE "C" NOT NULL,
	tried_at TIMESTAMP WITH TIME ZONE,
	reference TEXT COLLATE "C",
	refusal TEXT COLLATE "C",
	ended_at TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
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
--;
CREATE INDEX ix_payments_debt_settlements_seller ON payments_debt_settlements (seller_id, settlement_id)
--;
CREATE UNIQUE INDEX uq_payments_debt_settlements_top_up ON payments_debt_settlements (provider, note) WHERE means = 'top_up'
--;
CREATE TABLE payments_disputes (
	dispute_id TEXT COLLATE "C" NOT NULL,
	payment_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	reference TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	amount_minor BIGINT NOT NULL,
	fee_minor BIGINT NOT NULL,
	excess_minor BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	evidence_due TIMESTAMP WITH TIME ZONE,
	evidence_hash TEXT COLLATE "C",
	closed_at TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	CONSTRAINT pk_payments_disputes PRIMARY KEY (dispute_id),
	CONSTRAINT uq_payments_disputes_provider_reference UNIQUE (provider, reference),
	CONSTRAINT ck_payments_disputes_state_known CHECK (state IN ('warning', 'needs_response', 'under_review', 'won', 'lost', 'prevented', 'warning_closed')),
	CONSTRAINT ck_payments_disputes_amounts_not_negative CHECK (amount_minor >= 0 AND fee_minor >= 0 AND excess_minor >= 0),
	CONSTRAINT ck_payments_disputes_excess_is_a_part CHECK (excess_minor <= amount_minor),
	CONSTRAINT ck_payments_disputes_warning_takes_nothing CHECK (state NOT IN ('warning', 'warning_closed') OR excess_minor = 0),
	CONSTRAINT ck_payments_disputes_closed_at_a_time CHECK ((state IN ('warning', 'needs_response', 'under_review')) = (closed_at IS NULL)),
	CONSTRAINT fk_payments_disputes_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id)
)
--;
CREATE INDEX ix_payments_disputes_payment ON payments_disputes (payment_id, dispute_id)
--;
CREATE INDEX ix_payments_disputes_state ON payments_disputes (state, dispute_id)
--;
CREATE TABLE payments_entries (
	entry_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	amount_minor BIGINT NOT NULL,
	seller_order_id TEXT COLLATE "C",
	kind TEXT COLLATE "C" NOT NULL,
	booked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	claimed_by TEXT COLLATE "C",
	CONSTRAINT pk_payments_entries PRIMARY KEY (entry_id),
	CONSTRAINT ck_payments_entries_changes_something CHECK (amount_minor <> 0),
	CONSTRAINT ck_payments_entries_kind_known CHECK (kind IN ('payment_captured', 'provider_fee', 'escrow_released', 'debt_netted', 'reserve_matured', 'refund_from_escrow', 'refund_after_release', 'refund_succeeded', 'refund_failed', 'refund_bounced', 'refund_settled', 'dispute_withdrawn', 'dispute_froze_escrow', 'dispute_parked_payable', 'dispute_reinstated', 'dispute_lost_escrow', 'dispute_lost_released', 'dispute_fee_charged', 'payout_assembled', 'payout_cancelled', 'transfer_succeeded', 'payout_paid', 'payout_returned', 'transfer_reversed', 'debt_repaid', 'debt_written_off', 'seller_topped_up', 'capture_suspended', 'suspense_resolved', 'buyer_fee_earned')),
	CONSTRAINT ck_payments_entries_claims_are_no_entries CHECK (kind NOT IN ('payout_assembled', 'payout_cancelled')),
	CONSTRAINT fk_payments_entries_claimed_by FOREIGN KEY(claimed_by) REFERENCES payments_payouts (payout_id)
)
--;
CREATE INDEX ix_payments_entries_claimed_by ON payments_entries (claimed_by)
--;
CREATE INDEX ix_payments_entries_unclaimed ON payments_entries (seller_id, currency, booked_at) WHERE claimed_by IS NULL
--;
CREATE TABLE payments_holds (
	seller_order_id TEXT COLLATE "C" NOT NULL,
	payment_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	items_minor BIGINT NOT NULL,
	delivery_minor BIGINT NOT NULL,
	released_minor BIGINT DEFAULT 0 NOT NULL,
	terms JSONB NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	freezes JSONB NOT NULL,
	proof TEXT COLLATE "C",
	delivered_at TIMESTAMP WITH TIME ZONE,
	release_at TIMESTAMP WITH TIME ZONE,
	held_at TIMESTAMP WITH TIME ZONE,
	hold_deadline TIMESTAMP WITH TIME ZONE,
	held_items_minor BIGINT NOT NULL,
	held_delivery_minor BIGINT NOT NULL,
	released_items_minor BIGINT NOT NULL,
	released_delivery_minor BIGINT NOT NULL,
	refunded_held_items_minor BIGINT NOT NULL,
	refunded_held_delivery_minor BIGINT NOT NULL,
	refunded_released_items_minor BIGINT NOT NULL,
	refunded_released_delivery_minor BIGINT NOT NULL,
	disputed_held_items_minor BIGINT NOT NULL,
	disputed_held_delivery_minor BIGINT NOT NULL,
	disputed_released_items_minor BIGINT NOT NULL,
	disputed_released_delivery_minor BIGINT NOT NULL,
	lost_held_items_minor BIGINT NOT NULL,
	lost_held_delivery_minor BIGINT NOT NULL,
	lost_released_items_minor BIGINT NOT NULL,
	lost_released_delivery_minor BIGINT NOT NULL,
	charged_commission_minor BIGINT NOT NULL,
	charged_vat_minor BIGINT NOT NULL,
	version BIGINT NOT NULL,
	tax_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_holds_tax_minor_not_negative CHECK (tax_minor >= 0),
	fee_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_holds_fee_minor_not_negative CHECK (fee_minor >= 0),
	subsidy_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_holds_subsidy_minor_not_negative CHECK (subsidy_minor >= 0),
	tax_jurisdiction TEXT COLLATE "C" DEFAULT '' NOT NULL,
	kept_tax_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_holds_kept_tax_minor_not_negative CHECK (kept_tax_minor >= 0),
	kept_fee_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_holds_kept_fee_minor_not_negative CHECK (kept_fee_minor >= 0),
	kept_subsidy_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_holds_kept_subsidy_minor_not_negative CHECK (kept_subsidy_minor >= 0),
	fee_earned_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_holds_fee_earned_minor_not_negative CHECK (fee_earned_minor >= 0),
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
	refund_id TEXT COLLATE "C" NOT NULL,
	payment_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	buyer_id TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	amount_minor BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	requested_by TEXT COLLATE "C" NOT NULL,
	requester_id TEXT COLLATE "C",
	requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	approved_at TIMESTAMP WITH TIME ZONE,
	tried_at TIMESTAMP WITH TIME ZONE,
	reference TEXT COLLATE "C",
	pending_reason TEXT COLLATE "C",
	failure_code TEXT COLLATE "C",
	note TEXT COLLATE "C",
	ended_at TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	CONSTRAINT pk_payments_refunds PRIMARY KEY (refund_id),
	CONSTRAINT uq_payments_refunds_provider_reference UNIQUE (provider, reference),
	CONSTRAINT ck_payments_refunds_state_known CHECK (state IN ('requested', 'rejected', 'approved', 'submitted', 'pending', 'succeeded', 'failed', 'bounced', 'settled', 'cancelled')),
	CONSTRAINT ck_payments_refunds_requester_known CHECK (requested_by IN ('buyer', 'seller', 'operator', 'system', 'timer', 'provider')),
	CONSTRAINT ck_payments_refunds_amount_positive CHECK (amount_minor > 0 OR (amount_minor = 0 AND state IN ('requested', 'rejected', 'succeeded') AND tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_owed_since_its_approval CHECK ((state IN ('requested', 'rejected')) = (approved_at IS NULL)),
	CONSTRAINT ck_payments_refunds_tried_before_it_is_sent CHECK ((state IN ('requested', 'rejected', 'approved', 'cancelled')) = (tried_at IS NULL) OR (state = 'succeeded' AND (requested_by = 'system' OR amount_minor = 0))),
	CONSTRAINT ck_payments_refunds_sent_is_known_there CHECK (state NOT IN ('pending', 'succeeded', 'bounced', 'settled') OR reference IS NOT NULL OR (state = 'succeeded' AND tried_at IS NULL)),
	CONSTRAINT ck_payments_refunds_known_there_once_tried CHECK (tried_at IS NOT NULL OR reference IS NULL),
	CONSTRAINT ck_payments_refunds_failure_has_a_code CHECK (state NOT IN ('failed', 'bounced', 'settled') OR failure_code IS NOT NULL),
	CONSTRAINT ck_payments_refunds_decision_has_a_note CHECK (state NOT IN ('rejected', 'settled') OR note IS NOT NULL),
	CONSTRAINT ck_payments_refunds_ended_at_a_time CHECK ((state IN ('requested', 'approved', 'submitted', 'pending')) = (ended_at IS NULL)),
	CONSTRAINT fk_payments_refunds_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id)
)
--;
CREATE INDEX ix_payments_refunds_buyer ON payments_refunds (buyer_id, refund_id)
--;
CREATE INDEX ix_payments_refunds_payment ON payments_refunds (payment_id, refund_id)
--;
CREATE INDEX ix_payments_refunds_state ON payments_refunds (state, refund_id)
--;
CREATE TABLE payments_shares (
	payment_id TEXT COLLATE "C" NOT NULL,
	seller_order_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	items_minor BIGINT NOT NULL,
	delivery_minor BIGINT NOT NULL,
	tax_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_shares_tax_minor_not_negative CHECK (tax_minor >= 0),
	fee_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_shares_fee_minor_not_negative CHECK (fee_minor >= 0),
	subsidy_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_shares_subsidy_minor_not_negative CHECK (subsidy_minor >= 0),
	tax_jurisdiction TEXT COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT pk_payments_shares PRIMARY KEY (payment_id, seller_order_id),
	CONSTRAINT ck_payments_shares_amounts_not_negative CHECK (items_minor >= 0 AND delivery_minor >= 0),
	CONSTRAINT fk_payments_shares_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id),
	CONSTRAINT uq_payments_shares_seller_order_id UNIQUE (seller_order_id)
)
--;
CREATE TABLE search_categories (
	number BIGINT NOT NULL,
	category_id TEXT COLLATE "C" NOT NULL,
	slug TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_search_categories PRIMARY KEY (number, category_id),
	CONSTRAINT fk_search_categories_number FOREIGN KEY(number) REFERENCES search_documents (number)
)
--;
CREATE INDEX ix_search_categories_category ON search_categories (category_id, number)
--;
CREATE INDEX ix_search_categories_slug ON search_categories (slug, number)
--;
CREATE TABLE video_captions (
	video_id TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	label TEXT COLLATE "C" NOT NULL,
	text_version TEXT COLLATE "C" NOT NULL,
	text TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_video_captions PRIMARY KEY (video_id, language),
	CONSTRAINT uq_video_captions_video_id_position UNIQUE (video_id, position),
	CONSTRAINT fk_video_captions_video_id FOREIGN KEY(video_id) REFERENCES video_videos (video_id)
)
--;
CREATE TABLE catalog_variants (
	variant_id TEXT COLLATE "C" NOT NULL,
	product_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	options JSONB NOT NULL,
	title TEXT COLLATE "C" NOT NULL,
	sku TEXT COLLATE "C",
	CONSTRAINT pk_catalog_variants PRIMARY KEY (variant_id),
	CONSTRAINT uq_catalog_variants_seller_id_sku UNIQUE (seller_id, sku),
	CONSTRAINT uq_catalog_variants_product_id_options UNIQUE (product_id, options),
	CONSTRAINT fk_catalog_variants_product_id FOREIGN KEY(product_id) REFERENCES catalog_products (product_id)
)
--;
CREATE TABLE identity_refresh_tokens (
	token_hash TEXT COLLATE "C" NOT NULL,
	family_id TEXT COLLATE "C" NOT NULL,
	sequence BIGINT NOT NULL,
	CONSTRAINT pk_identity_refresh_tokens PRIMARY KEY (token_hash),
	CONSTRAINT uq_identity_refresh_tokens_family_id_sequence UNIQUE (family_id, sequence),
	CONSTRAINT fk_identity_refresh_tokens_family_id FOREIGN KEY(family_id) REFERENCES identity_token_families (family_id) ON DELETE CASCADE
)
--;
CREATE TABLE payments_claims (
	claim_id TEXT COLLATE "C" NOT NULL,
	payment_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	seller_order_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	buyer_id TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	lines JSONB NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	wanted_items_minor BIGINT NOT NULL,
	wanted_delivery_minor BIGINT NOT NULL,
	offer_items_minor BIGINT,
	offer_delivery_minor BIGINT,
	granted_items_minor BIGINT,
	granted_delivery_minor BIGINT,
	refund_id TEXT COLLATE "C",
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE,
	decided_by TEXT COLLATE "C",
	closed_at TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	photos JSONB DEFAULT '[]' NOT NULL,
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
CREATE TABLE payments_dispute_parts (
	dispute_id TEXT COLLATE "C" NOT NULL,
	seller_order_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	held_items_minor BIGINT NOT NULL,
	held_delivery_minor BIGINT NOT NULL,
	released_items_minor BIGINT NOT NULL,
	released_delivery_minor BIGINT NOT NULL,
	parked_minor BIGINT NOT NULL,
	from_commission_minor BIGINT NOT NULL,
	from_vat_minor BIGINT NOT NULL,
	from_platform_minor BIGINT NOT NULL,
	from_parked_minor BIGINT NOT NULL,
	from_reserve_minor BIGINT NOT NULL,
	from_payable_minor BIGINT NOT NULL,
	from_debt_minor BIGINT NOT NULL,
	CONSTRAINT pk_payments_dispute_parts PRIMARY KEY (dispute_id, seller_order_id),
	CONSTRAINT ck_payments_dispute_parts_amounts_not_negative CHECK (held_items_minor >= 0 AND held_delivery_minor >= 0 AND released_items_minor >= 0 AND released_delivery_minor >= 0 AND parked_minor >= 0 AND from_commission_minor >= 0 AND from_vat_minor >= 0 AND from_platform_minor >= 0 AND from_parked_minor >= 0 AND from_reserve_minor >= 0 AND from_payable_minor >= 0 AND from_debt_minor >= 0),
	CONSTRAINT ck_payments_dispute_parts_takes_something CHECK (held_items_minor + held_delivery_minor + released_items_minor + released_delivery_minor > 0),
	CONSTRAINT ck_payments_dispute_parts_parked_of_what_is_theirs CHECK (parked_minor <= released_items_minor + released_delivery_minor),
	CONSTRAINT ck_payments_dispute_parts_borne_by_what_is_parked CHECK (from_parked_minor <= parked_minor),
	CONSTRAINT ck_payments_dispute_parts_borne_without_remainder CHECK (from_commission_minor + from_vat_minor + from_platform_minor + from_parked_minor + from_reserve_minor + from_payable_minor + from_debt_minor = 0 OR from_commission_minor + from_vat_minor + from_platform_minor + from_parked_minor + from_reserve_minor + from_payable_minor + from_debt_minor = released_items_minor + released_delivery_minor),
	CONSTRAINT fk_payments_dispute_parts_dispute_id FOREIGN KEY(dispute_id) REFERENCES payments_disputes (dispute_id),
	CONSTRAINT fk_payments_dispute_parts_seller_order_id FOREIGN KEY(seller_order_id) REFERENCES payments_shares (seller_order_id)
)
--;
CREATE INDEX ix_payments_dispute_parts_seller_order ON payments_dispute_parts (seller_order_id)
--;
CREATE TABLE payments_payout_items (
	payout_id TEXT COLLATE "C" NOT NULL,
	entry_id TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	CONSTRAINT pk_payments_payout_items PRIMARY KEY (payout_id, entry_id),
	CONSTRAINT ck_payments_payout_items_changes_something CHECK (amount_minor <> 0),
	CONSTRAINT fk_payments_payout_items_payout_id FOREIGN KEY(payout_id) REFERENCES payments_payouts (payout_id),
	CONSTRAINT fk_payments_payout_items_entry_id FOREIGN KEY(entry_id) REFERENCES payments_entries (entry_id)
)
--;
CREATE INDEX ix_payments_payout_items_entry ON payments_payout_items (entry_id)
--;
CREATE TABLE payments_refund_parts (
	refund_id TEXT COLLATE "C" NOT NULL,
	seller_order_id TEXT COLLATE "C" NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	wanted_items_minor BIGINT NOT NULL,
	wanted_delivery_minor BIGINT NOT NULL,
	held_items_minor BIGINT NOT NULL,
	held_delivery_minor BIGINT NOT NULL,
	released_items_minor BIGINT NOT NULL,
	released_delivery_minor BIGINT NOT NULL,
	platform_minor BIGINT NOT NULL,
	from_commission_minor BIGINT NOT NULL,
	from_vat_minor BIGINT NOT NULL,
	from_platform_minor BIGINT NOT NULL,
	from_parked_minor BIGINT NOT NULL,
	from_reserve_minor BIGINT NOT NULL,
	from_payable_minor BIGINT NOT NULL,
	from_debt_minor BIGINT NOT NULL,
	tax_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_refund_parts_tax_minor_not_negative CHECK (tax_minor >= 0),
	fee_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_refund_parts_fee_minor_not_negative CHECK (fee_minor >= 0),
	subsidy_minor BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_payments_refund_parts_subsidy_minor_not_negative CHECK (subsidy_minor >= 0),
	CONSTRAINT pk_payments_refund_parts PRIMARY KEY (refund_id, seller_order_id),
	CONSTRAINT ck_payments_refund_parts_amounts_not_negative CHECK (wanted_items_minor >= 0 AND wanted_delivery_minor >= 0 AND held_items_minor >= 0 AND held_delivery_minor >= 0 AND released_items_minor >= 0 AND released_delivery_minor >= 0 AND platform_minor >= 0 AND from_commission_minor >= 0 AND from_vat_minor >= 0 AND from_platform_minor >= 0 AND from_parked_minor >= 0 AND from_reserve_minor >= 0 AND from_payable_minor >= 0 AND from_debt_minor >= 0),
	CONSTRAINT ck_payments_refund_parts_wants_something CHECK (wanted_items_minor + wanted_delivery_minor > 0),
	CONSTRAINT ck_payments_refund_parts_platform_bears_no_more CHECK (platform_minor <= wanted_items_minor + wanted_delivery_minor),
	CONSTRAINT ck_payments_refund_parts_taken_without_remainder CHECK (held_items_minor + held_delivery_minor + released_items_minor + released_delivery_minor = 0 OR (held_items_minor + released_items_minor = wanted_items_minor AND held_delivery_minor + released_delivery_minor = wanted_delivery_minor)),
	CONSTRAINT ck_payments_refund_parts_borne_without_remainder CHECK (released_items_minor + released_delivery_minor = from_commission_minor + from_vat_minor + from_platform_minor + from_parked_minor + from_reserve_minor + from_payable_minor + from_debt_minor),
	CONSTRAINT fk_payments_refund_parts_refund_id FOREIGN KEY(refund_id) REFERENCES payments_refunds (refund_id),
	CONSTRAINT fk_payments_refund_parts_seller_order_id FOREIGN KEY(seller_order_id) REFERENCES payments_shares (seller_order_id)
)
--;
CREATE INDEX ix_payments_refund_parts_seller ON payments_refund_parts (seller_id, refund_id)
--;
CREATE INDEX ix_payments_refund_parts_seller_order ON payments_refund_parts (seller_order_id)
--;
CREATE TABLE payments_releases (
	release_id TEXT COLLATE "C" NOT NULL,
	seller_order_id TEXT COLLATE "C" NOT NULL,
	number BIGINT NOT NULL,
	seller_id TEXT COLLATE "C" NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	released_minor BIGINT NOT NULL,
	commission_minor BIGINT NOT NULL,
	vat_minor BIGINT NOT NULL,
	reserve_minor BIGINT NOT NULL,
	payable_minor BIGINT NOT NULL,
	released_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_payments_releases PRIMARY KEY (release_id),
	CONSTRAINT uq_payments_releases_seller_order_id_number UNIQUE (seller_order_id, number),
	CONSTRAINT ck_payments_releases_divided_without_remainder CHECK (commission_minor >= 0 AND vat_minor >= 0 AND reserve_minor >= 0 AND payable_minor >= 0 AND released_minor = commission_minor + vat_minor + reserve_minor + payable_minor),
	CONSTRAINT fk_payments_releases_seller_order_id FOREIGN KEY(seller_order_id) REFERENCES payments_holds (seller_order_id)
)
--;
CREATE TABLE catalog_offers (
	offer_id TEXT COLLATE "C" NOT NULL,
	variant_id TEXT COLLATE "C" NOT NULL,
	product_id TEXT COLLATE "C" NOT NULL,
	price_minor BIGINT NOT NULL,
	CONSTRAINT pk_catalog_offers PRIMARY KEY (offer_id),
	CONSTRAINT ck_catalog_offers_price_not_negative CHECK (price_minor >= 0),
	CONSTRAINT uq_catalog_offers_variant_id UNIQUE (variant_id),
	CONSTRAINT fk_catalog_offers_variant_id FOREIGN KEY(variant_id) REFERENCES catalog_variants (variant_id),
	CONSTRAINT fk_catalog_offers_product_id FOREIGN KEY(product_id) REFERENCES catalog_products (product_id)
)
--;
CREATE INDEX ix_catalog_offers_product ON catalog_offers (product_id)
--;
CREATE TABLE payments_claim_messages (
	claim_id TEXT COLLATE "C" NOT NULL,
	number BIGINT NOT NULL,
	who TEXT COLLATE "C" NOT NULL,
	text TEXT COLLATE "C" NOT NULL,
	said_at TIMESTAMP WITH TIME ZONE NOT NULL,
	did TEXT COLLATE "C",
	offered_items_minor BIGINT,
	offered_delivery_minor BIGINT,
	CONSTRAINT pk_payments_claim_messages PRIMARY KEY (claim_id, number),
	CONSTRAINT ck_payments_claim_messages_who_known CHECK (who IN ('buyer', 'seller', 'operator', 'system', 'timer', 'provider')),
	CONSTRAINT fk_payments_claim_messages_claim_id FOREIGN KEY(claim_id) REFERENCES payments_claims (claim_id)
)
--;
CREATE TABLE catalog_stock (
	offer_id TEXT COLLATE "C" NOT NULL,
	product_id TEXT COLLATE "C" NOT NULL,
	on_hand BIGINT NOT NULL,
	held BIGINT NOT NULL,
	sold BIGINT NOT NULL,
	CONSTRAINT pk_catalog_stock PRIMARY KEY (offer_id),
	CONSTRAINT ck_catalog_stock_counts_not_negative CHECK (on_hand >= 0 AND held >= 0 AND sold >= 0),
	CONSTRAINT ck_catalog_stock_never_oversold CHECK (held + sold <= on_hand),
	CONSTRAINT fk_catalog_stock_offer_id FOREIGN KEY(offer_id) REFERENCES catalog_offers (offer_id)
)
--;
CREATE TABLE catalog_movements (
	id BIGSERIAL NOT NULL,
	offer_id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	quantity BIGINT NOT NULL,
	order_id TEXT COLLATE "C",
	reason TEXT COLLATE "C" NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_catalog_movements PRIMARY KEY (id),
	CONSTRAINT ck_catalog_movements_kind_known CHECK (kind IN ('opened', 'adjusted', 'held', 'committed', 'released', 'restocked')),
	CONSTRAINT ck_catalog_movements_quantity_not_negative CHECK (kind = 'adjusted' OR quantity >= 0),
	CONSTRAINT ck_catalog_movements_order_named CHECK ((order_id IS NULL) = (kind IN ('opened', 'adjusted'))),
	CONSTRAINT fk_catalog_movements_offer_id FOREIGN KEY(offer_id) REFERENCES catalog_stock (offer_id)
)
--;
CREATE INDEX ix_catalog_movements_offer ON catalog_movements (offer_id, id)
--;
CREATE TABLE catalog_reservations (
	order_id TEXT COLLATE "C" NOT NULL,
	offer_id TEXT COLLATE "C" NOT NULL,
	quantity BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_catalog_reservations PRIMARY KEY (order_id, offer_id),
	CONSTRAINT ck_catalog_reservations_quantity_positive CHECK (quantity > 0),
	CONSTRAINT ck_catalog_reservations_state_known CHECK (state IN ('held', 'committed', 'released')),
	CONSTRAINT fk_catalog_reservations_offer_id FOREIGN KEY(offer_id) REFERENCES catalog_stock (offer_id)
)
--;
CREATE FUNCTION catalog_movements_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'a stock movement is never changed' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER catalog_movements_kept BEFORE UPDATE ON catalog_movements FOR EACH ROW EXECUTE FUNCTION catalog_movements_kept()
--;
CREATE FUNCTION catalog_movements_not_deleted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'a stock movement is never deleted' USING ERRCODE = '23000'; END IF; RETURN OLD; END $$
--;
CREATE TRIGGER catalog_movements_not_deleted BEFORE DELETE ON catalog_movements FOR EACH ROW EXECUTE FUNCTION catalog_movements_not_deleted()
--;
CREATE TRIGGER catalog_movements_not_truncated BEFORE TRUNCATE ON catalog_movements FOR EACH STATEMENT EXECUTE FUNCTION catalog_movements_not_deleted()
--;
CREATE TABLE search_fts (
  number BIGINT NOT NULL PRIMARY KEY REFERENCES search_documents (number),
  words TSVECTOR NOT NULL
)
--;
CREATE INDEX ix_search_fts_words ON search_fts USING gin (words)
--;
CREATE TABLE search_fts_vocabulary (
  term TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL REFERENCES search_documents (number),
  PRIMARY KEY (term, number)
)
--;
CREATE INDEX ix_search_fts_vocabulary_number ON search_fts_vocabulary (number)
--;
CREATE VIEW audit_voucher_is_counted AS
    SELECT v.code AS subject, 'used ' || v.used || ' times, noted ' || count(r.order_id) AS detail
    FROM orders_vouchers AS v
    LEFT JOIN orders_voucher_redemptions AS r ON r.voucher_id = v.voucher_id AND r.returned_at IS NULL
    GROUP BY v.voucher_id HAVING v.used <> count(r.order_id)
--;
CREATE FUNCTION payments_entries_no_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'payments: what became payable stays as it was booked' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER payments_entries_no_update BEFORE UPDATE OF entry_id, seller_id, currency, amount_minor, seller_order_id, kind, booked_at ON payments_entries FOR EACH ROW EXECUTE FUNCTION payments_entries_no_update()
--;
CREATE FUNCTION payments_entries_no_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'payments: what became payable stays as it was booked' USING ERRCODE = '23000'; END IF; RETURN OLD; END $$
--;
CREATE TRIGGER payments_entries_no_delete BEFORE DELETE ON payments_entries FOR EACH ROW EXECUTE FUNCTION payments_entries_no_delete()
--;
CREATE TRIGGER payments_entries_no_truncate BEFORE TRUNCATE ON payments_entries FOR EACH STATEMENT EXECUTE FUNCTION payments_entries_no_delete()
--;
CREATE FUNCTION payments_entries_one_claim() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF OLD.claimed_by IS NOT NULL AND NEW.claimed_by IS NOT NULL AND NEW.claimed_by <> OLD.claimed_by THEN RAISE EXCEPTION 'payments: another payout has claimed this entry' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER payments_entries_one_claim BEFORE UPDATE OF claimed_by ON payments_entries FOR EACH ROW EXECUTE FUNCTION payments_entries_one_claim()
--;
CREATE FUNCTION ledger_transfers_not_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF EXISTS (SELECT 1 FROM ledger_accounts WHERE id IN (NEW.debit_account_id, NEW.credit_account_id) AND closed_at IS NOT NULL) THEN RAISE EXCEPTION 'ledger: account closed' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER ledger_transfers_not_closed BEFORE INSERT ON ledger_transfers FOR EACH ROW EXECUTE FUNCTION ledger_transfers_not_closed()
--;
CREATE FUNCTION ledger_transfers_move() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
  UPDATE ledger_accounts SET
    debits_minor = debits_minor + CASE WHEN id = NEW.debit_account_id THEN NEW.amount_minor ELSE 0 END,
    credits_minor = credits_minor + CASE WHEN id = NEW.credit_account_id THEN NEW.amount_minor ELSE 0 END,
    last_transfer_id = NEW.id
  WHERE materialised = 1 AND id IN (NEW.debit_account_id, NEW.credit_account_id);
  RETURN NULL;
END $$
--;
CREATE TRIGGER ledger_transfers_move AFTER INSERT ON ledger_transfers FOR EACH ROW EXECUTE FUNCTION ledger_transfers_move()
--;
CREATE FUNCTION ledger_post(
  journal_kind text, journal_source_type text, journal_source_id text, journal_leg text, journal_posted_at timestamptz,
  journal_actor text, journal_seller_order_id text,
  debit_kinds text[], debit_subjects text[], credit_kinds text[], credit_subjects text[],
  currencies text[], amounts_minor bigint[]
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  journal_number bigint;
  moved bigint;
  codes text[];
BEGIN
  IF coalesce(cardinality(amounts_minor), 0) = 0 THEN
    RAISE EXCEPTION 'ledger: a journal moves something' USING ERRCODE = '23000';
  END IF;
  SELECT array_agg(DISTINCT concat_ws(':', s.kind, nullif(s.subject, ''), s.currency)) INTO codes
  FROM unnest(debit_kinds || credit_kinds, debit_subjects || credit_subjects, currencies || currencies)
    AS s(kind, subject, currency);
  -- What is missing is opened in the order of the codes, by the chart and not by the caller.
  INSERT INTO ledger_accounts (code, kind, subject, currency, balance_rule, materialised)
  SELECT s.code, s.kind, s.subject, s.currency, c.balance_rule, c.materialised
  FROM (
    SELECT DISTINCT concat_ws(':', p.kind, nullif(p.subject, ''), p.currency) AS code, p.kind, p.subject, p.currency
    FROM unnest(debit_kinds || credit_kinds, debit_subjects || credit_subjects, currencies || currencies)
      AS p(kind, subject, currency)
  ) AS s
  LEFT JOIN (VALUES ('psp', 'free', 0), ('wallet', 'debit_nonneg', 1), ('dispute_receivable', 'debit_nonneg', 1), ('seller_receivable', 'debit_nonneg', 1), ('escrow', 'credit_nonneg', 1), ('escrow_disputed', 'credit_nonneg', 1), ('seller_payable', 'credit_nonneg', 1), ('seller_reserve', 'credit_nonneg', 1), ('seller_dispute_hold', 'credit_nonneg', 1), ('payout_clearing', 'credit_nonneg', 1), ('refund_payable', 'credit_nonneg', 1), ('buyer_unclaimed', 'credit_nonneg', 1), ('tax_payable', 'free', 0), ('fee_deferred', 'credit_nonneg', 1), ('suspense', 'credit_nonneg', 1), ('commission_revenue', 'free', 0), ('fee_revenue', 'free', 0), ('psp_fees', 'free', 0), ('dispute_fees', 'free', 0), ('dispute_losses', 'free', 0), ('promo_subsidy', 'free', 0), ('goodwill', 'free', 0), ('bad_debt', 'free', 0)) AS c(kind, balance_rule, materialised) ON c.kind = s.kind
  WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts AS a WHERE a.code = s.code)
  ORDER BY s.code COLLATE "C"
  ON CONFLICT (code) DO NOTHING;
  -- Guarded accounts are locked in the order of their numbers, so that no two journals wait for each other.
  PERFORM 1 FROM ledger_accounts AS a WHERE a.code = ANY (codes) AND a.materialised = 1
  ORDER BY a.id FOR NO KEY UPDATE;
  INSERT INTO ledger_journals (kind, source_type, source_id, leg, posted_at, actor, seller_order_id)
  VALUES (journal_kind, journal_source_type, journal_source_id, journal_leg, journal_posted_at, journal_actor,
    journal_seller_order_id)
  RETURNING id INTO journal_number;
  INSERT INTO ledger_transfers (journal_id, debit_account_id, credit_account_id, currency, amount_minor)
  SELECT journal_number, d.id, c.id, t.currency, t.amount_minor
  FROM unnest(debit_kinds, debit_subjects, credit_kinds, credit_subjects, currencies, amounts_minor) WITH ORDINALITY
    AS t(debit_kind, debit_subject, credit_kind, credit_subject, currency, amount_minor, place)
  JOIN ledger_accounts AS d ON d.code = concat_ws(':', t.debit_kind, nullif(t.debit_subject, ''), t.currency)
  JOIN ledger_accounts AS c ON c.code = concat_ws(':', t.credit_kind, nullif(t.credit_subject, ''), t.currency)
  ORDER BY t.place;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> cardinality(amounts_minor) THEN
    RAISE EXCEPTION 'ledger: a transfer names both accounts, a currency and an amount' USING ERRCODE = '23000';
  END IF;
  RETURN journal_number;
END $$
--;
REVOKE ALL ON FUNCTION ledger_post FROM PUBLIC
--;
CREATE FUNCTION ledger_transfers_no_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'ledger: transfers and journals are only ever added' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER ledger_transfers_no_update BEFORE UPDATE ON ledger_transfers FOR EACH ROW EXECUTE FUNCTION ledger_transfers_no_update()
--;
CREATE FUNCTION ledger_transfers_no_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'ledger: transfers and journals are only ever added' USING ERRCODE = '23000'; END IF; RETURN OLD; END $$
--;
CREATE TRIGGER ledger_transfers_no_delete BEFORE DELETE ON ledger_transfers FOR EACH ROW EXECUTE FUNCTION ledger_transfers_no_delete()
--;
CREATE TRIGGER ledger_transfers_no_truncate BEFORE TRUNCATE ON ledger_transfers FOR EACH STATEMENT EXECUTE FUNCTION ledger_transfers_no_delete()
--;
CREATE FUNCTION ledger_journals_no_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'ledger: transfers and journals are only ever added' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER ledger_journals_no_update BEFORE UPDATE ON ledger_journals FOR EACH ROW EXECUTE FUNCTION ledger_journals_no_update()
--;
CREATE FUNCTION ledger_journals_no_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'ledger: transfers and journals are only ever added' USING ERRCODE = '23000'; END IF; RETURN OLD; END $$
--;
CREATE TRIGGER ledger_journals_no_delete BEFORE DELETE ON ledger_journals FOR EACH ROW EXECUTE FUNCTION ledger_journals_no_delete()
--;
CREATE TRIGGER ledger_journals_no_truncate BEFORE TRUNCATE ON ledger_journals FOR EACH STATEMENT EXECUTE FUNCTION ledger_journals_no_delete()
--;
CREATE FUNCTION ledger_accounts_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM ledger_transfers AS t WHERE t.id = NEW.last_transfer_id AND t.id > OLD.last_transfer_id AND OLD.id IN (t.debit_account_id, t.credit_account_id) AND NEW.debits_minor = OLD.debits_minor + CASE WHEN t.debit_account_id = OLD.id THEN 1 ELSE 0 END * t.amount_minor AND NEW.credits_minor = OLD.credits_minor + CASE WHEN t.credit_account_id = OLD.id THEN 1 ELSE 0 END * t.amount_minor) THEN RAISE EXCEPTION 'ledger: a balance changes only by a transfer' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER ledger_accounts_guard BEFORE UPDATE OF debits_minor, credits_minor, last_transfer_id ON ledger_accounts FOR EACH ROW EXECUTE FUNCTION ledger_accounts_guard()
--;
CREATE FUNCTION ledger_accounts_start_empty() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF NEW.debits_minor <> 0 OR NEW.credits_minor <> 0 OR NEW.last_transfer_id <> 0 OR EXISTS (SELECT 1 FROM ledger_accounts WHERE id = NEW.id) THEN RAISE EXCEPTION 'ledger: a balance changes only by a transfer' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER ledger_accounts_start_empty BEFORE INSERT ON ledger_accounts FOR EACH ROW EXECUTE FUNCTION ledger_accounts_start_empty()
--;
CREATE FUNCTION ledger_accounts_identity() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'ledger: what an account is never changes' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER ledger_accounts_identity BEFORE UPDATE OF id, code, kind, subject, currency, balance_rule, materialised ON ledger_accounts FOR EACH ROW EXECUTE FUNCTION ledger_accounts_identity()
--;
CREATE FUNCTION ledger_accounts_no_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'ledger: what an account is never changes' USING ERRCODE = '23000'; END IF; RETURN OLD; END $$
--;
CREATE TRIGGER ledger_accounts_no_delete BEFORE DELETE ON ledger_accounts FOR EACH ROW EXECUTE FUNCTION ledger_accounts_no_delete()
--;
CREATE TRIGGER ledger_accounts_no_truncate BEFORE TRUNCATE ON ledger_accounts FOR EACH STATEMENT EXECUTE FUNCTION ledger_accounts_no_delete()
--;
CREATE VIEW ledger_entries AS
    SELECT debit_account_id AS account_id, amount_minor AS debit_minor, 0 AS credit_minor FROM ledger_transfers
    UNION ALL SELECT credit_account_id, 0, amount_minor FROM ledger_transfers
--;
CREATE VIEW ledger_sums AS
    SELECT id AS account_id, code, kind, currency, debits_minor, credits_minor FROM ledger_accounts
    WHERE materialised = 1
    UNION ALL
    SELECT a.id, a.code, a.kind, a.currency, coalesce(sum(e.debit_minor), 0), coalesce(sum(e.credit_minor), 0)
    FROM ledger_accounts AS a LEFT JOIN ledger_entries AS e ON e.account_id = a.id
    WHERE a.materialised = 0 GROUP BY a.id
--;
CREATE VIEW audit_sum_zero AS
    SELECT currency AS subject, 'debits exceed credits by ' || sum(debits_minor - credits_minor) AS detail
    FROM ledger_sums GROUP BY currency HAVING sum(debits_minor - credits_minor) <> 0
--;
CREATE VIEW audit_balance_drift AS
    SELECT a.code AS subject, 'differs from its transfers' AS detail
    FROM ledger_accounts AS a LEFT JOIN ledger_entries AS e ON e.account_id = a.id
    WHERE a.materialised = 1 GROUP BY a.id
    HAVING a.debits_minor <> coalesce(sum(e.debit_minor), 0) OR a.credits_minor <> coalesce(sum(e.credit_minor), 0)
--;
CREATE VIEW audit_overdrawn AS
    SELECT code AS subject, 'stands at ' || (debits_minor - credits_minor) AS detail FROM ledger_accounts
    WHERE (balance_rule = 'credit_nonneg' AND debits_minor > credits_minor)
       OR (balance_rule = 'debit_nonneg' AND credits_minor > debits_minor)
--;
CREATE VIEW audit_empty_journal AS
    SELECT source_id AS subject, 'moves nothing' AS detail FROM ledger_journals AS j
    WHERE NOT EXISTS (SELECT 1 FROM ledger_transfers AS t WHERE t.journal_id = j.id)
--;
CREATE VIEW audit_escrow_matches_hold AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('escrow')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'escrow:' || seller_order_id || ':' || currency AS code, held_items_minor + held_delivery_minor AS minor FROM payments_holds) AS part_1
    ) AS part_2 GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW audit_fee_matches_holds AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('fee_deferred')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'fee_deferred:' || order_id || ':' || currency AS code, kept_fee_minor AS minor FROM payments_holds) AS part_1
    ) AS part_2 GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW audit_refunds_within_payment AS
    SELECT p.payment_id AS subject,
      'captured ' || p.captured_minor || ', refunded ' || sum(r.amount_minor) AS detail
    FROM payments_payments AS p JOIN payments_refunds AS r ON r.payment_id = p.payment_id
    WHERE p.captured_minor IS NOT NULL
      AND r.state IN ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled')
    GROUP BY p.payment_id HAVING sum(r.amount_minor) > p.captured_minor
--;
CREATE VIEW audit_payable_is_unclaimed AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('seller_payable')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'seller_payable:' || seller_id || ':' || currency AS code, amount_minor AS minor FROM payments_entries WHERE claimed_by IS NULL) AS part_1
    ) AS part_2 GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW audit_clearing_matches_payout AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('payout_clearing')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'payout_clearing:' || payout_id || ':' || currency AS code, amount_minor AS minor FROM payments_payouts WHERE state NOT IN ('paid', 'cancelled')) AS part_1
    ) AS part_2 GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW audit_wallet_matches_payouts AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('wallet')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'wallet:' || seller_id || ':' || currency AS code, amount_minor AS minor FROM payments_payouts WHERE transfer_reference IS NOT NULL AND reversal_reference IS NULL AND state NOT IN ('paid', 'cancelled')) AS part_1
    ) AS part_2 GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW audit_refund_matches_books AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('refund_payable', 'buyer_unclaimed')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'refund_payable:' || refund_id || ':' || currency AS code, amount_minor AS minor FROM payments_refunds WHERE state IN ('approved', 'submitted', 'pending') UNION ALL SELECT 'buyer_unclaimed:' || refund_id || ':' || currency, amount_minor FROM payments_refunds WHERE state = 'bounced') AS part_1
    ) AS part_2 GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW audit_dispute_matches_books AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('dispute_receivable', 'escrow_disputed', 'seller_dispute_hold')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'dispute_receivable:' || dispute_id || ':' || currency AS code, amount_minor AS minor FROM payments_disputes WHERE state IN ('needs_response', 'under_review') UNION ALL SELECT 'escrow_disputed:' || d.dispute_id || ':' || d.currency, p.held_items_minor + p.held_delivery_minor FROM payments_disputes AS d JOIN payments_dispute_parts AS p ON p.dispute_id = d.dispute_id WHERE d.state IN ('needs_response', 'under_review') UNION ALL SELECT 'seller_dispute_hold:' || d.dispute_id || ':' || d.currency, p.parked_minor FROM payments_disputes AS d JOIN payments_dispute_parts AS p ON p.dispute_id = d.dispute_id WHERE d.state IN ('needs_response', 'under_review')) AS part_1
    ) AS part_2 GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW audit_share_is_whole AS
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
    ) AS part_1 WHERE paid <> placed
--;
CREATE VIEW audit_payout_matches_items AS
    SELECT p.payout_id AS subject,
      'amounts to ' || p.amount_minor || ', its items to ' || coalesce(sum(i.amount_minor), 0) AS detail
    FROM payments_payouts AS p LEFT JOIN payments_payout_items AS i ON i.payout_id = p.payout_id
    GROUP BY p.payout_id HAVING p.amount_minor <> coalesce(sum(i.amount_minor), 0)
--;
CREATE VIEW audit_capture_is_booked AS
    SELECT p.payment_id AS subject,
      'captured ' || coalesce(p.captured_minor, 0) || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_payments AS p
    LEFT JOIN ledger_journals AS j ON j.source_type = 'payment' AND j.source_id = p.payment_id
      AND j.kind IN ('payment_captured', 'capture_suspended')
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
      AND t.debit_account_id IN (SELECT id FROM ledger_accounts WHERE kind = 'psp')
    GROUP BY p.payment_id HAVING coalesce(p.captured_minor, 0) <> coalesce(sum(t.amount_minor), 0)
--;
CREATE VIEW audit_fee_is_booked AS
    SELECT p.payment_id AS subject,
      'the provider kept ' || coalesce(p.fee_minor, 0) || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_payments AS p
    LEFT JOIN ledger_journals AS j ON j.source_type = 'payment' AND j.source_id = p.payment_id
      AND j.kind = 'provider_fee'
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
    GROUP BY p.payment_id HAVING coalesce(p.fee_minor, 0) <> coalesce(sum(t.amount_minor), 0)
--;
CREATE VIEW audit_release_is_booked AS
    SELECT r.release_id AS subject,
      'released ' || r.released_minor || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_releases AS r
    LEFT JOIN ledger_journals AS j ON j.source_type = 'release' AND j.source_id = r.release_id
      AND j.kind = 'escrow_released'
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
    GROUP BY r.release_id HAVING r.released_minor <> coalesce(sum(t.amount_minor), 0)
--;
CREATE VIEW audit_release_matches_share AS
    SELECT h.seller_order_id AS subject,
      'its releases sum to ' || coalesce(sum(r.released_minor), 0) || ', its share says ' || h.released_minor AS detail
    FROM payments_holds AS h LEFT JOIN payments_releases AS r ON r.seller_order_id = h.seller_order_id
    GROUP BY h.seller_order_id HAVING h.released_minor <> coalesce(sum(r.released_minor), 0)
--;
CREATE VIEW audit_refund_matches_share AS
    SELECT h.seller_order_id AS subject,
      'its refunds sum to ' || coalesce(sum(p.wanted_items_minor + p.wanted_delivery_minor), 0)
      || ', its share says ' || (h.refunded_held_items_minor + h.refunded_held_delivery_minor
        + h.refunded_released_items_minor + h.refunded_released_delivery_minor) AS detail
    FROM payments_holds AS h
    LEFT JOIN (
      SELECT p.* FROM payments_refund_parts AS p JOIN payments_refunds AS r ON r.refund_id = p.refund_id
      WHERE r.state IN ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled')
    ) AS p ON p.seller_order_id = h.seller_order_id
    GROUP BY h.seller_order_id
    HAVING h.refunded_held_items_minor + h.refunded_held_delivery_minor
      + h.refunded_released_items_minor + h.refunded_released_delivery_minor
      <> coalesce(sum(p.wanted_items_minor + p.wanted_delivery_minor), 0)
--;
CREATE VIEW audit_dispute_matches_share AS
    SELECT h.seller_order_id AS subject,
      'disputes have ' || coalesce(sum(p.open_minor), 0) || ' and took ' || coalesce(sum(p.lost_minor), 0)
      || ', its share says ' || (h.disputed_held_items_minor + h.disputed_held_delivery_minor
        + h.disputed_released_items_minor + h.disputed_released_delivery_minor)
      || ' and ' || (h.lost_held_items_minor + h.lost_held_delivery_minor
        + h.lost_released_items_minor + h.lost_released_delivery_minor) AS detail
    FROM payments_holds AS h
    LEFT JOIN (
      SELECT p.seller_order_id,
        CASE WHEN d.state IN ('needs_response', 'under_review') THEN p.held_items_minor + p.held_delivery_minor
          + p.released_items_minor + p.released_delivery_minor ELSE 0 END AS open_minor,
        CASE WHEN d.state = 'lost' THEN p.held_items_minor + p.held_delivery_minor
          + p.released_items_minor + p.released_delivery_minor ELSE 0 END AS lost_minor
      FROM payments_dispute_parts AS p JOIN payments_disputes AS d ON d.dispute_id = p.dispute_id
    ) AS p ON p.seller_order_id = h.seller_order_id
    GROUP BY h.seller_order_id
    HAVING h.disputed_held_items_minor + h.disputed_held_delivery_minor
      + h.disputed_released_items_minor + h.disputed_released_delivery_minor <> coalesce(sum(p.open_minor), 0)
      OR h.lost_held_items_minor + h.lost_held_delivery_minor
      + h.lost_released_items_minor + h.lost_released_delivery_minor <> coalesce(sum(p.lost_minor), 0)
--;
CREATE VIEW audit_ended_hold_is_empty AS
    SELECT seller_order_id AS subject,
      'is ' || state || ' and holds ' || (held_items_minor + held_delivery_minor) AS detail
    FROM payments_holds
    WHERE state NOT IN ('held', 'frozen') AND held_items_minor + held_delivery_minor <> 0
--;
CREATE VIEW audit_suspense_matches_payment AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind IN ('suspense')
      UNION ALL SELECT code, 0, minor FROM (SELECT 'suspense:' || payment_id || ':' || captured_currency AS code, captured_minor - CASE state WHEN 'captured' THEN amount_minor ELSE 0 END AS minor FROM payments_payments WHERE captured_minor IS NOT NULL UNION ALL SELECT 'suspense:' || r.payment_id || ':' || r.currency, -r.amount_minor FROM payments_refunds AS r WHERE r.state IN ('approved', 'submitted', 'pending', 'succeeded', 'bounced', 'settled') AND NOT EXISTS (SELECT 1 FROM payments_refund_parts AS p WHERE p.refund_id = r.refund_id)) AS part_1
    ) AS part_2 GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW audit_entry_is_claimed_once AS
    SELECT i.entry_id AS subject, 'claimed by ' || string_agg(i.payout_id, ' and ') AS detail
    FROM payments_payout_items AS i JOIN payments_payouts AS p ON p.payout_id = i.payout_id
    WHERE p.state <> 'cancelled' GROUP BY i.entry_id HAVING count(*) > 1
--;
CREATE VIEW audit_journal_has_source AS
    SELECT source_id AS subject, kind || ' (jrn_' || id || ') of no ' || source_type AS detail
    FROM ledger_journals AS j WHERE CASE source_type
      WHEN 'payment' THEN NOT EXISTS (SELECT 1 FROM payments_payments WHERE payment_id = j.source_id)
      WHEN 'release' THEN NOT EXISTS (SELECT 1 FROM payments_releases WHERE release_id = j.source_id)
      WHEN 'refund' THEN NOT EXISTS (SELECT 1 FROM payments_refunds WHERE refund_id = j.source_id)
      WHEN 'dispute' THEN NOT EXISTS (SELECT 1 FROM payments_disputes WHERE dispute_id = j.source_id)
      WHEN 'payout' THEN NOT EXISTS (SELECT 1 FROM payments_payouts WHERE payout_id = j.source_id)
      ELSE FALSE END
    AND leg NOT LIKE '%:reversed'
    AND NOT EXISTS (SELECT 1 FROM ledger_journals AS r WHERE r.kind = j.kind AND r.source_type = j.source_type
      AND r.source_id = j.source_id AND r.leg = j.leg || ':reversed')
--;
CREATE FUNCTION acts_no_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'acts: what was done stays written down' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER acts_no_update BEFORE UPDATE ON acts FOR EACH ROW EXECUTE FUNCTION acts_no_update()
--;
CREATE FUNCTION acts_no_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'acts: what was done stays written down' USING ERRCODE = '23000'; END IF; RETURN OLD; END $$
--;
CREATE TRIGGER acts_no_delete BEFORE DELETE ON acts FOR EACH ROW EXECUTE FUNCTION acts_no_delete()
--;
CREATE TRIGGER acts_no_truncate BEFORE TRUNCATE ON acts FOR EACH STATEMENT EXECUTE FUNCTION acts_no_delete()
--;
CREATE FUNCTION policies_no_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'policies: orders were placed under them' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER policies_no_update BEFORE UPDATE ON policies FOR EACH ROW EXECUTE FUNCTION policies_no_update()
--;
CREATE FUNCTION policies_no_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'policies: orders were placed under them' USING ERRCODE = '23000'; END IF; RETURN OLD; END $$
--;
CREATE TRIGGER policies_no_delete BEFORE DELETE ON policies FOR EACH ROW EXECUTE FUNCTION policies_no_delete()
--;
CREATE TRIGGER policies_no_truncate BEFORE TRUNCATE ON policies FOR EACH STATEMENT EXECUTE FUNCTION policies_no_delete()
--;
CREATE FUNCTION policies_in_order() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM policies) THEN RAISE EXCEPTION 'policies: the next number is taken, and no other' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$
--;
CREATE TRIGGER policies_in_order BEFORE INSERT ON policies FOR EACH ROW EXECUTE FUNCTION policies_in_order()
