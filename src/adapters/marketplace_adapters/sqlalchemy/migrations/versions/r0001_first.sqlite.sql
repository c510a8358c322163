CREATE TABLE cart_carts (
	cart_id TEXT NOT NULL, 
	buyer_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	order_id TEXT, 
	lines TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_cart_carts PRIMARY KEY (cart_id), 
	CONSTRAINT ck_cart_carts_state_known CHECK (state IN ('open', 'checked_out')), 
	CONSTRAINT ck_cart_carts_checked_out_has_order CHECK ((state = 'checked_out') = (order_id IS NOT NULL))
)
 STRICT
--;
CREATE UNIQUE INDEX uq_cart_carts_open_of_buyer ON cart_carts (buyer_id) WHERE state = 'open'
--;
CREATE TABLE catalog_categories (
	category_id TEXT NOT NULL, 
	slug TEXT NOT NULL, 
	name TEXT NOT NULL, 
	parent_id TEXT, 
	path TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_catalog_categories PRIMARY KEY (category_id), 
	CONSTRAINT uq_catalog_categories_slug UNIQUE (slug), 
	CONSTRAINT fk_catalog_categories_parent_id FOREIGN KEY(parent_id) REFERENCES catalog_categories (category_id), 
	CONSTRAINT uq_catalog_categories_path UNIQUE (path)
)
 STRICT
--;
CREATE TABLE consumed_messages (
	consumer TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	consumed_at TEXT NOT NULL, 
	CONSTRAINT pk_consumed_messages PRIMARY KEY (consumer, message_id)
)
 STRICT
--;
CREATE TABLE deadlines (
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	due_at TEXT NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	last_error TEXT, 
	CONSTRAINT pk_deadlines PRIMARY KEY (kind, subject)
)
 STRICT
--;
CREATE INDEX ix_deadlines_due ON deadlines (due_at)
--;
CREATE TABLE idempotency_keys (
	principal TEXT NOT NULL, 
	operation TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	fingerprint BLOB NOT NULL, 
	state TEXT NOT NULL, 
	claimed_at TEXT NOT NULL, 
	outcome TEXT, 
	CONSTRAINT pk_idempotency_keys PRIMARY KEY (principal, operation, "key"), 
	CONSTRAINT ck_idempotency_keys_state_known CHECK (state IN ('in_progress', 'completed')), 
	CONSTRAINT ck_idempotency_keys_completed_has_outcome CHECK ((state = 'completed') = (outcome IS NOT NULL)), 
	CONSTRAINT ck_idempotency_keys_key_length CHECK (length(key) BETWEEN 8 AND 255)
)
 STRICT
--;
CREATE TABLE identity_users (
	user_id TEXT NOT NULL, 
	email TEXT NOT NULL, 
	email_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	locale TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	long_password INTEGER NOT NULL, 
	is_buyer INTEGER NOT NULL, 
	is_operator INTEGER NOT NULL, 
	session_version INTEGER NOT NULL, 
	registered_at TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_identity_users PRIMARY KEY (user_id), 
	CONSTRAINT ck_identity_users_email_key_is_lower_case CHECK (email_key = lower(email_key)), 
	CONSTRAINT ck_identity_users_operator_has_long_password CHECK (is_operator = 0 OR long_password = 1), 
	CONSTRAINT ck_identity_users_session_version_positive CHECK (session_version > 0), 
	CONSTRAINT uq_identity_users_email_key UNIQUE (email_key)
)
 STRICT
--;
CREATE TABLE landing_pages (
	page_id TEXT NOT NULL, 
	seller_id TEXT NOT NULL, 
	draft TEXT NOT NULL, 
	draft_saved_at TEXT NOT NULL, 
	current_number INTEGER, 
	is_public INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_landing_pages PRIMARY KEY (page_id), 
	CONSTRAINT ck_landing_pages_public_has_version CHECK (is_public = 0 OR current_number IS NOT NULL), 
	CONSTRAINT uq_landing_pages_seller_id UNIQUE (seller_id)
)
 STRICT
--;
CREATE TABLE ledger_accounts (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	balance_rule TEXT NOT NULL, 
	materialised INTEGER NOT NULL, 
	debits_minor INTEGER DEFAULT 0 NOT NULL, 
	credits_minor INTEGER DEFAULT 0 NOT NULL, 
	last_transfer_id INTEGER DEFAULT 0 NOT NULL, 
	closed_at TEXT, 
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
 STRICT
--;
CREATE INDEX ix_ledger_accounts_kind ON ledger_accounts (kind, subject)
--;
CREATE TABLE ledger_journals (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	source_type TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	leg TEXT NOT NULL, 
	posted_at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	CONSTRAINT pk_ledger_journals PRIMARY KEY (id), 
	CONSTRAINT uq_ledger_journals_kind_source_type_source_id_leg UNIQUE (kind, source_type, source_id, leg), 
	CONSTRAINT ck_ledger_journals_kind_known CHECK (kind IN ('payment_captured', 'provider_fee', 'escrow_released', 'payout_assembled', 'payout_cancelled', 'transfer_succeeded', 'payout_paid', 'capture_suspended'))
)
 STRICT
--;
CREATE INDEX ix_ledger_journals_source ON ledger_journals (source_id, id)
--;
CREATE TABLE notifications_mails (
	mail_id TEXT NOT NULL, 
	fact TEXT NOT NULL, 
	template TEXT NOT NULL, 
	template_version INTEGER NOT NULL, 
	recipient TEXT NOT NULL, 
	address TEXT NOT NULL, 
	locale TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	queued_at TEXT NOT NULL, 
	sent_at TEXT, 
	last_error TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_notifications_mails PRIMARY KEY (mail_id), 
	CONSTRAINT uq_notifications_mails_fact_template_recipient UNIQUE (fact, template, recipient), 
	CONSTRAINT ck_notifications_mails_state_known CHECK (state IN ('queued', 'sent', 'failed')), 
	CONSTRAINT ck_notifications_mails_sent_has_time CHECK ((state = 'sent') = (sent_at IS NOT NULL)), 
	CONSTRAINT ck_notifications_mails_attempts_counted CHECK (attempts >= 0)
)
 STRICT
--;
CREATE INDEX ix_notifications_mails_recipient ON notifications_mails (recipient, mail_id)
--;
CREATE INDEX ix_notifications_mails_state ON notifications_mails (state, mail_id)
--;
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
	CONSTRAINT ck_orders_orders_state_known CHECK (state IN ('pending_payment', 'payment_review', 'confirmed', 'expired', 'cancelled')), 
	CONSTRAINT ck_orders_orders_total_not_negative CHECK (total_minor >= 0), 
	CONSTRAINT uq_orders_orders_cart_id UNIQUE (cart_id), 
	CONSTRAINT uq_orders_orders_payment_id UNIQUE (payment_id)
)
 STRICT
--;
CREATE INDEX ix_orders_orders_buyer ON orders_orders (buyer_id, order_id)
--;
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	event_id TEXT NOT NULL, 
	aggregate_type TEXT NOT NULL, 
	aggregate_id TEXT NOT NULL, 
	aggregate_seq INTEGER NOT NULL, 
	topic TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	occurred_at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	cause TEXT, 
	available_at TEXT NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	last_error TEXT, 
	published_at TEXT, 
	quarantined INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_aggregate_type_aggregate_id_aggregate_seq UNIQUE (aggregate_type, aggregate_id, aggregate_seq), 
	CONSTRAINT uq_outbox_event_id UNIQUE (event_id)
)
 STRICT
--;
CREATE INDEX ix_outbox_waiting ON outbox (id) WHERE published_at IS NULL AND quarantined = 0
--;
CREATE INDEX ix_outbox_waiting_aggregate ON outbox (aggregate_type, aggregate_id, id) WHERE published_at IS NULL AND quarantined = 0
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
	CONSTRAINT ck_payments_payments_money_has_a_state CHECK (captured_minor IS NULL OR state IN ('captured', 'review')), 
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
	failure_code TEXT, 
	paid_at TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments_payouts PRIMARY KEY (payout_id), 
	CONSTRAINT uq_payments_payouts_provider_transfer_reference UNIQUE (provider, transfer_reference), 
	CONSTRAINT uq_payments_payouts_provider_bank_reference UNIQUE (provider, bank_reference), 
	CONSTRAINT ck_payments_payouts_state_known CHECK (state IN ('assembled', 'held', 'ready', 'transferring', 'transfer_failed', 'in_transit', 'paid', 'failed', 'cancelled')), 
	CONSTRAINT ck_payments_payouts_pays_something CHECK (amount_minor > 0 AND attempt > 0), 
	CONSTRAINT ck_payments_payouts_paid_at_a_time CHECK ((state = 'paid') = (paid_at IS NOT NULL)), 
	CONSTRAINT ck_payments_payouts_sent_is_known_there CHECK (state NOT IN ('in_transit', 'paid') OR bank_reference IS NOT NULL), 
	CONSTRAINT ck_payments_payouts_what_is_out_is_not_cancelled CHECK (state <> 'cancelled' OR transfer_reference IS NULL)
)
 STRICT
--;
CREATE INDEX ix_payments_payouts_seller ON payments_payouts (seller_id, payout_id)
--;
CREATE TABLE payments_seller_accounts (
	seller_id TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	provider TEXT NOT NULL, 
	state TEXT NOT NULL, 
	reference TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments_seller_accounts PRIMARY KEY (seller_id), 
	CONSTRAINT uq_payments_seller_accounts_provider_reference UNIQUE (provider, reference), 
	CONSTRAINT ck_payments_seller_accounts_state_known CHECK (state IN ('pending', 'enabled', 'restricted')), 
	CONSTRAINT ck_payments_seller_accounts_enabled_is_known_there CHECK (state <> 'enabled' OR reference IS NOT NULL)
)
 STRICT
--;
CREATE TABLE provider_messages (
	provider TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	type TEXT NOT NULL, 
	subject TEXT, 
	reference TEXT, 
	raw BLOB NOT NULL, 
	received_at TEXT NOT NULL, 
	available_at TEXT NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	last_error TEXT, 
	processed_at TEXT, 
	quarantined INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_provider_messages PRIMARY KEY (provider, message_id)
)
 STRICT
--;
CREATE INDEX ix_provider_messages_waiting ON provider_messages (available_at) WHERE processed_at IS NULL AND quarantined = 0
--;
CREATE TABLE search_documents (
	number INTEGER NOT NULL, 
	product_id TEXT NOT NULL, 
	seller_id TEXT NOT NULL, 
	seller_slug TEXT NOT NULL, 
	seller_name TEXT NOT NULL, 
	currency TEXT, 
	price_from_minor INTEGER, 
	price_to_minor INTEGER, 
	in_stock INTEGER NOT NULL, 
	has_video INTEGER NOT NULL, 
	published_at TEXT NOT NULL, 
	hit TEXT NOT NULL, 
	CONSTRAINT pk_search_documents PRIMARY KEY (number), 
	CONSTRAINT uq_search_documents_product_id UNIQUE (product_id)
)
 STRICT
--;
CREATE INDEX ix_search_documents_seller ON search_documents (seller_id)
--;
CREATE TABLE video_videos (
	video_id TEXT NOT NULL, 
	seller_id TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	filename TEXT NOT NULL, 
	content_type TEXT NOT NULL, 
	upload_bytes INTEGER NOT NULL, 
	upload_key TEXT NOT NULL, 
	requested_at TEXT NOT NULL, 
	state TEXT NOT NULL, 
	uploaded_at TEXT, 
	progress_percent INTEGER NOT NULL, 
	reason_code TEXT, 
	reason TEXT, 
	playback TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_video_videos PRIMARY KEY (video_id), 
	CONSTRAINT ck_video_videos_state_known CHECK (state IN ('awaiting_upload', 'uploaded', 'ingesting', 'processing', 'ready', 'failed', 'deleted')), 
	CONSTRAINT ck_video_videos_ready_is_playable CHECK (state <> 'ready' OR playback IS NOT NULL), 
	CONSTRAINT ck_video_videos_failed_has_reason CHECK (state <> 'failed' OR reason_code IS NOT NULL), 
	CONSTRAINT ck_video_videos_progress_is_percent CHECK (progress_percent BETWEEN 0 AND 100), 
	CONSTRAINT uq_video_videos_upload_key UNIQUE (upload_key)
)
 STRICT
--;
CREATE INDEX ix_video_videos_seller ON video_videos (seller_id, video_id)
--;
CREATE TABLE catalog_products (
	product_id TEXT NOT NULL, 
	seller_id TEXT NOT NULL, 
	seller_name TEXT NOT NULL, 
	seller_slug TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	handle TEXT NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	category_id TEXT, 
	tags TEXT NOT NULL, 
	option_names TEXT NOT NULL, 
	images TEXT NOT NULL, 
	image_url TEXT, 
	video TEXT, 
	status TEXT NOT NULL, 
	on_hold INTEGER NOT NULL, 
	created_at TEXT NOT NULL, 
	changed_at TEXT NOT NULL, 
	published_at TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_catalog_products PRIMARY KEY (product_id), 
	CONSTRAINT uq_catalog_products_seller_id_handle UNIQUE (seller_id, handle), 
	CONSTRAINT ck_catalog_products_status_known CHECK (status IN ('draft', 'published', 'archived')), 
	CONSTRAINT ck_catalog_products_published_has_moment CHECK (status <> 'published' OR published_at IS NOT NULL), 
	CONSTRAINT fk_catalog_products_category_id FOREIGN KEY(category_id) REFERENCES catalog_categories (category_id)
)
 STRICT
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
	CONSTRAINT ck_identity_sellers_status_known CHECK (status IN ('applied', 'active', 'suspended')), 
	CONSTRAINT ck_identity_sellers_slug_shape CHECK (slug = lower(slug) AND length(slug) BETWEEN 3 AND 40), 
	CONSTRAINT ck_identity_sellers_codes_shape CHECK (length(country) = 2 AND length(currency) = 3), 
	CONSTRAINT uq_identity_sellers_user_id UNIQUE (user_id), 
	CONSTRAINT fk_identity_sellers_user_id FOREIGN KEY(user_id) REFERENCES identity_users (user_id), 
	CONSTRAINT uq_identity_sellers_slug UNIQUE (slug)
)
 STRICT
--;
CREATE INDEX ix_identity_sellers_status ON identity_sellers (status, seller_id)
--;
CREATE TABLE identity_token_families (
	family_id TEXT NOT NULL, 
	user_id TEXT NOT NULL, 
	session_version INTEGER NOT NULL, 
	device TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	last_used_at TEXT NOT NULL, 
	token_hash TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	rotated_at TEXT, 
	ended_at TEXT, 
	end_reason TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_identity_token_families PRIMARY KEY (family_id), 
	CONSTRAINT ck_identity_token_families_ended_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)), 
	CONSTRAINT ck_identity_token_families_end_reason_known CHECK (end_reason IS NULL OR end_reason IN ('signed_out', 'reuse')), 
	CONSTRAINT ck_identity_token_families_rotated_after_the_first CHECK ((sequence = 1) = (rotated_at IS NULL)), 
	CONSTRAINT fk_identity_token_families_user_id FOREIGN KEY(user_id) REFERENCES identity_users (user_id), 
	CONSTRAINT uq_identity_token_families_token_hash UNIQUE (token_hash)
)
 STRICT
--;
CREATE INDEX ix_identity_token_families_user ON identity_token_families (user_id, last_used_at)
--;
CREATE TABLE landing_versions (
	page_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	published_at TEXT NOT NULL, 
	CONSTRAINT pk_landing_versions PRIMARY KEY (page_id, number), 
	CONSTRAINT ck_landing_versions_number_positive CHECK (number > 0), 
	CONSTRAINT fk_landing_versions_page_id FOREIGN KEY(page_id) REFERENCES landing_pages (page_id)
)
 STRICT
--;
CREATE TABLE ledger_transfers (
	id INTEGER NOT NULL, 
	journal_id INTEGER NOT NULL, 
	debit_account_id INTEGER NOT NULL, 
	credit_account_id INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	amount_minor INTEGER NOT NULL, 
	CONSTRAINT pk_ledger_transfers PRIMARY KEY (id), 
	CONSTRAINT fk_transfers_debit FOREIGN KEY(debit_account_id, currency) REFERENCES ledger_accounts (id, currency), 
	CONSTRAINT fk_transfers_credit FOREIGN KEY(credit_account_id, currency) REFERENCES ledger_accounts (id, currency), 
	CONSTRAINT ck_ledger_transfers_amount_in_bounds CHECK (amount_minor > 0 AND amount_minor <= 1000000000000), 
	CONSTRAINT ck_ledger_transfers_two_accounts CHECK (debit_account_id <> credit_account_id), 
	CONSTRAINT fk_ledger_transfers_journal_id FOREIGN KEY(journal_id) REFERENCES ledger_journals (id)
)
 STRICT
--;
CREATE INDEX ix_ledger_transfers_credit ON ledger_transfers (credit_account_id, amount_minor)
--;
CREATE INDEX ix_ledger_transfers_debit ON ledger_transfers (debit_account_id, amount_minor)
--;
CREATE INDEX ix_ledger_transfers_journal ON ledger_transfers (journal_id)
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
	carrier TEXT, 
	tracking TEXT, 
	shipped_at TEXT, 
	proof TEXT, 
	delivered_at TEXT, 
	history TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_orders_seller_orders PRIMARY KEY (seller_order_id), 
	CONSTRAINT uq_orders_seller_orders_order_id_seller_id UNIQUE (order_id, seller_id), 
	CONSTRAINT ck_orders_seller_orders_state_known CHECK (state IN ('pending', 'confirmed', 'accepted', 'shipped', 'delivered', 'cancelled')), 
	CONSTRAINT ck_orders_seller_orders_amounts_not_negative CHECK (items_minor >= 0 AND delivery_minor >= 0 AND quantity > 0), 
	CONSTRAINT ck_orders_seller_orders_shipment_whole CHECK ((shipped_at IS NULL) = (carrier IS NULL) AND (shipped_at IS NULL) = (tracking IS NULL)), 
	CONSTRAINT ck_orders_seller_orders_shipped_has_shipment CHECK (state NOT IN ('shipped', 'delivered') OR shipped_at IS NOT NULL), 
	CONSTRAINT ck_orders_seller_orders_delivered_has_proof CHECK ((state = 'delivered') = (delivered_at IS NOT NULL) AND (state = 'delivered') = (proof IS NOT NULL)), 
	CONSTRAINT fk_orders_seller_orders_order_id FOREIGN KEY(order_id) REFERENCES orders_orders (order_id)
)
 STRICT
--;
CREATE INDEX ix_orders_seller_orders_seller ON orders_seller_orders (seller_id, seller_order_id)
--;
CREATE INDEX ix_orders_seller_orders_seller_state ON orders_seller_orders (seller_id, state, seller_order_id)
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
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments_holds PRIMARY KEY (seller_order_id), 
	CONSTRAINT ck_payments_holds_state_known CHECK (state IN ('pending', 'held', 'frozen', 'released', 'void')), 
	CONSTRAINT ck_payments_holds_proof_known CHECK (proof IS NULL OR proof IN ('buyer', 'operator', 'carrier', 'seller')), 
	CONSTRAINT ck_payments_holds_amounts_not_negative CHECK (items_minor >= 0 AND delivery_minor >= 0), 
	CONSTRAINT ck_payments_holds_released_within_share CHECK (released_minor >= 0 AND released_minor <= items_minor + delivery_minor), 
	CONSTRAINT ck_payments_holds_released_in_full CHECK (state <> 'released' OR released_minor = items_minor + delivery_minor), 
	CONSTRAINT ck_payments_holds_unpaid_releases_nothing CHECK (state NOT IN ('pending', 'void') OR released_minor = 0), 
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
CREATE TABLE payments_shares (
	payment_id TEXT NOT NULL, 
	seller_order_id TEXT NOT NULL, 
	seller_id TEXT NOT NULL, 
	items_minor INTEGER NOT NULL, 
	delivery_minor INTEGER NOT NULL, 
	CONSTRAINT pk_payments_shares PRIMARY KEY (payment_id, seller_order_id), 
	CONSTRAINT ck_payments_shares_amounts_not_negative CHECK (items_minor >= 0 AND delivery_minor >= 0), 
	CONSTRAINT fk_payments_shares_payment_id FOREIGN KEY(payment_id) REFERENCES payments_payments (payment_id), 
	CONSTRAINT uq_payments_shares_seller_order_id UNIQUE (seller_order_id)
)
 STRICT
--;
CREATE TABLE search_categories (
	number INTEGER NOT NULL, 
	category_id TEXT NOT NULL, 
	slug TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_search_categories PRIMARY KEY (number, category_id), 
	CONSTRAINT fk_search_categories_number FOREIGN KEY(number) REFERENCES search_documents (number)
)
 STRICT
--;
CREATE INDEX ix_search_categories_category ON search_categories (category_id, number)
--;
CREATE INDEX ix_search_categories_slug ON search_categories (slug, number)
--;
CREATE TABLE catalog_variants (
	variant_id TEXT NOT NULL, 
	product_id TEXT NOT NULL, 
	seller_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	options TEXT NOT NULL, 
	title TEXT NOT NULL, 
	sku TEXT, 
	CONSTRAINT pk_catalog_variants PRIMARY KEY (variant_id), 
	CONSTRAINT uq_catalog_variants_seller_id_sku UNIQUE (seller_id, sku), 
	CONSTRAINT uq_catalog_variants_product_id_options UNIQUE (product_id, options), 
	CONSTRAINT fk_catalog_variants_product_id FOREIGN KEY(product_id) REFERENCES catalog_products (product_id)
)
 STRICT
--;
CREATE TABLE identity_refresh_tokens (
	token_hash TEXT NOT NULL, 
	family_id TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	CONSTRAINT pk_identity_refresh_tokens PRIMARY KEY (token_hash), 
	CONSTRAINT uq_identity_refresh_tokens_family_id_sequence UNIQUE (family_id, sequence), 
	CONSTRAINT fk_identity_refresh_tokens_family_id FOREIGN KEY(family_id) REFERENCES identity_token_families (family_id) ON DELETE CASCADE
)
 STRICT
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
	claimed_by TEXT, 
	CONSTRAINT pk_payments_releases PRIMARY KEY (release_id), 
	CONSTRAINT uq_payments_releases_seller_order_id_number UNIQUE (seller_order_id, number), 
	CONSTRAINT ck_payments_releases_divided_without_remainder CHECK (commission_minor >= 0 AND vat_minor >= 0 AND reserve_minor >= 0 AND payable_minor >= 0 AND released_minor = commission_minor + vat_minor + reserve_minor + payable_minor), 
	CONSTRAINT fk_payments_releases_seller_order_id FOREIGN KEY(seller_order_id) REFERENCES payments_holds (seller_order_id), 
	CONSTRAINT fk_payments_releases_claimed_by FOREIGN KEY(claimed_by) REFERENCES payments_payouts (payout_id)
)
 STRICT
--;
CREATE INDEX ix_payments_releases_claimed_by ON payments_releases (claimed_by)
--;
CREATE INDEX ix_payments_releases_unclaimed ON payments_releases (seller_id, currency, released_at) WHERE claimed_by IS NULL AND payable_minor > 0
--;
CREATE TABLE catalog_offers (
	offer_id TEXT NOT NULL, 
	variant_id TEXT NOT NULL, 
	product_id TEXT NOT NULL, 
	price_minor INTEGER NOT NULL, 
	CONSTRAINT pk_catalog_offers PRIMARY KEY (offer_id), 
	CONSTRAINT ck_catalog_offers_price_not_negative CHECK (price_minor >= 0), 
	CONSTRAINT uq_catalog_offers_variant_id UNIQUE (variant_id), 
	CONSTRAINT fk_catalog_offers_variant_id FOREIGN KEY(variant_id) REFERENCES catalog_variants (variant_id), 
	CONSTRAINT fk_catalog_offers_product_id FOREIGN KEY(product_id) REFERENCES catalog_products (product_id)
)
 STRICT
--;
CREATE INDEX ix_catalog_offers_product ON catalog_offers (product_id)
--;
CREATE TABLE payments_payout_items (
	payout_id TEXT NOT NULL, 
	release_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	amount_minor INTEGER NOT NULL, 
	CONSTRAINT pk_payments_payout_items PRIMARY KEY (payout_id, release_id), 
	CONSTRAINT ck_payments_payout_items_pays_something CHECK (amount_minor > 0), 
	CONSTRAINT fk_payments_payout_items_payout_id FOREIGN KEY(payout_id) REFERENCES payments_payouts (payout_id), 
	CONSTRAINT fk_payments_payout_items_release_id FOREIGN KEY(release_id) REFERENCES payments_releases (release_id)
)
 STRICT
--;
CREATE INDEX ix_payments_payout_items_release ON payments_payout_items (release_id)
--;
CREATE TABLE catalog_stock (
	offer_id TEXT NOT NULL, 
	product_id TEXT NOT NULL, 
	on_hand INTEGER NOT NULL, 
	held INTEGER NOT NULL, 
	sold INTEGER NOT NULL, 
	CONSTRAINT pk_catalog_stock PRIMARY KEY (offer_id), 
	CONSTRAINT ck_catalog_stock_counts_not_negative CHECK (on_hand >= 0 AND held >= 0 AND sold >= 0), 
	CONSTRAINT ck_catalog_stock_never_oversold CHECK (held + sold <= on_hand), 
	CONSTRAINT fk_catalog_stock_offer_id FOREIGN KEY(offer_id) REFERENCES catalog_offers (offer_id)
)
 STRICT
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
	CONSTRAINT ck_catalog_movements_kind_known CHECK (kind IN ('opened', 'adjusted', 'held', 'committed', 'released')), 
	CONSTRAINT ck_catalog_movements_quantity_not_negative CHECK (kind = 'adjusted' OR quantity >= 0), 
	CONSTRAINT ck_catalog_movements_order_named CHECK ((order_id IS NULL) = (kind IN ('opened', 'adjusted'))), 
	CONSTRAINT fk_catalog_movements_offer_id FOREIGN KEY(offer_id) REFERENCES catalog_stock (offer_id)
)
 STRICT
--;
CREATE INDEX ix_catalog_movements_offer ON catalog_movements (offer_id, id)
--;
CREATE TABLE catalog_reservations (
	order_id TEXT NOT NULL, 
	offer_id TEXT NOT NULL, 
	quantity INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	CONSTRAINT pk_catalog_reservations PRIMARY KEY (order_id, offer_id), 
	CONSTRAINT ck_catalog_reservations_quantity_positive CHECK (quantity > 0), 
	CONSTRAINT ck_catalog_reservations_state_known CHECK (state IN ('held', 'committed', 'released')), 
	CONSTRAINT fk_catalog_reservations_offer_id FOREIGN KEY(offer_id) REFERENCES catalog_stock (offer_id)
)
 STRICT
--;
CREATE TRIGGER catalog_movements_kept BEFORE UPDATE ON catalog_movements BEGIN SELECT RAISE(ABORT, 'a stock movement is never changed'); END
--;
CREATE TRIGGER catalog_movements_not_deleted BEFORE DELETE ON catalog_movements BEGIN SELECT RAISE(ABORT, 'a stock movement is never deleted'); END
--;
CREATE VIRTUAL TABLE search_fts USING fts5(title, keywords, description, tokenize = 'ascii', prefix = '2 3 4')
--;
CREATE VIRTUAL TABLE search_fts_vocabulary USING fts5vocab('search_fts', 'row')
--;
CREATE TRIGGER IF NOT EXISTS ledger_transfers_not_closed BEFORE INSERT ON ledger_transfers BEGIN SELECT RAISE(ABORT, 'ledger: account closed') WHERE EXISTS (SELECT 1 FROM ledger_accounts WHERE id IN (NEW.debit_account_id, NEW.credit_account_id) AND closed_at IS NOT NULL); END
--;
CREATE TRIGGER IF NOT EXISTS ledger_transfers_move AFTER INSERT ON ledger_transfers BEGIN
      UPDATE ledger_accounts SET
        debits_minor = debits_minor + CASE WHEN id = NEW.debit_account_id THEN NEW.amount_minor ELSE 0 END,
        credits_minor = credits_minor + CASE WHEN id = NEW.credit_account_id THEN NEW.amount_minor ELSE 0 END,
        last_transfer_id = NEW.id
      WHERE materialised = 1 AND id IN (NEW.debit_account_id, NEW.credit_account_id);
    END
--;
CREATE TRIGGER IF NOT EXISTS ledger_transfers_no_update BEFORE UPDATE ON ledger_transfers BEGIN SELECT RAISE(ABORT, 'ledger: transfers and journals are only ever added') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS ledger_transfers_no_delete BEFORE DELETE ON ledger_transfers BEGIN SELECT RAISE(ABORT, 'ledger: transfers and journals are only ever added') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS ledger_transfers_no_replace BEFORE INSERT ON ledger_transfers BEGIN SELECT RAISE(ABORT, 'ledger: transfers and journals are only ever added') WHERE EXISTS (SELECT 1 FROM ledger_transfers WHERE id = NEW.id); END
--;
CREATE TRIGGER IF NOT EXISTS ledger_journals_no_update BEFORE UPDATE ON ledger_journals BEGIN SELECT RAISE(ABORT, 'ledger: transfers and journals are only ever added') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS ledger_journals_no_delete BEFORE DELETE ON ledger_journals BEGIN SELECT RAISE(ABORT, 'ledger: transfers and journals are only ever added') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS ledger_journals_no_replace BEFORE INSERT ON ledger_journals BEGIN SELECT RAISE(ABORT, 'ledger: already posted') WHERE EXISTS (SELECT 1 FROM ledger_journals WHERE id = NEW.id OR (kind = NEW.kind AND source_type = NEW.source_type AND source_id = NEW.source_id AND leg = NEW.leg)); END
--;
CREATE TRIGGER IF NOT EXISTS ledger_accounts_guard BEFORE UPDATE OF debits_minor, credits_minor, last_transfer_id ON ledger_accounts BEGIN SELECT RAISE(ABORT, 'ledger: a balance changes only by a transfer') WHERE NOT EXISTS (SELECT 1 FROM ledger_transfers AS t WHERE t.id = NEW.last_transfer_id AND t.id > OLD.last_transfer_id AND OLD.id IN (t.debit_account_id, t.credit_account_id) AND NEW.debits_minor = OLD.debits_minor + (t.debit_account_id = OLD.id) * t.amount_minor AND NEW.credits_minor = OLD.credits_minor + (t.credit_account_id = OLD.id) * t.amount_minor); END
--;
CREATE TRIGGER IF NOT EXISTS ledger_accounts_start_empty BEFORE INSERT ON ledger_accounts BEGIN SELECT RAISE(ABORT, 'ledger: a balance changes only by a transfer') WHERE NEW.debits_minor <> 0 OR NEW.credits_minor <> 0 OR NEW.last_transfer_id <> 0 OR EXISTS (SELECT 1 FROM ledger_accounts WHERE id = NEW.id); END
--;
CREATE TRIGGER IF NOT EXISTS ledger_accounts_identity BEFORE UPDATE OF id, code, kind, subject, currency, balance_rule, materialised ON ledger_accounts BEGIN SELECT RAISE(ABORT, 'ledger: what an account is never changes') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS ledger_accounts_no_delete BEFORE DELETE ON ledger_accounts BEGIN SELECT RAISE(ABORT, 'ledger: what an account is never changes') WHERE 1; END
--;
CREATE VIEW IF NOT EXISTS ledger_entries AS
    SELECT debit_account_id AS account_id, amount_minor AS debit_minor, 0 AS credit_minor FROM ledger_transfers
    UNION ALL SELECT credit_account_id, 0, amount_minor FROM ledger_transfers
--;
CREATE VIEW IF NOT EXISTS ledger_sums AS
    SELECT id AS account_id, code, kind, currency, debits_minor, credits_minor FROM ledger_accounts
    WHERE materialised = 1
    UNION ALL
    SELECT a.id, a.code, a.kind, a.currency, coalesce(sum(e.debit_minor), 0), coalesce(sum(e.credit_minor), 0)
    FROM ledger_accounts AS a LEFT JOIN ledger_entries AS e ON e.account_id = a.id
    WHERE a.materialised = 0 GROUP BY a.id
--;
CREATE VIEW IF NOT EXISTS audit_sum_zero AS
    SELECT currency AS subject, 'debits exceed credits by ' || sum(debits_minor - credits_minor) AS detail
    FROM ledger_sums GROUP BY currency HAVING sum(debits_minor - credits_minor) <> 0
--;
CREATE VIEW IF NOT EXISTS audit_balance_drift AS
    SELECT a.code AS subject, 'differs from its transfers' AS detail
    FROM ledger_accounts AS a LEFT JOIN ledger_entries AS e ON e.account_id = a.id
    WHERE a.materialised = 1 GROUP BY a.id
    HAVING a.debits_minor <> coalesce(sum(e.debit_minor), 0) OR a.credits_minor <> coalesce(sum(e.credit_minor), 0)
--;
CREATE VIEW IF NOT EXISTS audit_overdrawn AS
    SELECT code AS subject, 'stands at ' || (debits_minor - credits_minor) AS detail FROM ledger_accounts
    WHERE (balance_rule = 'credit_nonneg' AND debits_minor > credits_minor)
       OR (balance_rule = 'debit_nonneg' AND credits_minor > debits_minor)
--;
CREATE VIEW IF NOT EXISTS audit_empty_journal AS
    SELECT source_id AS subject, 'moves nothing' AS detail FROM ledger_journals AS j
    WHERE NOT EXISTS (SELECT 1 FROM ledger_transfers AS t WHERE t.journal_id = j.id)
--;
CREATE VIEW IF NOT EXISTS audit_escrow_matches_hold AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind = 'escrow'
      UNION ALL SELECT code, 0, minor FROM (SELECT 'escrow:' || seller_order_id || ':' || currency AS code, items_minor + delivery_minor - released_minor AS minor FROM payments_holds WHERE state NOT IN ('pending', 'void'))
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_payable_is_unclaimed AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind = 'seller_payable'
      UNION ALL SELECT code, 0, minor FROM (SELECT 'seller_payable:' || seller_id || ':' || currency AS code, payable_minor AS minor FROM payments_releases WHERE claimed_by IS NULL)
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_clearing_matches_payout AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind = 'payout_clearing'
      UNION ALL SELECT code, 0, minor FROM (SELECT 'payout_clearing:' || payout_id || ':' || currency AS code, amount_minor AS minor FROM payments_payouts WHERE state NOT IN ('paid', 'cancelled'))
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_wallet_matches_payouts AS
    SELECT code AS subject, 'holds ' || sum(holds) || ', should hold ' || sum(should) AS detail FROM (
      SELECT code, abs(debits_minor - credits_minor) AS holds, 0 AS should FROM ledger_accounts WHERE kind = 'wallet'
      UNION ALL SELECT code, 0, minor FROM (SELECT 'wallet:' || seller_id || ':' || currency AS code, amount_minor AS minor FROM payments_payouts WHERE transfer_reference IS NOT NULL AND state NOT IN ('paid', 'cancelled'))
    ) GROUP BY code HAVING sum(holds) <> sum(should)
--;
CREATE VIEW IF NOT EXISTS audit_payout_matches_items AS
    SELECT p.payout_id AS subject,
      'amounts to ' || p.amount_minor || ', its items to ' || coalesce(sum(i.amount_minor), 0) AS detail
    FROM payments_payouts AS p LEFT JOIN payments_payout_items AS i ON i.payout_id = p.payout_id
    GROUP BY p.payout_id HAVING p.amount_minor <> coalesce(sum(i.amount_minor), 0)
--;
CREATE VIEW IF NOT EXISTS audit_capture_is_booked AS
    SELECT p.payment_id AS subject,
      'captured ' || coalesce(p.captured_minor, 0) || ', booked ' || coalesce(sum(t.amount_minor), 0) AS detail
    FROM payments_payments AS p
    LEFT JOIN ledger_journals AS j ON j.source_type = 'payment' AND j.source_id = p.payment_id
      AND j.kind IN ('payment_captured', 'capture_suspended')
    LEFT JOIN ledger_transfers AS t ON t.journal_id = j.id
    GROUP BY p.payment_id HAVING coalesce(p.captured_minor, 0) <> coalesce(sum(t.amount_minor), 0)