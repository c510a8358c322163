"""The tables, one module per context. Importing this package declares them all."""

from marketplace_adapters.sqlalchemy.types import metadata

__all__ = ["metadata"]
