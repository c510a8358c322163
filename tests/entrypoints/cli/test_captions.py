"""``marketplace video captions`` on a real data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.app import app
from tests.core.video.studio import HELLO
from tests.entrypoints.cli.music_shop import ADA, ANN, FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path))
    with quiet():
        yield Shell(app, furnished.copied_to(tmp_path))


def test_captions_are_added_read_and_removed(shell: Shell, tmp_path: Path) -> None:
    video, file, broken = shell.shop.video_id, tmp_path / "en.vtt", tmp_path / "broken.vtt"
    file.write_text(HELLO, encoding="utf-8")
    broken.write_bytes(b"\xff")
    command = ("video", "captions")

    malformed = shell.refused(*command, "add", video, "en", str(broken), "--label", "English", who=ADA)
    foreign = shell.refused(*command, "add", video, "en", str(file), "--label", "English", who=ANN)
    added = shell.json(*command, "add", video, "en", str(file), "--label", "English [en]", who=ADA)
    shown = shell.type("video", "view", video).output
    read = shell.type(*command, "view", video, "en").output
    removed = shell.json(*command, "remove", video, "en", who=ADA)

    assert malformed == (3, "video.malformed_captions")
    assert foreign == (5, "kernel.not_allowed")
    assert [(track["language"], track["label"]) for track in added["captions"]] == [("en", "English [en]")]
    assert added["captions"][0]["url"] in shown
    assert HELLO in read
    assert removed["captions"] == []
    assert shell.refused(*command, "view", video, "en") == (4, "video.captions_not_found")
