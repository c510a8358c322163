"""The search index: what hits show, what they are filtered and counted by, and their words.

The words are in a table beside it, FTS5's on SQLite, row by row under the same number. They are stored as the core
takes texts apart, so the tokenizer has only to split at spaces.
"""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, column
from sqlalchemy import table as lightweight

from marketplace_adapters.sqlalchemy.types import Document, Flag, Instant, Number, Words, table

documents = table(
    "search_documents",
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("product_id", Words, nullable=False, unique=True),
    Column("seller_id", Words, nullable=False),
    Column("seller_slug", Words, nullable=False),
    Column("seller_name", Words, nullable=False),
    Column("currency", Words),
    Column("price_from_minor", Number),
    Column("price_to_minor", Number),
    Column("in_stock", Flag, nullable=False),
    Column("has_video", Flag, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("hit", Document, nullable=False),
    Column("digest", Words, nullable=False, server_default=""),
)
Index("ix_search_documents_seller", documents.c.seller_id)

categories = table(
    "search_categories",
    Column("number", Number, ForeignKey("search_documents.number"), nullable=False),
    Column("category_id", Words, nullable=False),
    Column("slug", Words, nullable=False),
    Column("name", Words, nullable=False),
    PrimaryKeyConstraint("number", "category_id"),
)
Index("ix_search_categories_slug", categories.c.slug, categories.c.number)
Index("ix_search_categories_category", categories.c.category_id, categories.c.number)

words = lightweight("search_fts", column("rowid"), column("title"), column("keywords"), column("description"))
vocabulary = lightweight("search_fts_vocabulary", column("term"))
lexemes = lightweight("search_fts", column("number"), column("words"))
vocabulary_of_lexemes = lightweight("search_fts_vocabulary", column("term"), column("number"))
"""How both are on PostgreSQL: a vector of lexemes for each document, and a row for each of its words."""

EXTRA_DDL: Final[tuple[str, ...]] = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(title, keywords, description, tokenize = 'ascii', prefix = '2 3 4')",
    "CREATE VIRTUAL TABLE search_fts_vocabulary USING fts5vocab('search_fts', 'row')",
)
"""SQLite only: the words and the list of all of them."""
