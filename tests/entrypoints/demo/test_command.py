"""``marketplace demo`` from the command line."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

MARKETPLACE = [sys.executable, "-m", "marketplace_entrypoints", "demo"]


def run(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"MARKETPLACE_DATA": str(data)}
    return subprocess.run(
        [*MARKETPLACE, *arguments], capture_output=True, text=True, timeout=240, env=environment, check=False
    )


def test_a_taken_port_is_one_sentence_that_names_a_free_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]

        ended = run("--port", str(port), data=tmp_path)

    assert ended.returncode == 1
    assert f"Port {port} is taken. Choose another: marketplace demo --port" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.iterdir())


def test_a_port_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    assert run("--port", "70000", data=tmp_path).returncode == 2


@pytest.mark.slow
def test_both_journeys_are_walked_and_end_with_a_receipt(tmp_path: Path) -> None:
    ended = run("--check", data=tmp_path / "data")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "All 29 steps went as they should" in ended.stdout
