CREATE TABLE notifications_suppressions (
	address TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	detail TEXT COLLATE "C" NOT NULL,
	mail_id TEXT COLLATE "C",
	since TIMESTAMP WITH TIME ZONE NOT NULL,
	lifted_at TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	CONSTRAINT pk_notifications_suppressions PRIMARY KEY (address),
	CONSTRAINT ck_notifications_suppressions_reason_known CHECK (reason IN ('returned', 'refused', 'by_hand')),
	CONSTRAINT ck_notifications_suppressions_shown_by_a_mail_or_said CHECK ((reason = 'by_hand') = (mail_id IS NULL))
)
