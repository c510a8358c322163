"""``marketplace search`` on a real data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.search import search
from tests.entrypoints.cli.music_shop import FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path))
    with quiet():
        yield Shell(search, furnished.copied_to(tmp_path))


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
    assert shell.json("reindex", who=None) == {"findable": 3, "removed": 0}
    assert "3 products can be found" in shell.type("reindex", who=None).stdout
