"""Many at once on one database: a short form; `./dev load` does it with 64 workers and 200 operations each."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import Postgres, folders_on_postgres
from tests.load.run import BUYERS_MIN, prepare, run


@pytest.mark.slow
def test_nothing_appears_and_nothing_vanishes_whoever_does_what_at_once(tmp_path: Path) -> None:
    figures = run(tmp_path, workers=4, times=10, processes=2)

    assert figures.violations == []
    assert sum(figures.done.values()) == 40
    assert figures.done["buy"] > 0
    assert str(figures).startswith("sqlite: 4 workers in 2 processes, 40 operations, ")


@pytest.mark.slow
def test_nor_on_a_server(postgres: Postgres, tmp_path: Path) -> None:
    with folders_on_postgres(postgres) as assign:
        assign(tmp_path)

        figures = run(tmp_path, workers=4, times=10, processes=2)

    assert figures.violations == []
    assert sum(figures.done.values()) == 40
    assert str(figures).startswith("postgresql: 4 workers in 2 processes, 40 operations, ")


def test_money_that_appears_is_seen(tmp_path: Path) -> None:
    asyncio.run(prepare(tmp_path, BUYERS_MIN))
    with closing(sqlite3.connect(tmp_path / "marketplace.sqlite")) as books:
        names = [name for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            books.execute(f'DROP TRIGGER "{name}"')
        books.execute(
            "INSERT INTO ledger_accounts (code, kind, subject, currency, balance_rule, materialised, credits_minor)"
            " VALUES ('escrow:nobody:EUR', 'escrow', 'nobody', 'EUR', 'credit_nonneg', 1, 5)"
        )
        books.commit()

    figures = run(tmp_path, workers=1, times=1, processes=1, prepared=True)

    assert any("escrow:nobody:EUR" in said for said in figures.violations)
