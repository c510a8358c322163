"""``marketplace search`` on a real data folder."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.search import search
from tests.databases import OURS
from tests.entrypoints.cli.music_shop import FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path))
    with quiet():
        yield Shell(search, furnished.copied_to(tmp_path))


def spoil(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / OURS)) as database, database:
        for statement in statements:
            database.execute(statement)


def titles(shell: Shell, *arguments: str) -> set[str]:
    return {hit["title"] for hit in shell.json("find", *arguments)["hits"]}


def test_refusals_carry_their_exit_codes(shell: Shell) -> None:
    assert shell.refused("find", "x" * 201) == (3, "search.query_too_long")
    assert shell.refused("find", "--price-min", "1") == (3, "search.invalid_filter")
    assert shell.refused("find", "--cursor", "x") == (3, "kernel.invalid_cursor")
    assert shell.refused("find", "--limit", "0")[0] == 3
    assert shell.refused("reindex")[0] == 5
    assert shell.type("find", "--sort", "colour").exit_code == 2


def test_products_are_found_by_words_slips_and_filters(shell: Shell) -> None:
    assert titles(shell, "gutiar") == {"Guitar [/b] with brackets"}
    assert titles(shell, "гиатра") == {"Гитара"}
    assert titles(shell, "snare", "drum") == {"Snare drum"}
    assert titles(shell, "--price-max", "1999", "--currency", "EUR") == {"Guitar [/b] with brackets"}
    assert len(titles(shell, "--seller", "adas", "--in-stock", "--has-video")) == 3
    assert titles(shell, "zebra") == set()


def test_people_see_a_table_and_the_facets(shell: Shell) -> None:
    shown = shell.type("find", "--limit", "2")

    assert shown.exit_code == 0
    assert "3 in all" in shown.stdout
    assert "categories: music 3" in shown.stdout
    assert "more: --cursor" in shown.stdout


def test_the_operator_writes_the_index_anew(shell: Shell) -> None:
    assert shell.json("reindex", who=None) == {"findable": 3, "removed": 0, "caught_up": 0}
    assert "3 products can be found" in shell.type("reindex", who=None).stdout


def test_what_differs_is_named_until_it_is_repaired(shell: Shell, tmp_path: Path) -> None:
    assert shell.refused("verify")[0] == 5
    shell.type("reindex", who=None)
    agreed = shell.json("verify", who=None)
    spoil(
        tmp_path,
        "DELETE FROM search_categories WHERE number IN (SELECT number FROM search_documents WHERE hit LIKE '%Snare%')",
        "DELETE FROM search_documents WHERE hit LIKE '%Snare%'",
        "UPDATE search_documents SET digest = 'other' WHERE hit LIKE '%brackets%'",
    )

    told = shell.type("verify", who=None)
    repaired = shell.json("verify", "--repair", who=None)
    again = shell.json("verify", "--repair", who=None)

    assert (agreed["drift"], agreed["left"]) == (0, 0)
    assert told.exit_code == 1
    assert "1 not found though they should be: prd_" in told.stdout
    assert "1 found as they are no more: prd_" in told.stdout
    assert (repaired["drift"], repaired["left"]) == (2, 0)
    assert [len(repaired["indexes"][0][kind]) for kind in ("missing", "extra", "stale", "settings")] == [1, 0, 1, 0]
    assert (again["drift"], again["left"]) == (0, 0)
    assert "agrees with the catalogue (3 products)" in shell.type("verify", who=None).stdout
