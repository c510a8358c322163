CREATE TABLE payments_brakes (
	brake_id TEXT NOT NULL, 
	cause TEXT NOT NULL, 
	findings TEXT NOT NULL, 
	set_at TEXT NOT NULL, 
	released_at TEXT, 
	released_by TEXT, 
	note TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments_brakes PRIMARY KEY (brake_id), 
	CONSTRAINT ck_payments_brakes_cause_known CHECK (cause IN ('audit', 'liquidity')), 
	CONSTRAINT ck_payments_brakes_released_by_somebody CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (note IS NULL))
)
 STRICT
--;
CREATE UNIQUE INDEX ix_payments_brakes_on ON payments_brakes (cause) WHERE released_at IS NULL
