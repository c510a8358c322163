CREATE TABLE operations_watches (
	name TEXT NOT NULL,
	known TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_operations_watches PRIMARY KEY (name)
)
 STRICT
