CREATE TABLE policies (
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	document TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	used_at TEXT NOT NULL, 
	used_by TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_policies PRIMARY KEY (number), 
	CONSTRAINT ck_policies_numbered_from_one CHECK (number > 0), 
	CONSTRAINT ck_policies_reason_given CHECK (length(reason) BETWEEN 1 AND 500)
)
 STRICT
--;
CREATE INDEX ix_policies_name ON policies (name, number)
--;
CREATE TRIGGER IF NOT EXISTS policies_no_update BEFORE UPDATE ON policies BEGIN SELECT RAISE(ABORT, 'policies: orders were placed under them') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS policies_no_delete BEFORE DELETE ON policies BEGIN SELECT RAISE(ABORT, 'policies: orders were placed under them') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS policies_in_order BEFORE INSERT ON policies BEGIN SELECT RAISE(ABORT, 'policies: the next number is taken, and no other') WHERE NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM policies); END
