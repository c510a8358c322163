"""PostgreSQL: the whole schema at once, as SQLite's revisions up to here have made it."""

from pathlib import Path

from alembic import op

revision = "r0017"
down_revision = "r0013"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".postgresql.sql")
_OURS = ("VIEW", "TABLE", "FUNCTION")
_NAMES = {
    "VIEW": "SELECT table_name FROM information_schema.views WHERE table_schema = current_schema()",
    "TABLE": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'alembic_version'",
    "FUNCTION": "SELECT p.proname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
    " WHERE n.nspname = current_schema()",
}


def upgrade() -> None:
    """Make every table, index, trigger and view; SQLite has them."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for statement in _MADE.read_text(encoding="utf-8").split("\n--;\n"):
            connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop everything; SQLite keeps it."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for kind in _OURS:
            for (name,) in connection.exec_driver_sql(_NAMES[kind]).all():
                connection.exec_driver_sql(f'DROP {kind} IF EXISTS "{name}" CASCADE')
