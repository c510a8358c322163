"""The database that the stores are on, whichever it is."""

from marketplace_adapters.sqlalchemy.sqlite import SqliteDatabase
from marketplace_adapters.sqlalchemy.sqlite import open_sqlite as open_database
from marketplace_adapters.sqlalchemy.transactions import (
    Connection,
    Database,
    StorageUnavailable,
    Transaction,
    counted,
)

__all__ = [
    "Connection",
    "Database",
    "SqliteDatabase",
    "StorageUnavailable",
    "Transaction",
    "counted",
    "open_database",
]
