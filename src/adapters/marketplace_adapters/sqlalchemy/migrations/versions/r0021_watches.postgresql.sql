CREATE TABLE operations_watches (
	name TEXT COLLATE "C" NOT NULL,
	known JSONB NOT NULL,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_operations_watches PRIMARY KEY (name)
)
