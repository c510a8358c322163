"""Video jobs: each is a directory, and everything about it is in there.

Whoever asks only reads and starts; the work is done by a process of its own (`marketplace_adapters.ffmpeg.work`), so
that no web server ever transcodes. That process holds a lock for as long as it lives, which is how anybody can tell
whether it still does.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

from attrs import evolve

from marketplace_adapters.ffmpeg.binary import ffmpeg_path
from marketplace_adapters.ffmpeg.engine import Engine
from marketplace_adapters.ffmpeg.locks import FileLock, is_held
from marketplace_adapters.ffmpeg.prepare import take_poster
from marketplace_adapters.ffmpeg.records import (
    JOB_NAME,
    STATUS_NAME,
    Job,
    Options,
    State,
    Status,
    read_job,
    read_status,
    timestamp,
    write_record,
)
from marketplace_adapters.ffmpeg.slots import SlotPool
from marketplace_adapters.ffmpeg.verdict import Reason

ATTEMPTS_MAX = 3
LOCK_NAME = "worker.lock"
OUTPUT_NAME = "out"
_LOG_NAME = "worker.log"
_WORKER = "marketplace_adapters.ffmpeg.work"
_FAREWELL_SECONDS = 5.0  # a worker that has said how its job ended holds the lock for some milliseconds more
_REMOVAL_TRIES = 50
_REMOVAL_PAUSE_SECONDS = 0.1
_CODE_ROOT = str(Path(__file__).resolve().parents[2])
# The worker reads what strangers sent: it gets none of the secrets in our environment.
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "IMAGEIO_FFMPEG_EXE")


class NoSuchJob(Exception):
    """There is no job in this directory, or no longer."""


class JobNotReady(Exception):
    """This can only be asked of a job that is ready."""


def submit(job_dir: Path, *, source: Path, pool: SlotPool, options: Options | None = None) -> Status:
    """Create the job and start it; asking twice for the same directory is asking once.

    `source` is kept as given: relative means relative to `job_dir`.
    """
    job_dir.mkdir(parents=True, exist_ok=True)
    if not (job_dir / JOB_NAME).exists():
        job = Job(
            source=str(source),
            submitted_at_ns=time.time_ns(),
            slots_directory=str(pool.directory),
            slots=pool.slots,
            options=options or Options(),
        )
        write_record(job_dir / JOB_NAME, job)
    return start(job_dir)


def start(job_dir: Path) -> Status:
    """Start the worker of this job unless it is running or the job is final, and return how the job stands.

    A job whose worker died is begun again, up to `ATTEMPTS_MAX` attempts; then it has failed. Safe to call at any time,
    often, and from several processes: the worker is born holding the job's lock. Raises `NoSuchJob`.
    """
    status = read(job_dir)
    lock = FileLock(job_dir / LOCK_NAME)
    if status.state.is_final or not lock.take():
        return status
    try:
        status = give_up_when_exhausted(job_dir, read(job_dir))
        if not status.state.is_final:
            _spawn(job_dir, lock)
        return status
    finally:
        lock.release()


def read(job_dir: Path) -> Status:
    """Return how the job stands; raises `NoSuchJob`."""
    try:
        return read_status(job_dir / STATUS_NAME)
    except FileNotFoundError as missing:
        if (job_dir / JOB_NAME).is_file():  # submitted, and nothing recorded since
            return Status(state=State.QUEUED, updated_at=timestamp())
        raise NoSuchJob(str(job_dir)) from missing


def is_running(job_dir: Path) -> bool:
    """Say whether a worker of this job is alive, wherever it was started."""
    return is_held(job_dir / LOCK_NAME)


def resume(job_dir: Path) -> Status:
    """Start again a job whose worker died before it was final; the same as `start`, named after the occasion."""
    return start(job_dir)


def retry(job_dir: Path) -> Status:
    """Start a failed job from the beginning, as after a fault of the machine; others are left as they are.

    Raises `NoSuchJob`.
    """
    lock = FileLock(job_dir / LOCK_NAME)
    if read(job_dir).state is State.FAILED and lock.take_within(_FAREWELL_SECONDS):
        try:
            if read(job_dir).state is State.FAILED:
                write_record(job_dir / STATUS_NAME, Status(state=State.QUEUED, updated_at=timestamp()))
        finally:
            lock.release()
    return start(job_dir)


def choose_poster(job_dir: Path, poster_time_ms: int) -> Status:
    """Take the poster of a ready job at another time (milliseconds, within the clip) and return how the job stands.

    Runs ffmpeg for some tenths of a second. Raises `NoSuchJob`, `JobNotReady`, `EngineFault`.
    """
    lock = FileLock(job_dir / LOCK_NAME)
    status = read(job_dir)
    if status.state is not State.READY or status.clip is None or not lock.take_within(_FAREWELL_SECONDS):
        raise JobNotReady(str(job_dir))
    try:
        options = read_job(job_dir / JOB_NAME).options
        engine = Engine(binary=ffmpeg_path(options.ffmpeg), threads=options.threads)
        best = status.renditions[0]
        clip = evolve(status.clip, duration_ms=min(status.clip.duration_ms, best.duration_ms))
        name, taken_ms = take_poster(job_dir / OUTPUT_NAME, best.playlist, engine, clip=clip, chosen_ms=poster_time_ms)
        chosen = evolve(status, poster=f"{OUTPUT_NAME}/{name}", poster_time_ms=taken_ms, updated_at=timestamp())
        write_record(job_dir / STATUS_NAME, chosen)
        return chosen
    finally:
        lock.release()


def remove(job_dir: Path) -> None:
    """Remove the job and all it made, even while it is being worked on; a job that is not there is fine.

    Its worker sees within a quarter of a second that its directory is gone, ends ffmpeg and itself.
    """
    doomed = job_dir.with_name(f".removed-{job_dir.name}-{uuid.uuid4().hex}")
    try:
        job_dir.rename(doomed)
    except FileNotFoundError:
        return
    for _ in range(_REMOVAL_TRIES):
        shutil.rmtree(doomed, ignore_errors=True)
        if not doomed.exists():
            return
        time.sleep(_REMOVAL_PAUSE_SECONDS)  # ffmpeg may still be closing a file in there
    shutil.rmtree(doomed)


def give_up_when_exhausted(job_dir: Path, status: Status) -> Status:
    """Record the failure of a job whose workers died too often; the caller holds the job's lock."""
    if status.state.is_final or status.attempts < ATTEMPTS_MAX:
        return status
    failed = evolve(
        status,
        state=State.FAILED,
        reason_code=Reason.WORKER_DIED,
        reason="Preparing the video was interrupted too often. Please try again later.",
        worker_pid=None,
        updated_at=timestamp(),
    )
    write_record(job_dir / STATUS_NAME, failed)
    return failed


def _spawn(job_dir: Path, lock: FileLock) -> None:
    """Start the worker in a session of its own: it outlives us, and Ctrl-C in our terminal is not for it."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # The worker must find the very code that starts it, even where that is on no installed path.
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (_CODE_ROOT, environment.get("PYTHONPATH"))))
    with (job_dir / _LOG_NAME).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - no shell, and every argument is ours
            # -P: the working directory is no place to import from.
            [sys.executable, "-P", "-m", _WORKER, str(job_dir.absolute()), str(lock.descriptor)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,
            pass_fds=(lock.descriptor,),
        )
    # A worker that ended would stay a zombie of ours until somebody asked for it.
    threading.Thread(target=process.wait, name=f"video-worker-{process.pid}", daemon=True).start()
