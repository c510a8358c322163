"""``marketplace page`` on a real data folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.landing import page
from tests.entrypoints.cli.music_shop import ADA, FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path))
    with quiet():
        yield Shell(page, furnished.copied_to(tmp_path))


def save(shell: Shell, *more: str) -> tuple[str, ...]:
    shop = shell.shop
    button = ("--label", "See all", "--target", "/shops/adas")
    return ("save", "--headline", "Loud [/b]", "--video", shop.video_id, "--product", shop.products[0], *button, *more)


def test_refusals_carry_their_exit_codes(shell: Shell) -> None:
    assert shell.refused("view", "adas") == (4, "landing.not_found")
    assert shell.refused("draft", who=ADA) == (4, "landing.not_found")
    assert shell.refused("draft")[0] == 5
    assert shell.refused("save", "--headline", "x" * 121, who=ADA) == (3, "landing.invalid_document")
    assert shell.type("save", "--label", "alone", who=ADA).exit_code == 2


def test_a_page_that_is_not_ready_names_everything(shell: Shell) -> None:
    saved = shell.json("save", "--label", "Go", "--target", "javascript:alert(1)", who=ADA)

    refused = shell.type("publish", "--json", who=ADA)

    codes = [problem["code"] for problem in json.loads(refused.stderr)["problems"]]
    assert refused.exit_code == 6
    assert codes == ["video_missing", "products_missing", "link_invalid"]
    assert [problem["code"] for problem in saved["problems"]] == codes


def test_a_page_is_drafted_published_looked_at_and_taken_down(shell: Shell) -> None:
    saved = shell.json(*save(shell), who=ADA)
    stale = shell.refused("publish", "--version", "9", who=ADA)
    live = shell.json("publish", "--version", str(saved["version"]), "--seller", shell.shop.seller_id, who=None)
    seen = shell.json("view", "adas", who=None)
    draft = shell.json("draft", who=ADA)
    versions = shell.json("versions", who=ADA)
    first = shell.json("versions", "1", who=ADA)
    shell.json("unpublish", who=ADA)

    assert saved["problems"] == []
    assert stale == (7, "kernel.stale_version")
    assert (live["slug"], live["number"]) == ("adas", 1)
    assert (seen["headline"], len(seen["products"])) == ("Loud [/b]", 1)
    assert draft["published_number"] == 1
    assert versions["items"] == [first]
    assert shell.refused("view", "adas") == (4, "landing.not_found")


def test_people_read_a_page(shell: Shell) -> None:
    saved = shell.type(*save(shell, "--product", "prd_none"), who=ADA)
    shell.type(*save(shell), who=ADA)
    published = shell.type("publish", who=ADA)
    seen = shell.type("view", "adas")
    draft = shell.type("draft", who=ADA)
    versions = shell.type("versions", who=ADA)

    assert "prd_none is not for sale" in saved.stdout
    assert "adas  shows version 1" in published.stdout
    assert "Loud [/b]" in seen.stdout
    assert "[See all] → /shops/adas" in seen.stdout
    assert "version 1 is public" in draft.stdout
    assert "Loud [/b]" in versions.stdout
