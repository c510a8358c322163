"""The first schema, as text beside this file so that later changes of the tables cannot change it."""

from pathlib import Path

from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")
_BETWEEN = "\n--;\n"


def upgrade() -> None:
    """Make every table, index, trigger and view."""
    connection = op.get_bind()
    for statement in _MADE.read_text(encoding="utf-8").split(_BETWEEN):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop everything."""
    connection = op.get_bind()
    named = (
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite_%'"
    )
    made = [row for row in connection.exec_driver_sql(named).all() if row.name != "alembic_version"]
    for kind in ("trigger", "view", "table"):
        for row in made:
            if row.type == kind:
                connection.exec_driver_sql(f'DROP {kind} IF EXISTS "{row.name}"')
