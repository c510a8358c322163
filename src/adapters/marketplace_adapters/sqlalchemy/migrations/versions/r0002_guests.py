"""Guests: users without a login (ADR 0017).

SQLite cannot take NOT NULL back from a column, so the table is made anew under its name. Foreign keys are off while
revisions are applied; the rows that point here go on pointing.
"""

from pathlib import Path

from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_KEPT = "user_id, email, name, locale, long_password, is_buyer, is_operator, session_version, registered_at, version"
_NO_LOGIN = "guest:"
"""By what r0001 knows a guest: no address has a colon before its @, so nobody signs in or registers with it."""


def _remade(definition: str, columns: str, values: str) -> None:
    connection = op.get_bind()
    for statement in (
        "CREATE TEMPORARY TABLE kept_users AS SELECT * FROM identity_users",
        "DROP TABLE identity_users",
        definition,
        f"INSERT INTO identity_users ({_KEPT}, {columns}) SELECT {_KEPT}, {values} FROM kept_users",  # noqa: S608 - ours
        "DROP TABLE kept_users",
    ):
        connection.exec_driver_sql(statement)


def upgrade() -> None:
    """Let a user be without a login."""
    guest = f"email_key LIKE '{_NO_LOGIN}%'"
    _remade(
        (_HERE / "r0002_guests.sqlite.sql").read_text(encoding="utf-8").strip(),
        "is_guest, email_key, password_hash",
        f"{guest}, CASE WHEN {guest} THEN NULL ELSE email_key END, CASE WHEN {guest} THEN NULL ELSE password_hash END",
    )


def downgrade() -> None:
    """Give guests a login that nobody can use, so that their orders keep their buyer."""
    first = (_HERE / "r0001_first.sqlite.sql").read_text(encoding="utf-8").split("\n--;\n")
    (definition,) = (statement for statement in first if "CREATE TABLE identity_users" in statement)
    _remade(
        definition,
        "email_key, password_hash",
        f"coalesce(email_key, '{_NO_LOGIN}' || lower(user_id)), coalesce(password_hash, '')",
    )
