CREATE TABLE payments_comparisons (
	provider TEXT NOT NULL,
	compared_at TEXT NOT NULL,
	kept TEXT NOT NULL,
	seen TEXT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_payments_comparisons PRIMARY KEY (provider),
	CONSTRAINT ck_payments_comparisons_provider_named CHECK (length(provider) > 0)
)
 STRICT
