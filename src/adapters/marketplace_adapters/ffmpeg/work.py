"""The process that carries out one video job: `python -m marketplace_adapters.ffmpeg.work JOB_DIR LOCK`."""

import os
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType

from attrs import define, evolve, field

from marketplace_adapters.ffmpeg.binary import FfmpegMissing, ffmpeg_path
from marketplace_adapters.ffmpeg.engine import Engine, EngineFault
from marketplace_adapters.ffmpeg.jobs import LOCK_NAME, OUTPUT_NAME, NoSuchJob, give_up_when_exhausted, read
from marketplace_adapters.ffmpeg.locks import FileLock
from marketplace_adapters.ffmpeg.prepare import PREPARED_NAME, Report, prepare
from marketplace_adapters.ffmpeg.records import (
    JOB_NAME,
    STATUS_NAME,
    Job,
    Prepared,
    State,
    Status,
    read_job,
    read_prepared,
    timestamp,
    write_record,
)
from marketplace_adapters.ffmpeg.slots import SlotPool
from marketplace_adapters.ffmpeg.verdict import Reason, Unplayable

_NICENESS = 10
_REPORT_SECONDS = 0.5
_SIGNAL_SECONDS = 0.2


class JobRemoved(Exception):
    """The job's directory was taken away while it was worked on."""


class Stopped(Exception):
    """This process was asked to end; the job goes back to the queue."""


@define
class Worker:
    """Carries out one job whose lock it holds; the only writer of its status."""

    job_dir: Path
    job: Job
    lock: FileLock
    status: Status
    stop_asked: bool = field(default=False, init=False)
    _reported_at: float = field(default=0.0, init=False)

    def carry_out(self) -> None:
        """Bring the job to its end, waiting for a slot first."""
        self.status = give_up_when_exhausted(self.job_dir, self.status)
        if self.status.state.is_final:
            return
        output = self.job_dir / OUTPUT_NAME
        if (output / PREPARED_NAME).is_file():  # died between finishing and saying so
            self._record_ready(read_prepared(output / PREPARED_NAME))
            return
        self._record(State.QUEUED)
        pool = SlotPool(Path(self.job.slots_directory), self.job.slots)
        slot = pool.wait(submitted_at_ns=self.job.submitted_at_ns, name=self.job_dir.name, on_wait=self.check_wanted)
        try:
            self._process(output)
        finally:
            slot.release()

    def _process(self, output: Path) -> None:
        for leftover in self.job_dir.glob(f"{OUTPUT_NAME}.unfinished-*"):
            shutil.rmtree(leftover)
        attempt = evolve(self.status, progress_percent=0, attempts=self.status.attempts + 1, worker_pid=os.getpid())
        self.status = attempt
        self._record(State.PROCESSING)
        try:
            outcome = self._prepare_or_blame(output)
        except Stopped:
            # Asked to end, not failed: this attempt does not count.
            self.status = evolve(self.status, progress_percent=0, attempts=attempt.attempts - 1, worker_pid=None)
            self._record(State.QUEUED)
            raise
        match outcome:
            case Unplayable():
                self._record_failed(outcome)
            case Prepared():
                self._record_ready(outcome)

    def _prepare_or_blame(self, output: Path) -> Prepared | Unplayable:
        try:
            return self._prepare(output)
        except (EngineFault, OSError, FfmpegMissing):
            self._check_there()
            # A machine that shuts down tells ffmpeg and us to end in the same moment: wait for our own word of it.
            time.sleep(_SIGNAL_SECONDS)
            if self.stop_asked:
                raise Stopped from None
            traceback.print_exc()
            return Unplayable(Reason.ENGINE_FAULT, "The video could not be prepared because of a fault on our side.")

    def _prepare(self, output: Path) -> Prepared | Unplayable:
        options = self.job.options
        engine = Engine(
            binary=ffmpeg_path(options.ffmpeg),
            threads=options.threads,
            dies_with_caller=True,
            on_tick=self.check_wanted,
        )
        source = self.job_dir / self.job.source  # an absolute source stays what it is
        return prepare(source, output, engine, options, on_report=self._on_report)

    def ask_to_stop(self, _signal_number: int, _frame: FrameType | None) -> None:
        """Take the signal to end; it is obeyed at the next tick, never in the middle of a write."""
        self.stop_asked = True

    def check_wanted(self) -> None:
        """Raise `JobRemoved` or `Stopped` when this worker should not go on."""
        self._check_there()
        if self.stop_asked:
            raise Stopped

    def _check_there(self) -> None:
        if not self.lock.still_there():
            raise JobRemoved

    def _on_report(self, report: Report) -> None:
        now = time.monotonic()
        known = self.status.clip is not None
        self.status = evolve(self.status, progress_percent=report.percent, clip=report.clip)
        if not known or now >= self._reported_at + _REPORT_SECONDS:
            self._reported_at = now
            self._record(State.PROCESSING)

    def _record_ready(self, prepared: Prepared) -> None:
        self.status = evolve(
            self.status,
            progress_percent=100,
            worker_pid=None,
            clip=prepared.clip,
            renditions=prepared.renditions,
            master=prepared.master,
            poster=prepared.poster,
            poster_time_ms=prepared.poster_time_ms,
            storyboard=prepared.storyboard,
        )
        self._record(State.READY)

    def _record_failed(self, verdict: Unplayable) -> None:
        for leftover in self.job_dir.glob(f"{OUTPUT_NAME}.unfinished-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        self.status = evolve(self.status, worker_pid=None, reason_code=verdict.reason_code, reason=verdict.sentence)
        self._record(State.FAILED)

    def _record(self, state: State) -> None:
        self._check_there()
        self.status = evolve(self.status, state=state, updated_at=timestamp())
        write_record(self.job_dir / STATUS_NAME, self.status)


def main(arguments: list[str]) -> int:
    """Carry out the job in the named directory, holding its lock, which whoever started us took and handed over.

    Returns 0 whenever the job's status says how it went.
    """
    job_dir, descriptor = Path(arguments[0]), int(arguments[1])
    lock = FileLock.inherited(job_dir / LOCK_NAME, descriptor)
    os.nice(_NICENESS)
    try:
        worker = Worker(job_dir=job_dir, job=read_job(job_dir / JOB_NAME), lock=lock, status=read(job_dir))
        signal.signal(signal.SIGTERM, worker.ask_to_stop)
        worker.carry_out()
    except (JobRemoved, NoSuchJob, Stopped):
        return 0
    except FileNotFoundError:
        if lock.still_there():
            raise
        return 0  # removed between a look and a write
    finally:
        lock.release()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
