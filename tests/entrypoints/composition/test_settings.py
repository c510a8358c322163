"""What an operator may set, and what an unset or empty variable means."""

from pathlib import Path

import pytest

from marketplace_core.kernel.plugins import AdapterMissing, UnsafeSetting
from marketplace_entrypoints.composition.adapters import MalformedAdapterSettings, open_adapters
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import SecretFiles, ShiftedClock


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_DATA", "")

    assert Settings().data == Path(".marketplace")


async def test_an_adapter_that_is_not_there_says_what_is_installed_and_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(AdapterMissing) as missing:
        async with open_adapters(Settings(data=tmp_path, video_host="mux")):
            pass

    assert "Installed: ffmpeg" in missing.value.message
    assert "pip install 'marketplace-adapters[mux]'" in missing.value.message


async def test_settings_that_an_adapter_does_not_know_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedAdapterSettings):
        async with open_adapters(Settings(data=tmp_path, adapters={"ffmpeg": {"slotz": "1"}})):
            pass


async def test_production_runs_on_the_clock_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSetting):
        async with open_adapters(Settings(data=tmp_path, mode="production", clock="shifted")):
            pass


def test_processes_that_share_the_file_travel_together(tmp_path: Path) -> None:
    one, other = ShiftedClock(tmp_path / "shift"), ShiftedClock(tmp_path / "shift")

    one.advance(3600)
    other.advance(60)

    assert one.shift_seconds == other.shift_seconds == 3660
    assert abs((one.now() - other.now()).total_seconds()) < 1


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first, second = SecretFiles(tmp_path / "secrets")("key"), SecretFiles(tmp_path / "secrets")("key")

    assert first == second
    assert len(first) == 32
    assert SecretFiles(tmp_path / "secrets")("other") != first
    assert (tmp_path / "secrets" / "key").stat().st_mode & 0o077 == 0
    assert [path.name for path in sorted((tmp_path / "secrets").iterdir())] == ["key", "other"]
