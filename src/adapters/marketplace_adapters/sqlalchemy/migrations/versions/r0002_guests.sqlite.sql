CREATE TABLE identity_users (
    user_id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    password_hash TEXT,
    long_password INTEGER NOT NULL,
    is_guest INTEGER NOT NULL,
    is_buyer INTEGER NOT NULL,
    is_operator INTEGER NOT NULL,
    session_version INTEGER NOT NULL,
    registered_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_identity_users PRIMARY KEY (user_id),
    CONSTRAINT ck_identity_users_email_key_is_lower_case CHECK (email_key = lower(email_key)),
    CONSTRAINT ck_identity_users_guest_has_no_login CHECK ((is_guest = 1) = (email_key IS NULL) AND (is_guest = 1) = (password_hash IS NULL)),
    CONSTRAINT ck_identity_users_operator_has_long_password CHECK (is_operator = 0 OR long_password = 1),
    CONSTRAINT ck_identity_users_session_version_positive CHECK (session_version > 0),
    CONSTRAINT uq_identity_users_email_key UNIQUE (email_key)
)
STRICT
