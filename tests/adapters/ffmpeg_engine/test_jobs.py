"""Jobs survive the death of their workers, wait their turn, and can be removed at any time."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import evolve, frozen

from marketplace_adapters.ffmpeg import jobs
from marketplace_adapters.ffmpeg.records import Options, State, Status, read_status, write_record
from marketplace_adapters.ffmpeg.slots import SlotPool
from marketplace_adapters.ffmpeg.transcode import Pace
from tests.adapters.ffmpeg_engine.conftest import Studio, state_of, wait_for, wait_for_end, wait_until

CarryOut = Callable[..., tuple[Path, Status]]


@frozen
class Gate:
    """An ffmpeg that begins to transcode only when it is let, and writes down that it did."""

    program: Path
    opened: Path
    journal: Path

    @property
    def options(self) -> Options:
        return Options(ffmpeg=str(self.program))

    def open(self) -> None:
        self.opened.touch()

    def transcodes(self) -> list[str]:
        return self.journal.read_text().splitlines() if self.journal.exists() else []


@pytest.fixture
def gate(tmp_path: Path, ffmpeg: Path) -> Gate:
    program, opened, journal = (tmp_path / name for name in ("gated-ffmpeg", "opened", "journal"))
    program.write_text(
        f"""#!/bin/sh
case "$*" in *-force_key_frames*)
  name=$(basename "$(dirname "$PWD")")
  echo "begin $name" >> {journal}
  while [ ! -e {opened} ]; do sleep 0.05; done
  {ffmpeg} "$@"; code=$?
  echo "end $name" >> {journal}
  exit $code;;
esac
exec {ffmpeg} "$@"
"""
    )
    program.chmod(0o755)
    return Gate(program, opened, journal)


@pytest.fixture
def begin(tmp_path: Path, pool: SlotPool, studio: Studio) -> Iterator[Callable[..., Path]]:
    begun: list[Path] = []

    def submit(options: Options | None = None, name: str = "job", source: Path | None = None) -> Path:
        job_dir = tmp_path / name
        begun.append(job_dir)
        jobs.submit(job_dir, source=source or studio.clip("plain.mp4"), pool=pool, options=options)
        return job_dir

    yield submit
    for job_dir in begun:  # no worker outlives its test
        jobs.remove(job_dir)
        wait_for(lambda job_dir=job_dir: not processes_about(job_dir))  # type: ignore[misc]


def pid_at_work(job_dir: Path) -> int:
    status = wait_until(job_dir, lambda status: status.state is State.PROCESSING)
    assert status.worker_pid is not None
    return status.worker_pid


def processes_about(job_dir: Path) -> list[str]:
    """Command lines of all living processes that mention this job's directory or work in it, whoever started them."""
    found = []
    removed = f"{job_dir.parent}/.removed-{job_dir.name}-"
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            place = str((entry / "cwd").readlink())
        except OSError:
            continue
        if f"{job_dir}/" in command or f"{job_dir} " in command or place.startswith((f"{job_dir}/", removed)):
            found.append(command)
    return found


def kill(job_dir: Path) -> None:
    os.kill(pid_at_work(job_dir), signal.SIGKILL)
    wait_for(lambda: not jobs.is_running(job_dir))


def test_what_was_never_submitted_is_no_job(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    for job_dir in (tmp_path / "nowhere", tmp_path / "empty"):
        with pytest.raises(jobs.NoSuchJob):
            jobs.read(job_dir)
        with pytest.raises(jobs.NoSuchJob):
            jobs.start(job_dir)
        with pytest.raises(jobs.NoSuchJob):
            jobs.resume(job_dir)
        with pytest.raises(jobs.NoSuchJob):
            jobs.retry(job_dir)
    jobs.remove(tmp_path / "nowhere")


def test_a_job_killed_in_the_middle_never_looks_ready_and_is_ready_once_after_resuming(
    studio: Studio, begin: Callable[..., Path]
) -> None:
    job_dir = begin(source=studio.clip("large.mp4", size="1280x720", seconds=6))
    wait_until(job_dir, lambda status: 10 < status.progress_percent < 80)
    kill(job_dir)
    assert list(job_dir.glob("out.unfinished-*/v0/*"))
    assert not (job_dir / "out").exists()
    assert state_of(job_dir) is State.PROCESSING
    wait_for(lambda: not processes_about(job_dir))

    jobs.resume(job_dir)
    ready = wait_for_end(job_dir)

    assert (ready.state, ready.attempts) == (State.READY, 2)
    wait_for(lambda: not jobs.is_running(job_dir))
    assert jobs.resume(job_dir) == jobs.start(job_dir) == jobs.retry(job_dir) == ready
    assert sorted(path.name for path in job_dir.iterdir() if path.is_dir()) == ["out"]


def test_a_job_whose_worker_dies_three_times_has_failed(gate: Gate, begin: Callable[..., Path]) -> None:
    job_dir = begin(gate.options)
    for attempt in range(jobs.ATTEMPTS_MAX):
        wait_for(lambda wanted=attempt + 1: len(gate.transcodes()) == wanted)  # type: ignore[misc]
        kill(job_dir)
        jobs.resume(job_dir)

    status = jobs.read(job_dir)
    assert (status.state, status.reason_code) == (State.FAILED, "worker_died")
    wait_for(lambda: not processes_about(job_dir))
    assert not jobs.is_running(job_dir)


def test_a_worker_asked_to_end_puts_the_job_back_without_counting_it(gate: Gate, begin: Callable[..., Path]) -> None:
    job_dir = begin(gate.options)
    os.kill(pid_at_work(job_dir), signal.SIGTERM)

    wait_for(lambda: not jobs.is_running(job_dir))

    assert (jobs.read(job_dir).state, jobs.read(job_dir).attempts) == (State.QUEUED, 0)
    gate.open()
    jobs.resume(job_dir)
    assert (wait_for_end(job_dir).state, jobs.read(job_dir).attempts) == (State.READY, 1)


def test_a_machine_that_shuts_down_puts_the_job_back_too(studio: Studio, begin: Callable[..., Path]) -> None:
    job_dir = begin(source=studio.clip("large.mp4", size="1280x720", seconds=6))
    wait_until(job_dir, lambda status: 10 < status.progress_percent < 80)

    os.killpg(pid_at_work(job_dir), signal.SIGTERM)

    wait_for(lambda: not jobs.is_running(job_dir))
    assert (jobs.read(job_dir).state, jobs.read(job_dir).attempts) == (State.QUEUED, 0)


def test_ffmpeg_ending_first_in_a_shutdown_is_no_failure(
    tmp_path: Path, ffmpeg: Path, begin: Callable[..., Path]
) -> None:
    program = tmp_path / "obedient-ffmpeg"
    both = "kill -TERM $PPID; kill -TERM $$"
    program.write_text(f'#!/bin/sh\ncase "$*" in *-force_key_frames*) {both};; esac\nexec {ffmpeg} "$@"\n')
    program.chmod(0o755)

    job_dir = begin(Options(ffmpeg=str(program)))

    wait_for(lambda: not jobs.is_running(job_dir))
    assert (jobs.read(job_dir).state, jobs.read(job_dir).attempts) == (State.QUEUED, 0)


def test_a_job_that_died_between_finishing_and_saying_so_is_not_done_again(
    gate: Gate, begin: Callable[..., Path]
) -> None:
    gate.open()
    job_dir = begin(gate.options)
    ready = wait_for_end(job_dir)
    wait_for(lambda: not jobs.is_running(job_dir))
    unsaid = Status(state=State.PROCESSING, updated_at="", attempts=1, progress_percent=97, worker_pid=1)
    write_record(job_dir / "status.json", unsaid)

    jobs.resume(job_dir)

    assert evolve(wait_for_end(job_dir), updated_at="") == evolve(ready, updated_at="")
    assert gate.transcodes() == ["begin job", "end job"]


def test_starting_a_running_job_again_changes_nothing(gate: Gate, begin: Callable[..., Path]) -> None:
    job_dir = begin(gate.options)
    first = pid_at_work(job_dir)
    wait_for(lambda: bool(gate.transcodes()))

    begin(gate.options)
    jobs.start(job_dir)
    jobs.resume(job_dir)
    jobs.retry(job_dir)

    assert jobs.read(job_dir).worker_pid == first
    gate.open()
    assert wait_for_end(job_dir).state is State.READY
    assert gate.transcodes() == ["begin job", "end job"]


def test_starting_a_job_often_before_its_worker_is_up_makes_one_worker(gate: Gate, begin: Callable[..., Path]) -> None:
    job_dir = begin(gate.options)

    for _ in range(20):
        assert jobs.is_running(job_dir)
        jobs.resume(job_dir)

    def workers() -> list[str]:
        return [command for command in processes_about(job_dir) if "ffmpeg.work" in command]

    wait_for(lambda: bool(workers()))  # a process that has just been forked is not called so yet
    assert len(workers()) == 1
    gate.open()
    assert wait_for_end(job_dir).attempts == 1


def test_one_slot_means_one_transcode_at_a_time_in_the_order_of_submission(
    gate: Gate, begin: Callable[..., Path]
) -> None:
    first = begin(gate.options, "first")
    pid_at_work(first)
    others = [begin(gate.options, name) for name in ("zebra", "apple", "mango")]
    wait_for(lambda: len(list((first.parent / "slots").glob("*.ticket"))) == 3)
    assert [state_of(job_dir) for job_dir in others] == [State.QUEUED] * 3
    assert gate.transcodes() == ["begin first"]

    gate.open()

    assert {wait_for_end(job_dir).state for job_dir in (first, *others)} == {State.READY}
    names = ("first", "zebra", "apple", "mango")
    assert gate.transcodes() == [f"{what} {name}" for name in names for what in ("begin", "end")]
    wait_for(lambda: not list((first.parent / "slots").glob("*.ticket")))


def test_the_slot_of_a_killed_worker_is_free_again(gate: Gate, begin: Callable[..., Path]) -> None:
    first = begin(gate.options, "first")
    pid_at_work(first)
    second = begin(gate.options, "second")

    kill(first)

    pid_at_work(second)
    assert state_of(first) is State.PROCESSING
    gate.open()
    assert wait_for_end(second).state is State.READY


def test_a_job_can_be_removed_while_it_is_worked_on_and_while_it_waits(gate: Gate, begin: Callable[..., Path]) -> None:
    working = begin(gate.options, "working")
    pid_at_work(working)
    waiting = begin(gate.options, "waiting")
    wait_for(lambda: len(list((working.parent / "slots").glob("*.ticket"))) == 1)

    jobs.remove(waiting)
    jobs.remove(working)

    for job_dir in (working, waiting):
        with pytest.raises(jobs.NoSuchJob):
            jobs.read(job_dir)
        wait_for(lambda job_dir=job_dir: not processes_about(job_dir))  # type: ignore[misc]
        assert not job_dir.exists()
    assert not list(working.parent.glob(".removed-*"))
    gate.open()
    assert wait_for_end(begin(gate.options, "next")).state is State.READY


def test_a_removed_job_is_gone_even_when_ffmpeg_is_writing(studio: Studio, begin: Callable[..., Path]) -> None:
    job_dir = begin(source=studio.clip("large.mp4", size="1280x720", seconds=6))
    wait_until(job_dir, lambda status: 10 < status.progress_percent < 80)

    jobs.remove(job_dir)

    wait_for(lambda: not processes_about(job_dir))
    assert not job_dir.exists()


def test_a_job_made_again_under_the_same_name_is_left_alone_by_the_worker_of_the_old_one(
    gate: Gate, begin: Callable[..., Path]
) -> None:
    job_dir = begin(gate.options)
    old = pid_at_work(job_dir)

    jobs.remove(job_dir)
    begin(gate.options)
    gate.open()

    ready = wait_for_end(job_dir)
    assert (ready.state, ready.attempts) == (State.READY, 1)
    wait_for(lambda: not Path(f"/proc/{old}").exists())
    assert jobs.read(job_dir) == ready


def test_a_transcode_that_takes_too_long_has_failed_for_that_reason(gate: Gate, begin: Callable[..., Path]) -> None:
    hurried = Pace(timeout_seconds_base=0.3, timeout_seconds_per_second=0)

    status = wait_for_end(begin(evolve(gate.options, pace=hurried)))

    assert (status.state, status.reason_code) == (State.FAILED, "timeout")


def test_a_full_disk_is_not_blamed_on_the_clip_and_may_be_tried_again(
    tmp_path: Path, ffmpeg: Path, begin: Callable[..., Path]
) -> None:
    program, full = tmp_path / "unlucky-ffmpeg", tmp_path / "full"
    full.touch()
    complaint = f"if [ -e {full} ]; then echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1; fi"
    program.write_text(f'#!/bin/sh\ncase "$*" in *-force_key_frames*) {complaint};; esac\nexec {ffmpeg} "$@"\n')
    program.chmod(0o755)
    job_dir = begin(Options(ffmpeg=str(program)))
    failed = wait_for_end(job_dir)
    assert (failed.state, failed.reason_code) == (State.FAILED, "engine_fault")
    assert failed.clip is not None
    assert "No space left" in (job_dir / "worker.log").read_text()

    full.unlink()
    jobs.retry(job_dir)

    wait_until(job_dir, lambda status: status.state is State.READY)


def test_a_missing_program_is_a_fault_of_ours(begin: Callable[..., Path]) -> None:
    status = wait_for_end(begin(Options(ffmpeg="no-such-ffmpeg")))

    assert (status.state, status.reason_code) == (State.FAILED, "engine_fault")


def test_a_source_is_found_relative_to_its_job(tmp_path: Path, studio: Studio, pool: SlotPool) -> None:
    job_dir = tmp_path / "job"
    job_dir.mkdir()
    (job_dir / "source").write_bytes(studio.clip("plain.mp4").read_bytes())

    jobs.submit(job_dir, source=Path("source"), pool=pool)

    assert wait_for_end(job_dir).state is State.READY


def test_a_worker_sees_none_of_the_secrets_of_whoever_started_it(
    tmp_path: Path, gate: Gate, begin: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETPLACE_SIGNING_KEY", "do-not-tell")

    job_dir = begin(gate.options)

    assert b"do-not-tell" not in Path(f"/proc/{pid_at_work(job_dir)}/environ").read_bytes()
    gate.open()
    wait_for_end(job_dir)


def test_a_status_written_by_a_newer_version_can_still_be_read(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    write_record(path, Status(state=State.QUEUED, updated_at="now"))
    path.write_text(path.read_text().replace("{", '{"mood": "new",', 1))

    assert read_status(path) == Status(state=State.QUEUED, updated_at="now")
