"""What the pages serve of other people's work is what its packages published, in the versions that are locked."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source_tree import ROOT

ENTRYPOINTS: Final = ROOT / "src" / "entrypoints"
SERVED: Final = ENTRYPOINTS / "marketplace_entrypoints" / "web" / "static" / "vendor"
FOLDERS: Final = (SERVED, ROOT / "tests" / "browser" / "vendor")
LOCK: Final = json.loads((ENTRYPOINTS / "frontend" / "package-lock.json").read_text(encoding="utf-8"))

in_each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=["served", "tested"])


def manifest(folder: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def committed(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


@in_each_folder
def test_every_file_is_the_one_that_the_manifest_names(folder: Path) -> None:
    named = {name: each["sha256"] for name, each in manifest(folder).items()}

    files = committed(folder)

    del files["manifest.json"]
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == named


@in_each_folder
def test_every_file_comes_from_the_version_that_is_locked(folder: Path) -> None:
    sources = {(each["package"], each["version"]) for each in manifest(folder).values()}

    locked = {(package, LOCK["packages"][f"node_modules/{package}"]["version"]) for package, _ in sources}

    assert sources == locked


@in_each_folder
def test_nothing_points_at_a_source_map_that_is_not_there(folder: Path) -> None:
    files = committed(folder)

    pointing = [name for name, path in files.items() if b"sourceMappingURL=" in path.read_bytes()]

    assert pointing == []
    assert [name for name in files if name.endswith(".map")] == []


@in_each_folder
def test_every_package_brings_its_licence(folder: Path) -> None:
    sources = manifest(folder)

    packages = {each["package"] for each in sources.values()}

    assert {each["package"] for name, each in sources.items() if name.startswith("licences/")} == packages


def test_every_constant_style_of_the_controls_has_a_hash_for_the_policy() -> None:
    bundle = (SERVED / "media-chrome.min.mjs").read_text(encoding="utf-8")
    hashes = json.loads((SERVED / "style-hashes.json").read_text(encoding="utf-8"))

    # A template literal without a placeholder stands in the bundle as it will stand in the page.
    constant = [css for css in re.findall(r"<style[^>]*>([^<`]*)</style>", bundle) if "${" not in css]

    assert constant != []
    assert {_hash(css) for css in constant} <= set(hashes)
    assert all(re.fullmatch(r"sha256-[A-Za-z0-9+/]{43}=", each) for each in hashes)


def test_the_lock_names_no_address_to_fetch_from() -> None:
    text = json.dumps(LOCK["packages"])

    names_an_address = "resolved" in text

    assert not names_an_address


def _hash(css: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}"
