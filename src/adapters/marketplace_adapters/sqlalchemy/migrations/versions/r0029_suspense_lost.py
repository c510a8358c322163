"""A card dispute that is lost knows how much of it was lost of money in suspense.

Of those there are nothing is said: what waits in suspense of their payments falls to them when it is next to go back.
"""

from pathlib import Path

from alembic import op

revision = "r0029"
down_revision = "r0021b"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_VIEW = "audit_suspense_matches_payment"
_NOW = {
    "postgresql": "r0029_suspense_lost.postgresql.sql",
    "sqlite": "r0029_suspense_lost.sqlite.sql",
}
_BEFORE = {
    "postgresql": "r0017_postgresql.postgresql.sql",
    "sqlite": "r0006b_suspense.sqlite.sql",
}


def upgrade() -> None:
    """Add the column; let the view of what waits in suspense subtract it."""
    connection = op.get_bind()
    number = "BIGINT" if connection.dialect.name == "postgresql" else "INTEGER"
    connection.exec_driver_sql(f"ALTER TABLE payments_disputes ADD COLUMN suspended_minor {number} DEFAULT 0 NOT NULL")
    _look_by(_NOW)


def downgrade() -> None:
    """Drop it. Refuses disputes that took something of suspense: the version before would miss that money."""
    connection = op.get_bind()
    found = connection.exec_driver_sql("SELECT 1 FROM payments_disputes WHERE suspended_minor > 0 LIMIT 1").first()
    if found is not None:
        raise RuntimeError("r0021b knows no dispute lost of money in suspense: this database cannot go back to it.")
    _look_by(_BEFORE)
    connection.exec_driver_sql("ALTER TABLE payments_disputes DROP COLUMN suspended_minor")


def _look_by(files: dict[str, str]) -> None:
    """Make the view anew by the file for this database. PostgreSQL replaces it, SQLite drops it first."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    made = (_HERE / files[dialect]).read_text(encoding="utf-8").strip().split("\n--;\n")
    (statement,) = (one for one in made if f" {_VIEW} " in one.split("\n")[0])
    if dialect == "sqlite":
        connection.exec_driver_sql(f"DROP VIEW {_VIEW}")
    else:
        statement = statement.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1)
    connection.exec_driver_sql(statement)
