"""Revisions of PostgreSQL's schema are made while people buy: they add, they lock nothing for long, and lose no row.

Every revision after the first is carried out on a real server, and every statement that it executes is looked at; what
a revision does to rows that were there before is told in ``ROWS``, one entry for each.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import asyncpg
import pytest
import sqlalchemy
from alembic.script import ScriptDirectory
from sqlalchemy import event

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.postgresql import open_postgresql
from marketplace_adapters.sqlalchemy.postgresql_plugin import PostgresqlSettings
from marketplace_core.testing.clock import CountingIds, FrozenClock
from tests.databases import NO_LIMITS, Postgres, PostgresPlace, a_place

LOCK_SECONDS_MAX: Final = 2.0
FORBIDDEN: Final[Mapping[str, str]] = {
    r"\bDROP (TABLE|COLUMN|VIEW)\b": "the version before may still read it: first stop using it, then remove it later",
    r"\bRENAME\b": "the version before knows the old name: add the new one beside it",
    r"\bALTER COLUMN \S+ (SET DATA )?TYPE\b": "it writes the whole table anew under a lock",
    r"\bSET NOT NULL\b": "it reads the whole table under a lock, and the version before may leave it out",
    r"\bADD COLUMN (?!.*\bDEFAULT\b).*\bNOT NULL\b": "the version before does not fill it: give it a default",
    r"\bADD CONSTRAINT\b(?!.*\bNOT VALID\b)": "it reads the whole table under a lock: NOT VALID, then VALIDATE",
    r"\bCREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "nobody can write meanwhile: CONCURRENTLY",
    r"\bLOCK TABLE\b": "everybody waits",
    r"^\s*(UPDATE|DELETE)\b(?!.*\bWHERE\b)": "every row is locked until the revision is through: do it in parts",
}
"""What a statement must not do to a table that is there → why."""
LET_PASS: Final[Mapping[str, str]] = {
    "r0023 CREATE INDEX ix_outbox_unannounced": "the outbox keeps two weeks of events, and the index begins empty",
    "r0015b ALTER TABLE payments_refunds ADD CONSTRAINT": "refunds are few: reading them all takes milliseconds",
    "r0022 ALTER TABLE payments_payouts ADD CONSTRAINT": "so are payouts, one of a shop in a week",
}
"""Statements that break a rule and were looked at: a revision and how the statement begins → why it may."""
_TABLE: Final = re.compile(r"\b(?:TABLE|ON|UPDATE|FROM)\s+(?:IF EXISTS |ONLY )?(\w+)", re.IGNORECASE)
_MADE: Final = re.compile(r"\bCREATE (?:TABLE|VIEW|OR REPLACE VIEW)\s+(?:IF NOT EXISTS )?(\w+)", re.IGNORECASE)


def faults(revision: str, statements: Sequence[str]) -> list[str]:
    """Return what is wrong with the statements of a revision."""
    found, fresh = [], set[str]()
    for statement in statements:
        words = " ".join(statement.split())
        fresh.update(_MADE.findall(words))
        about = _TABLE.search(words)
        if (about is not None and about[1] in fresh) or "alembic_version" in words:
            continue
        if any(f"{revision} {words}".startswith(known) for known in LET_PASS):
            continue
        found += [f"{words}: {why}" for what, why in FORBIDDEN.items() if re.search(what, words, re.IGNORECASE)]
    return found


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE acts DROP COLUMN reason",
        "DROP TABLE acts",
        "ALTER TABLE acts RENAME COLUMN reason TO why",
        "ALTER TABLE acts ALTER COLUMN reason TYPE BIGINT",
        "ALTER TABLE acts ALTER COLUMN reason SET NOT NULL",
        "ALTER TABLE acts ADD COLUMN more TEXT NOT NULL",
        "ALTER TABLE acts ADD CONSTRAINT c CHECK (length(reason) > 0)",
        "CREATE INDEX ix_acts_at ON acts (at)",
        "LOCK TABLE acts",
        "UPDATE acts SET reason = ''",
    ],
)
def test_what_would_stop_people_is_noticed(statement: str) -> None:
    assert len(faults("r9999", [statement])) == 1


@pytest.mark.parametrize(
    "statements",
    [
        ["ALTER TABLE acts ADD COLUMN more TEXT"],
        ["ALTER TABLE acts ADD COLUMN more BIGINT DEFAULT 1 NOT NULL"],
        ["ALTER TABLE acts ADD CONSTRAINT c CHECK (true) NOT VALID", "ALTER TABLE acts VALIDATE CONSTRAINT c"],
        ["CREATE INDEX CONCURRENTLY ix_acts_at ON acts (at)"],
        ["CREATE TABLE notes (id BIGINT NOT NULL)", "CREATE INDEX ix_notes_id ON notes (id)"],
        ["UPDATE acts SET reason = 'x' WHERE act_id BETWEEN 'a' AND 'b'"],
    ],
)
def test_what_adds_is_fine(statements: list[str]) -> None:
    assert faults("r9999", statements) == []


def later_revisions() -> list[str]:
    """Return the revisions after the first on PostgreSQL, in order."""
    scripts = ScriptDirectory.from_config(schema._config())
    found = [one.revision for one in scripts.iterate_revisions("head", schema.FIRST_ON_POSTGRESQL)]
    return found[::-1]


@pytest.fixture
def empty(postgres: Postgres) -> Iterator[PostgresPlace]:
    with a_place(postgres, None) as place:
        yield place


async def executed(place: PostgresPlace, revision: str) -> list[str]:
    """Bring a database to a revision; return the statements."""
    said: list[str] = []

    def move(connection: sqlalchemy.Connection) -> None:
        schema.upgrade_postgresql(connection, revision)

    opened = open_postgresql(place.owner, clock=FrozenClock(), ids=CountingIds(), limits=NO_LIMITS)
    async with opened as database:
        event.listen(
            database.engine.sync_engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_rest: said.append(statement),
        )
        await database.apart(move)
    return said


async def test_every_revision_may_be_made_while_people_buy(empty: PostgresPlace) -> None:
    await executed(empty, schema.FIRST_ON_POSTGRESQL)

    for revision in later_revisions():
        statements = await executed(empty, revision)

        assert any(re.match(r"ALTER|CREATE|INSERT|UPDATE", one) for one in statements), revision
        assert faults(revision, statements) == []


def test_a_revision_waits_two_seconds_at_most_for_a_table() -> None:
    assert PostgresqlSettings(url="postgresql://a@b/c").migration_lock_seconds <= LOCK_SECONDS_MAX  # type: ignore[arg-type]


EVENT: Final = (
    "INSERT INTO outbox (event_id, aggregate_type, aggregate_id, aggregate_seq, topic, payload, occurred_at, actor,"
    " available_at) VALUES ('evt_1', 'Order', 'ord_1', 1, 'OrderExpired', '{}', now(), 'system', now())"
)
TIMER: Final = "INSERT INTO deadlines (kind, subject, due_at) VALUES ('k', 'a', '2026-01-01T00:00:00Z')"
FOUND: Final = (
    "INSERT INTO search_documents (product_id, seller_id, seller_slug, seller_name, in_stock, has_video, published_at,"
    " hit) VALUES ('prd_1', 'sel_1', 'clay', 'Clay', 1, 1, now(), '{}')"
)
ROWS: Final[Mapping[str, tuple[str, str, list[tuple[Any, ...]]]]] = {
    "r0028": (EVENT, "SELECT event_id, attempts, trace FROM outbox", [("evt_1", 0, None)]),
    "r0027": (TIMER, "SELECT kind, subject, attempts, taken_until FROM deadlines", [("k", "a", 0, None)]),
    "r0023": (EVENT, "SELECT event_id, is_announced FROM outbox", [("evt_1", 1)]),
    "r0026": (FOUND, "SELECT product_id, digest FROM search_documents", [("prd_1", "")]),
    "r0024": (TIMER, "SELECT kind, (SELECT count(*) FROM notifications_suppressions) FROM deadlines", [("k", 0)]),
    "r0021": (TIMER, "SELECT kind, (SELECT count(*) FROM operations_watches) FROM deadlines", [("k", 0)]),
    "r0021b": (TIMER, "SELECT kind, (SELECT count(*) FROM payments_comparisons) FROM deadlines", [("k", 0)]),
    "r0029": (TIMER, "SELECT kind, (SELECT sum(suspended_minor) FROM payments_disputes) FROM deadlines", [("k", None)]),
}
"""For a revision: what is there before it, a question after it, and the answer."""
TOLD_ELSEWHERE: Final = frozenset({"r0014b", "r0015b", "r0022", "r0022b", "r0022c"})
"""Revisions whose rows are looked at with those of SQLite: ``test_migrations``, ``test_migration_of_agreements``."""


def test_every_revision_says_what_becomes_of_rows() -> None:
    assert set(later_revisions()) - TOLD_ELSEWHERE == set(ROWS)


@pytest.mark.parametrize("revision", ROWS)
async def test_rows_that_were_there_are_there_afterwards(empty: PostgresPlace, revision: str) -> None:
    before, question, answer = ROWS[revision]
    revisions = [schema.FIRST_ON_POSTGRESQL, *later_revisions()]
    await executed(empty, revisions[revisions.index(revision) - 1])
    connection = await asyncpg.connect(empty.owner.replace("+asyncpg", ""))
    await connection.execute(before)

    await executed(empty, revision)

    assert [tuple(row) for row in await connection.fetch(question)] == answer
    await connection.close()
