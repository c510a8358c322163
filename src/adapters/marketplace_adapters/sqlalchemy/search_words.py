"""How the words of the index are stored and asked for: FTS5 on SQLite, a ``tsvector`` on PostgreSQL."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from marketplace_adapters.sqlalchemy.engine import Connection
from marketplace_adapters.sqlalchemy.tables.search import lexemes, vocabulary_of_lexemes, words
from marketplace_core.search import IndexedWords, Term

Alternatives: TypeAlias = Sequence[tuple[Term, Sequence[str]]]
"""Terms, each with the beginnings it matches."""
_WEIGHTS: Final = (1.0, 0.25, 0.05)
"""Of a word in title, keywords and description. Above 1 they would hardly differ: BM25 saturates."""


class IndexWords(ABC):
    """The words of the documents, row by row under the documents' numbers."""

    table: FromClause
    number: ColumnElement[Any]

    @abstractmethod
    def values(self, alternatives: Alternatives) -> dict[str, str]:
        """Return what ``match``, ``match_title`` and ``match_keywords`` stand for; every word is quoted."""

    @abstractmethod
    def matches(self, name: str) -> ColumnElement[bool]:
        """Return the condition that a row matches what is bound under the name."""

    @abstractmethod
    def also_matches(self, name: str) -> ColumnElement[bool]:
        """Return whether a row that was found by one match matches another one as well."""

    @abstractmethod
    def closeness(self) -> ColumnElement[Any]:
        """Return how close a row is to what is bound under ``match``: zero is far, more is closer."""

    @abstractmethod
    async def put(self, connection: Connection, documents: Sequence[tuple[int, IndexedWords]]) -> None:
        """Store the words of documents that have none."""

    @abstractmethod
    async def forget(self, connection: Connection, numbers: Select[Any]) -> None:
        """Remove the words of documents."""


class Fts5Words(IndexWords):
    """An FTS5 table, ranked by BM25."""

    table = words
    number = words.c.rowid
    _itself: Final[ColumnElement[Any]] = literal_column("search_fts")

    def values(self, alternatives: Alternatives) -> dict[str, str]:
        """Say it in FTS5's words."""
        match = match_of(alternatives)
        return {
            "match": match,
            "match_title": f"{{title}} : ({match})",
            "match_keywords": f"{{title keywords}} : ({match})",
        }

    def matches(self, name: str) -> ColumnElement[bool]:
        """Ask the table itself."""
        return self._itself.bool_op("MATCH")(bindparam(name))

    def also_matches(self, name: str) -> ColumnElement[bool]:
        """Look among all that match: the table cannot be asked of a single row."""
        return self.number.in_(select(self.number).where(self.matches(name)))

    def closeness(self) -> ColumnElement[Any]:
        """Turn BM25 around, which is the smaller the better."""
        return -func.bm25(self._itself, *(literal_column(str(weight)) for weight in _WEIGHTS))

    async def put(self, connection: Connection, documents: Sequence[tuple[int, IndexedWords]]) -> None:
        """Insert a row per document."""
        rows = [
            {
                "rowid": number,
                "title": " ".join(said.title),
                "keywords": " ".join(said.keywords),
                "description": " ".join(said.description),
            }
            for number, said in documents
        ]
        await connection.run(insert(words), rows)

    async def forget(self, connection: Connection, numbers: Select[Any]) -> None:
        """Delete their rows; the vocabulary follows by itself."""
        await connection.run(delete(words).where(words.c.rowid.in_(numbers)))


class TsvectorWords(IndexWords):
    """A column of lexemes with their weights: A is the title, B are keywords, C is the description."""

    table = lexemes
    number = lexemes.c.number

    def values(self, alternatives: Alternatives) -> dict[str, str]:
        """Say it as texts of queries."""
        return {
            "match": _query_of(alternatives, ""),
            "match_title": _query_of(alternatives, "A"),
            "match_keywords": _query_of(alternatives, "AB"),
            "whole_words": " | ".join(_lexeme(term.word) for term, _ in alternatives),
        }

    def matches(self, name: str) -> ColumnElement[bool]:
        """Ask the index of the column."""
        return lexemes.c.words.bool_op("@@")(_query(name))

    def also_matches(self, name: str) -> ColumnElement[bool]:
        """Look at the row, which is at hand."""
        return self.matches(name)

    def closeness(self) -> ColumnElement[Any]:
        """Rank by how often and where; in double precision, so that a page goes on where the last one ended."""
        title, keywords, description = _WEIGHTS
        weights: ColumnElement[Any] = literal_column(f"CAST('{{0.0, {description}, {keywords}, {title}}}' AS real[])")
        # A whole word is counted again, so that it counts more than a beginning.
        ranks = (func.float8(func.ts_rank(weights, lexemes.c.words, _query(name))) for name in ("match", "whole_words"))
        return sum(ranks, literal_column("0"))

    async def put(self, connection: Connection, documents: Sequence[tuple[int, IndexedWords]]) -> None:
        """Insert a row per document, and one per document and word."""
        stored = insert(lexemes).values(
            number=bindparam("of_number"), words=cast(bindparam("said", type_=Text()), TSVECTOR)
        )
        await connection.run(stored, [{"of_number": number, "said": _vector_of(said)} for number, said in documents])
        terms = [
            {"term": word, "number": number}
            for number, said in documents
            for word in sorted({*said.title, *said.keywords, *said.description})
        ]
        if terms:
            await connection.run(insert(vocabulary_of_lexemes), terms)

    async def forget(self, connection: Connection, numbers: Select[Any]) -> None:
        """Delete their rows in both tables."""
        await connection.run(delete(vocabulary_of_lexemes).where(vocabulary_of_lexemes.c.number.in_(numbers)))
        await connection.run(delete(lexemes).where(lexemes.c.number.in_(numbers)))


def words_on(dialect: str) -> IndexWords:
    """Return how words are stored on a database."""
    return TsvectorWords() if dialect == "postgresql" else Fts5Words()


def match_of(alternatives: Alternatives) -> str:
    """Return the FTS5 expression of terms; every word is a quoted string."""
    said = []
    for term, beginnings in alternatives:
        # A whole word is said twice, once as a beginning, so that it counts more.
        either = [_quoted(term.word), *(f"{_quoted(beginning)} *" for beginning in beginnings)]
        said.append(f"({' OR '.join(either)})")
    return " AND ".join(said)


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def _query_of(alternatives: Alternatives, weights: str) -> str:
    said = []
    for term, beginnings in alternatives:
        whole = f"{_lexeme(term.word)}:{weights}" if weights else _lexeme(term.word)
        either = [whole, *(f"{_lexeme(beginning)}:*{weights}" for beginning in beginnings)]
        said.append(f"({' | '.join(either)})")
    return " & ".join(said)


def _vector_of(said: IndexedWords) -> str:
    weighed = (("A", said.title), ("B", said.keywords), ("C", said.description))
    places: dict[str, list[str]] = {}
    place = 0
    for weight, some in weighed:
        for word in some:
            place += 1
            places.setdefault(word, []).append(f"{place}{weight}")
    return " ".join(f"{_lexeme(word)}:{','.join(at)}" for word, at in places.items())


def _lexeme(word: str) -> str:
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def _query(name: str) -> ColumnElement[Any]:
    return cast(bindparam(name, type_=Text()), TSQUERY)
