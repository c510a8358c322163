"""What is said in one way and means the same on both databases."""

from typing import Any

from sqlalchemy import ColumnElement, Null, Select, Text, func
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from marketplace_adapters.sqlalchemy.types import AnyValue

__all__ = ["field_text", "in_words", "list_of_one", "to_change", "upsert", "value_of"]


def to_change(chosen: Select[Any]) -> Select[Any]:
    """Read rows of one table in order to change them: others who want to wait until we are done.

    For the rows of an aggregate that a unit of work reads. Whoever forgets it finds out while saving that somebody was
    first, and does it all again. SQLite, which has one writer at a time, needs none. Not for joins: the row that was
    waited for would be the new one, and what is joined to it the old one; see ``SqlWork.lock``.
    """
    return chosen.with_for_update(key_share=True)


class field_text(GenericFunction[str]):  # noqa: N801 - reads as a function of SQL
    """The text in a field of a document, or NULL: ``field_text(products.c.video, "state")``."""

    type = Text()
    inherit_cache = True


class list_of_one(GenericFunction[Any]):  # noqa: N801 - reads as a function of SQL
    """A document that is a list of one text."""

    inherit_cache = True


class value_of(GenericFunction[Any]):  # noqa: N801 - reads as a function of SQL
    """A value of any type, in a column that has values of several."""

    type = AnyValue()
    inherit_cache = True


class in_words(GenericFunction[str]):  # noqa: N801 - reads as a function of SQL
    """A moment as the text that it is on SQLite, which sorts by time."""

    type = Text()
    inherit_cache = True


@compiles(value_of, "sqlite")
@compiles(in_words, "sqlite")
def _as_it_is(element: GenericFunction[Any], compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.clauses.clauses[0], **how)


@compiles(value_of, "postgresql")
def _value_in_postgresql(element: value_of, compiler: SQLCompiler, **how: Any) -> str:
    (value,) = element.clauses
    if isinstance(value, Null):
        return "CAST(NULL AS JSONB)"
    return compiler.process(func.to_jsonb(value), **how)


@compiles(in_words, "postgresql")
def _words_in_postgresql(element: in_words, compiler: SQLCompiler, **how: Any) -> str:
    moment = func.timezone("UTC", *element.clauses)
    return compiler.process(func.to_char(moment, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"').collate("C"), **how)


@compiles(field_text, "sqlite")
def _field_in_sqlite(element: field_text, compiler: SQLCompiler, **how: Any) -> str:
    document, name = element.clauses
    return compiler.process(func.json_extract(document, "$." + _said(name)), **how)


@compiles(field_text, "postgresql")
def _field_in_postgresql(element: field_text, compiler: SQLCompiler, **how: Any) -> str:
    document, name = element.clauses
    return compiler.process(func.jsonb_extract_path_text(document, name), **how)


@compiles(list_of_one, "sqlite")
def _list_in_sqlite(element: list_of_one, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(func.json_array(*element.clauses), **how)


@compiles(list_of_one, "postgresql")
def _list_in_postgresql(element: list_of_one, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(func.jsonb_build_array(*element.clauses), **how)


def _said(name: ColumnElement[Any]) -> str:
    value = getattr(name, "value", None)
    assert isinstance(value, str)
    return value
