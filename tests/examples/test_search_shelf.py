"""The example of a search adapter: installed like anybody's, found by its entry point, held against the kit."""

import json
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.architecture.commands import printed_by, run
from tests.architecture.source_tree import ROOT

pytestmark = pytest.mark.packaging

EXAMPLE: Final = ROOT / "examples" / "search_shelf"
UV: Final = Path(sys.executable).with_name("uv")
MARKETPLACE: Final = Path(sys.executable).with_name("marketplace")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the example is installed, to be put on the path."""
    folder = tmp_path_factory.mktemp("site")
    install = (UV, "pip", "install", "--quiet", "--offline", "--no-deps", "--no-build-isolation")
    printed_by(*install, "--python", sys.executable, "--target", folder, EXAMPLE, cwd=ROOT)
    return folder


def test_the_kit_is_its_whole_test_suite(site: Path) -> None:
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLE / "tests")

    told = printed_by(*command, cwd=ROOT, PYTHONPATH=str(site))

    assert " passed" in told


def checked(*arguments: str, site: Path, data: Path, **environment: str) -> tuple[int, dict[str, Any]]:
    """Check the adapters; return the exit code and what was said of each port."""
    ended = run(
        MARKETPLACE,
        *("adapters", "check", "--json", *arguments),
        cwd=data,
        PYTHONPATH=str(site),
        MARKETPLACE_DATA=str(data),
        **environment,
    )
    return ended.returncode, {one["port"]: one for one in json.loads(ended.stdout)}


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
