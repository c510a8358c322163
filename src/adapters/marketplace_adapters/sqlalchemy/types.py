"""Column types that mean the same on SQLite (STRICT tables) and PostgreSQL."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import NullType, TypeEngine

Number = Integer().with_variant(BigInteger, "postgresql")
"""A 64-bit integer; amounts in minor units, counts, versions."""

Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Text of any length; limits are the domain's. It sorts by its bytes, on every server alike."""

Octets = LargeBinary()
"""Bytes."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *items: SchemaItem) -> Table:
    """Declare a table; on SQLite it is STRICT, so a float or a text can never become an amount."""
    return Table(name, metadata, *items, sqlite_strict=True)


class Instant(TypeDecorator[datetime]):
    """An aware moment in UTC; on SQLite fixed-width text that sorts by time."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive times; write UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment needs its time zone.")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read back an aware moment."""
        if value is None or isinstance(value, datetime):
            return value
        return datetime.fromisoformat(value)


class _YesOrNo(TypeDecorator.Comparator[bool]):
    """Compares with 0 or 1, as every database can."""

    def is_(self, other: Any) -> Any:
        """Tell whether it is so, for ``True`` and ``False``."""
        return super().is_(other) if other is None else self == other


class Flag(TypeDecorator[bool]):
    """Yes or no, as 1 or 0 on every database, so that conditions of constraints and views are the same words."""

    impl = Integer
    cache_ok = True
    comparator_factory = _YesOrNo

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Write 0 or 1."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        """Read back a bool."""
        return None if value is None else bool(value)


class Document(TypeDecorator[Any]):
    """A JSON document; text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database."""
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Write compact JSON."""
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read the document back."""
        return json.loads(value) if isinstance(value, str) else value


class AnyValue(TypeDecorator[Any]):
    """A number or a text, in a column of an answer that has both."""

    impl = NullType
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose how the column comes over."""
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else NullType())


def one_of(column: str, members: Iterable[Enum]) -> str:
    """Write the condition that a column has the value of one of these."""
    return f"{column} IN ({', '.join(repr(member.value) for member in members)})"
