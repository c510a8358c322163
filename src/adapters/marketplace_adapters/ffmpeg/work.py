"""The process that carries out one video job: `python -m marketplace_adapters.ffmpeg.work JOB_DIR`."""

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
        self.status = evolve(self.status, attempts=self.status.attempts + 1, worker_pid=os.getpid())
        self._record(State.PROCESSING)
        try:
            outcome = self._prepare(output)
        except Stopped:
            # Asked to end, not failed: this attempt does not count.
            self.status = evolve(self.status, attempts=self.status.attempts - 1, worker_pid=None)
            self._record(State.QUEUED)
            raise
        except (EngineFault, OSError, FfmpegMissing):
            self.check_wanted()
            traceback.print_exc()
            outcome = Unplayable(Reason.ENGINE_FAULT, "The video could not be prepared because of a fault on our side.")
        match outcome:
            case Unplayable():
                self._record_failed(outcome)
            case Prepared():
                self._record_ready(outcome)

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

    def check_wanted(self) -> None:
        """Raise `JobRemoved` when the job's directory is no longer the one this worker was started for."""
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
        self.check_wanted()
        self.status = evolve(self.status, state=state, updated_at=timestamp())
        write_record(self.job_dir / STATUS_NAME, self.status)


def main(arguments: list[str]) -> int:
    """Carry out the job in the named directory; 0 whenever its status says how it went or another worker has it."""
    os.nice(_NICENESS)
    signal.signal(signal.SIGTERM, _stop)
    job_dir = Path(arguments[0])
    lock = FileLock(job_dir / LOCK_NAME)
    try:
        if not lock.take():
            return 0
        Worker(job_dir=job_dir, job=read_job(job_dir / JOB_NAME), lock=lock, status=read(job_dir)).carry_out()
    except (JobRemoved, NoSuchJob, Stopped):
        return 0
    except FileNotFoundError:
        if lock.still_there():
            raise
        return 0  # removed between a look and a write
    finally:
        lock.release()
    return 0


def _stop(_signal_number: int, _frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
