"""The example of a search adapter: installed like anybody's, found by its entry point, held against the kit."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.commands import run
from tests.examples.conftest import MARKETPLACE, checked, kit_of

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def site(install: Callable[[str], Path]) -> Path:
    """The example, installed."""
    return install("search_shelf")


def test_the_kit_is_its_whole_test_suite(site: Path) -> None:
    assert " passed" in kit_of("search_shelf", site)


def test_it_is_chosen_by_its_name_and_opens(site: Path, tmp_path: Path) -> None:
    code, found = checked(site=site, data=tmp_path, MARKETPLACE_SEARCH_ENGINE="shelf")
    listed = run(
        *(MARKETPLACE, "adapters", "list", "--json"),
        cwd=tmp_path,
        PYTHONPATH=str(site),
        MARKETPLACE_SEARCH_ENGINE="shelf",
        MARKETPLACE_DATA=str(tmp_path),
    )
    (shelf,) = [one for one in json.loads(listed.stdout) if one["name"] == "shelf"]

    assert (code, found["search_engine"]["name"], found["search_engine"]["fine"]) == (0, "shelf", True)
    assert (shelf["distribution"], shelf["chosen"]) == ("marketplace-search-shelf", True)
    assert shelf["because"] == "MARKETPLACE_SEARCH_ENGINE"


def test_a_setting_that_it_does_not_have_is_told(site: Path, tmp_path: Path) -> None:
    code, found = checked(
        *("--use", "search_engine=shelf"), site=site, data=tmp_path, MARKETPLACE_ADAPTERS__SHELF__COLOUR="red"
    )

    assert (code, found["search_engine"]["fine"]) == (1, False)
    assert "colour" in found["search_engine"]["refusal"]
    assert [port for port, one in found.items() if not one["fine"]] == ["search_engine"]
