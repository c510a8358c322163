CREATE TABLE notifications_suppressions (
	address TEXT NOT NULL,
	reason TEXT NOT NULL,
	detail TEXT NOT NULL,
	mail_id TEXT,
	since TEXT NOT NULL,
	lifted_at TEXT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_notifications_suppressions PRIMARY KEY (address),
	CONSTRAINT ck_notifications_suppressions_reason_known CHECK (reason IN ('returned', 'refused', 'by_hand')),
	CONSTRAINT ck_notifications_suppressions_shown_by_a_mail_or_said CHECK ((reason = 'by_hand') = (mail_id IS NULL))
)
 STRICT
