"""``marketplace simulate``, and the recipe that compares two of it."""

import json
from pathlib import Path

import pytest

from features.drivers.terminal import Ended, type_in
from marketplace_entrypoints.cli.app import app
from marketplace_entrypoints.simulation import scenes as scenes_module
from marketplace_entrypoints.simulation.scenes import SCENES, Scene
from marketplace_entrypoints.simulation.stage import Stage
from tests import scenes

FEATURE = Path(__file__).parents[3] / "features" / "worked_example.feature"


def simulate(*words: str) -> Ended:
    return type_in(app, "simulate", *words)


def test_scenes_are_named_and_an_unknown_one_is_refused() -> None:
    listed, unknown = simulate("--list"), simulate("--scene", "price-changed", "--scene", "nope", "--json")

    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(SCENES)
    assert json.loads(simulate("--list", "--json").stdout).keys() == SCENES.keys()
    assert (unknown.exit_code, json.loads(unknown.stderr)["code"]) == (3, "simulation.unknown_scene")
    assert unknown.stdout == ""


def test_a_scene_is_told_as_text_and_as_json() -> None:
    text, document = simulate("--scene", "price-changed"), simulate("--scene", "price-changed", "--json")

    (scene,) = json.loads(document.stdout)
    assert text.exit_code == document.exit_code == 0
    assert text.stdout.startswith("price-changed: ")
    assert "orders.quote_changed" in text.stdout
    assert "audit: nothing found" in text.stdout
    assert (scene["holds"], scene["seed"], scene["ending"]["violations"]) == (True, 1, [])
    assert scene["ending"]["at_provider"]["ours"] == scene["ending"]["at_provider"]["theirs"]


def test_a_scene_that_does_not_hold_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def lie(stage: Stage) -> None:
        await stage.shop("Clay and Co", {"Blue Cup": 100})
        stage.house.claim("cups are free", holds=False)

    monkeypatch.setitem(scenes_module.SCENES, "price-changed", Scene("A lie", lie))

    ended = simulate("--scene", "price-changed")

    assert ended.exit_code == 1
    assert "✗ cups are free" in ended.stdout


def test_a_feature_file_is_a_scene_and_tells_the_same_twice(capfd: pytest.CaptureFixture[str]) -> None:
    told = []
    for _ in range(2):
        assert simulate("--feature", str(FEATURE)).exit_code == 0
        told.append(capfd.readouterr().out)

    assert told[0] == told[1]
    assert 'When "Anna" has paid for 4 of "Blue Cup" and 1 of "Strings"' in told[0]
    assert "65.00 EUR  psp of inmemory → escrow of Clay and Co  (payment captured)" in told[0]
    assert "audit: nothing found" in told[0]


def test_a_step_that_does_not_hold_fails_the_feature(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = FEATURE.parent / "scratch"
    written = FEATURE.read_text(encoding="utf-8").replace(
        "the order comes to 100.00 EUR", "the order comes to 1.00 EUR"
    )
    folder.mkdir()
    try:
        (folder / "wrong.feature").write_text(written, encoding="utf-8")
        ended = simulate("--feature", str(folder / "wrong.feature"), "--json")
    finally:
        (folder / "wrong.feature").unlink()
        folder.rmdir()

    (scenario,) = json.loads(capfd.readouterr().out)
    assert ended.exit_code == 1
    assert scenario["holds"] is False
    assert "failed" in scenario["steps"][-1]


def test_a_feature_file_outside_a_clone_has_no_steps(tmp_path: Path) -> None:
    lonely = tmp_path / "lonely.feature"
    lonely.write_text("Feature: Alone", encoding="utf-8")

    ended = simulate("--feature", str(lonely), "--json")

    assert (ended.exit_code, json.loads(ended.stderr)["code"]) == (3, "simulation.no_steps")


def test_the_recipe_compares_two_processes(capsys: pytest.CaptureFixture[str]) -> None:
    assert scenes.main("--scene", "price-changed") == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("1 scenes, ")
    assert last.endswith(" s, identical")

    assert scenes.main("--scene", "nope") == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("DIFFERENT")
