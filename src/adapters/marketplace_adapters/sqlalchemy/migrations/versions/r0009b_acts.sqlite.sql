CREATE TABLE acts (
	act_id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	command TEXT NOT NULL, 
	about TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_acts PRIMARY KEY (act_id), 
	CONSTRAINT ck_acts_reason_given CHECK (length(reason) BETWEEN 1 AND 500)
)
 STRICT
--;
CREATE TRIGGER IF NOT EXISTS acts_no_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'acts: what was done stays written down') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS acts_no_delete BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'acts: what was done stays written down') WHERE 1; END
--;
CREATE TRIGGER IF NOT EXISTS acts_no_replace BEFORE INSERT ON acts BEGIN SELECT RAISE(ABORT, 'acts: what was done stays written down') WHERE EXISTS (SELECT 1 FROM acts WHERE act_id = NEW.act_id); END
