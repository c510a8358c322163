"""``marketplace demo`` from the command line, as far as it goes without starting anything."""

import os
import socket
import subprocess
import sys
from pathlib import Path

MARKETPLACE = [sys.executable, "-m", "marketplace_entrypoints", "demo"]


def run(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"MARKETPLACE_DATA": str(data)}
    return subprocess.run(
        [*MARKETPLACE, *arguments], capture_output=True, text=True, timeout=60, env=environment, check=False
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
