CREATE TABLE payments_comparisons (
	provider TEXT COLLATE "C" NOT NULL,
	compared_at TIMESTAMP WITH TIME ZONE NOT NULL,
	kept JSONB NOT NULL,
	seen JSONB NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_payments_comparisons PRIMARY KEY (provider),
	CONSTRAINT ck_payments_comparisons_provider_named CHECK (length(provider) > 0)
)
