"""Several processes at one address: one that dies is missed by nobody, and all end together."""

import os
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx
import pytest

from features.drivers.processes import Process, executed
from tests.entrypoints.running.processes import Make, Running, until

pytestmark = pytest.mark.slow
WORKERS: Final = 2
REQUESTS: Final = 60
EXIT_SECONDS: Final = 20.0


def in_two_processes(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
    """Start the server as an operator does who has two cores."""
    more = ("--workers", str(WORKERS)) if command[0] == "serve" else ()
    return executed([*command, *more], environment, log)


def children_of(pid: int) -> set[int]:
    """Return the processes that a process has started."""
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return {int(child) for child in said.split()}


@pytest.fixture(scope="module")
def house(marketplaces: Make) -> Running:
    house = marketplaces()
    house.begin = in_two_processes
    house.start_server()
    return house


def test_a_process_that_is_killed_is_missed_by_nobody_and_another_takes_its_place(house: Running) -> None:
    assert house.server is not None
    parent = house.server.pid
    until(lambda: len(children_of(parent)) == WORKERS, what="all have started")
    before = children_of(parent)

    os.kill(min(before), signal.SIGKILL)
    statuses = [httpx.get(f"{house.client.base_url}/v1/categories").status_code for _ in range(REQUESTS)]
    until(lambda: len(children_of(parent) - {min(before)}) == WORKERS, what="another has started")
    after = children_of(parent)

    assert statuses == [200] * REQUESTS
    assert max(before) in after
    assert min(before) not in after
    assert '"event": "process ended"' in house.log.read_text()


def test_asked_to_end_all_end(house: Running) -> None:
    server = house.server
    assert server is not None
    until(lambda: len(children_of(server.pid)) == WORKERS, what="all have started")
    children = children_of(server.pid)

    server.terminate()
    code = server.wait(EXIT_SECONDS)
    house.server = None

    assert code == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    with pytest.raises(httpx.TransportError):
        house.client.get("/health/live")


def ended(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run a server that does not come up; return its exit code and what it said."""
    command = ("serve", "--workers", "2", *arguments)
    process = executed(command, {"MARKETPLACE_DATA": str(folder), **environment}, folder / "log")
    try:
        return process.wait(120), (folder / "log").read_text()
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def test_an_address_that_is_taken_is_told(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        code, said = ended(tmp_path, "--port", port)

    assert code != 0
    assert "services.address_taken" in said
    assert port in said


@pytest.mark.long
def test_processes_that_cannot_start_are_given_up(tmp_path: Path) -> None:
    code, said = ended(tmp_path, "--port", "0", MARKETPLACE_DATABASE="nobody-knows-it")

    assert code != 0
    assert "services.crew_lost" in said
    assert "kernel.adapter_missing" in said


def test_a_role_that_nobody_knows_starts_nothing(tmp_path: Path) -> None:
    code, said = ended(tmp_path, "--port", "0", "--roles", "cooks")

    assert code != 0
    assert "services.unknown_role" in said
    assert "process ended" not in said
