"""The search index is killed, wiped and restored: all drift is named, repaired, and the second repair does nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marketplace_core.catalog import UnpublishProduct
from marketplace_core.kernel.access import SYSTEM
from marketplace_entrypoints.cli.search import search
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from tests.adapters.meilisearch.server import MeilisearchServer
from tests.entrypoints.cli.music_shop import FurnishedFolder, Shell, in_folder, quiet


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MeilisearchServer]:
    server = MeilisearchServer(tmp_path / "meilisearch")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def shell(
    tmp_path: Path, server: MeilisearchServer, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder
) -> Iterator[Shell]:
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("MARKETPLACE_DATA", str(folder))
    monkeypatch.setenv("MARKETPLACE_SEARCH_ENGINE", "meilisearch")
    monkeypatch.setenv("MARKETPLACE_ADAPTERS__MEILISEARCH__URL", server.address)
    monkeypatch.setenv("MARKETPLACE_ADAPTERS__MEILISEARCH__SEARCH_SECONDS", "10")
    with quiet():
        yield Shell(search, furnished.copied_to(folder))


def told(shell: Shell, *arguments: str) -> dict[str, Any]:
    ended = shell.type("verify", "--json", *arguments, who=None)
    found: dict[str, Any] = json.loads(ended.stdout)
    assert ended.exit_code == (1 if found["left"] else 0)
    return found


def differing(told: dict[str, Any]) -> dict[str, list[str]]:
    (usual,) = [one for one in told["indexes"] if one["index"] == "index"]
    return {kind: usual[kind] for kind in ("missing", "extra", "stale", "settings")}


def withdrawn(shell: Shell) -> str:
    gone = shell.shop.products[1]

    async def work(opened: OpenMarketplace) -> None:
        await opened.market.execute(UnpublishProduct(product_id=gone), by=SYSTEM)
        await opened.dispatcher.settle()

    in_folder(work)
    return gone


def test_killed_wiped_and_restored_the_index_is_repaired_to_the_last_difference(
    shell: Shell, server: MeilisearchServer, tmp_path: Path
) -> None:
    untouched = told(shell)
    first = shell.json("reindex", who=None)
    agreed = told(shell)
    server.stop()
    server.back_up(tmp_path / "old")
    away = shell.json("find", "gutiar")
    refused = shell.refused("verify", who=None)
    server.start()
    gone = withdrawn(shell)
    usual = shell.json("find")
    followed = told(shell)

    server.stop()
    server.restore(tmp_path / "old")
    server.start()
    restored = told(shell)
    mended = told(shell, "--repair")

    server.stop()
    server.wipe()
    server.start()
    instead = shell.json("find", "guitar")
    wiped = told(shell)
    repaired = told(shell, "--repair")
    written = server.ask("/indexes/products")["updatedAt"]
    again = told(shell, "--repair")

    assert (untouched["drift"], first["findable"], agreed["drift"]) == (4, 3, 0)
    assert (away["degraded"], [hit["title"] for hit in away["hits"]]) == (True, ["Guitar [/b] with brackets"])
    assert refused == (8, "search.unavailable")
    assert (usual["degraded"], usual["total"], followed["drift"]) == (False, 2, 0)
    assert differing(restored) == {"missing": [], "extra": [gone], "stale": [], "settings": []}
    assert (mended["drift"], mended["left"]) == (1, 0)
    assert (instead["degraded"], instead["total"]) == (True, 1)
    assert (len(differing(wiped)["missing"]), differing(wiped)["settings"]) == (2, ["there is no index"])
    assert (repaired["drift"], repaired["left"]) == (3, 0)
    assert (again["drift"], again["left"]) == (0, 0)
    assert server.ask("/indexes/products")["updatedAt"] == written
