"""How the demonstration starts, tells and ends."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest

from marketplace_entrypoints.demo.check.steps import StepFailed
from marketplace_entrypoints.demo.ending import FAILED, INTERRUPTED, run_to_the_end
from marketplace_entrypoints.demo.processes import Child, ProcessFailed, alone_in, free_port, is_taken
from marketplace_entrypoints.demo.tell import PlainLines

Said = pytest.CaptureFixture[str]


def test_work_that_ends_by_itself_is_a_success() -> None:
    async def work() -> None:
        await anyio.lowlevel.checkpoint()

    assert run_to_the_end(work, when_interrupted=INTERRUPTED) == 0


def test_a_failed_step_ends_it_with_a_sentence_and_no_traceback(capfd: Said) -> None:
    async def work() -> None:
        raise StepFailed("She opens a shop", "It is suspended.")

    code = run_to_the_end(work, when_interrupted=0)

    assert code == FAILED
    assert capfd.readouterr().err == "\nThe step “She opens a shop” failed. It is suspended.\n"


def test_a_bug_is_not_dressed_up_as_a_failure() -> None:
    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup):
        run_to_the_end(work, when_interrupted=0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(number: int) -> None:
    put_away = []

    async def work() -> None:
        try:
            os.kill(os.getpid(), number)
            await anyio.sleep(10)
        finally:
            put_away.append("everything")

    assert run_to_the_end(work, when_interrupted=INTERRUPTED) == INTERRUPTED
    assert put_away == ["everything"]


def test_a_process_that_ends_by_itself_is_noticed_with_the_end_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("starting\nthe disk is full\n")
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    process.wait()

    with pytest.raises(ProcessFailed, match=r"The server ended with code 3(.|\n)*the disk is full"):
        Child("server", process, log).require_running()


def test_only_one_demonstration_runs_in_a_folder(tmp_path: Path) -> None:
    with alone_in(tmp_path), pytest.raises(ProcessFailed, match="already"), alone_in(tmp_path):
        pass
    with alone_in(tmp_path):
        pass


def test_a_port_that_somebody_listens_on_is_taken() -> None:
    port = free_port("127.0.0.1")

    with socket.create_server(("127.0.0.1", port)):
        assert is_taken("127.0.0.1", port)
    assert not is_taken("127.0.0.1", port)


def test_without_a_terminal_every_stage_is_one_line(capsys: Said) -> None:
    tell = PlainLines()

    with tell.stage("Products", 3) as advance:
        advance()
        advance()
    with pytest.raises(ValueError, match="no"), tell.doing("He orders"):
        raise ValueError("no")

    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("Products ")
    assert "2 of 3" in told[0]
    assert told[1] == "  failed  He orders"
