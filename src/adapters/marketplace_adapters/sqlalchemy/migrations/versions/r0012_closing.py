"""Shops that are closed. None that is known was closing before.

SQLite cannot change a constraint, so both tables are made anew under their names.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from alembic import op

revision = "r0012"
down_revision = "r0014"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_NOW, _SHOPS_BEFORE, _STANDINGS_BEFORE = "r0012_closing", "r0001_first", "r0007b_debts"
_SHOPS, _STANDINGS = "identity_sellers", "payments_seller_standings"
_ADDED: Final[Mapping[str, str]] = {"closing": "0"}
_UNKNOWN_BEFORE = {
    "shops that are closing or closed": f"{_SHOPS} WHERE status IN ('closing', 'closed')",
    "standings of such shops": f"{_STANDINGS} WHERE closing = 1",
}


def upgrade() -> None:
    """Let shops be closing and closed."""
    _remake(_SHOPS, _NOW, {})
    _remake(_STANDINGS, _NOW, _ADDED)


def downgrade() -> None:
    """Take that back. Refuses while there are such shops."""
    for what, found in _UNKNOWN_BEFORE.items():
        if op.get_bind().exec_driver_sql(f"SELECT 1 FROM {found} LIMIT 1").first() is not None:  # noqa: S608 - ours
            raise RuntimeError(f"r0014 knows no {what}: this database cannot go back to it.")
    _remake(_SHOPS, _SHOPS_BEFORE, {})
    _remake(_STANDINGS, _STANDINGS_BEFORE, {})


def _remake(table: str, definitions: str, added: Mapping[str, str]) -> None:
    """Make a table anew and fill it from what was in it, which lies in ``kept`` meanwhile."""
    _run((f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {table}", f"DROP TABLE {table}"))  # noqa: S608 - ours
    _run(one for one in _statements(definitions) if _is_of(one, table))
    columns = [row[1] for row in op.get_bind().exec_driver_sql(f"PRAGMA table_info({table})")]
    values = ", ".join(added.get(column, column) for column in columns)
    _run((f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM kept", "DROP TABLE kept"))  # noqa: S608


def _run(statements: Iterable[str]) -> None:
    connection = op.get_bind()
    for statement in statements:
        connection.exec_driver_sql(statement)


def _statements(name: str) -> list[str]:
    return (_HERE / f"{name}.sqlite.sql").read_text(encoding="utf-8").strip().split("\n--;\n")


def _is_of(statement: str, table: str) -> bool:
    """Tell whether a statement makes the table or one of its indexes."""
    return statement.startswith(f"CREATE TABLE {table} ") or f" ON {table} " in statement
