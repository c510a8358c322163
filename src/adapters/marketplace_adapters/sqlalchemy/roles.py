"""What the application's role may do in a PostgreSQL database; the owner of the schema may do everything.

The application changes no schema and truncates nothing. The books it only reads: whatever is posted goes through
``ledger_post``, which runs as the owner. Of what was written for ever it deletes and changes nothing; of an event that
waits to be told it changes how far it has got, and never what it says.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from marketplace_adapters.sqlalchemy.tables import EXTRA_DDL, metadata
from marketplace_adapters.sqlalchemy.tables.ledger import accounts, journals, transfers
from marketplace_adapters.sqlalchemy.tables.machinery import outbox
from marketplace_adapters.sqlalchemy.tables.postgresql import Refusal, refusal_in

SEARCH: Final = ("search_fts", "search_fts_vocabulary")
_READ_ONLY: Final = frozenset({accounts.name, journals.name, transfers.name})
_PROGRESS: Final = (
    "available_at",
    "attempts",
    "last_error",
    "published_at",
    "reacted_at",
    "quarantined",
    "taken_until",
    "is_announced",
)


def rights(table: str) -> Sequence[str]:
    """Return what the application may do with a table: what no trigger refuses whatever the row is."""
    if table in _READ_ONLY:
        return ("SELECT",)
    if table == outbox.name:
        return ("SELECT", "INSERT", f"UPDATE ({', '.join(_PROGRESS)})")
    refused = [one for one in map(refusal_in, EXTRA_DDL) if one is not None and one.table == table and one.always]
    return ("SELECT", "INSERT", *_left(table, "UPDATE", refused), *_left(table, "DELETE", refused))


def _left(table: str, deed: str, refused: Sequence[Refusal]) -> Sequence[str]:
    """Return the deed, or it for the columns that are left, or nothing."""
    for one in refused:
        _, _, columns = one.when.partition(f"{deed} OF ")
        if one.when == f"BEFORE {deed}":
            return ()
        if columns:
            kept = {name.strip() for name in columns.split(",")}
            return (
                f"{deed} ({', '.join(column.name for column in metadata.tables[table].c if column.name not in kept)})",
            )
    return (deed,)


def grant(connection: Connection, role: str) -> None:
    """Give a role what the application may do and take away whatever else it had, all at once.

    To be run as the owner, after every change of the schema.
    """
    name = connection.dialect.identifier_preparer.quote(role)
    schema = connection.dialect.identifier_preparer.quote(
        str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
    )
    for what in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        connection.exec_driver_sql(f"REVOKE ALL ON ALL {what} IN SCHEMA {schema} FROM {name}")
    connection.exec_driver_sql(f"REVOKE CREATE ON SCHEMA {schema} FROM {name}")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
    connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {name}")
    connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {name}")
    for table in (*metadata.tables, *SEARCH):
        connection.exec_driver_sql(f"GRANT {', '.join(rights(table))} ON {schema}.{table} TO {name}")
    connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION {schema}.ledger_post TO {name}")
    connection.commit()
