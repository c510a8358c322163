"""Clips made by the real ffmpeg, and jobs carried out by real worker processes."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from marketplace_adapters.ffmpeg import jobs
from marketplace_adapters.ffmpeg.binary import ffmpeg_path
from marketplace_adapters.ffmpeg.engine import Engine
from marketplace_adapters.ffmpeg.records import Options, State, Status
from marketplace_adapters.ffmpeg.slots import SlotPool

PATIENCE_SECONDS = 30.0


@pytest.fixture(scope="session")
def ffmpeg() -> Path:
    return ffmpeg_path()


@pytest.fixture(scope="session")
def engine(ffmpeg: Path) -> Engine:
    return Engine(binary=ffmpeg)


@frozen
class Studio:
    """Makes small clips, each once per test session."""

    folder: Path
    ffmpeg: Path

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(self.ffmpeg), "-hide_banner", "-y", *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stderr

    def clip(
        self,
        name: str,
        *,
        size: str = "320x240",
        rate: str = "25",
        seconds: float = 2,
        sound: bool = True,
        extra: str = "",
    ) -> Path:
        path = self.folder / name
        if not path.exists():
            heard = ["-f", "lavfi", "-i", f"sine=frequency=440:d={seconds}"] if sound else []
            x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
            codec = ["-deadline", "realtime"] if name.endswith(".webm") else [] if extra else x264
            seen = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}"]
            self.run(*seen, *heard, *codec, *extra.split(), str(path))
        return path

    def colours(self, name: str, *, first: str, then: str) -> Path:
        """A clip of one colour for a second and another for a second."""
        path = self.folder / name
        if not path.exists():
            one, two = (f"color={colour}:s=320x240:r=25:d=1" for colour in (first, then))
            joined = "[0:v][1:v]concat=n=2:v=1:a=0,format=yuv420p"
            self.run("-f", "lavfi", "-i", one, "-f", "lavfi", "-i", two, "-filter_complex", joined, str(path))
        return path

    def derived(self, name: str, source: Path, *, before: str = "", after: str = "-c copy") -> Path:
        path = self.folder / name
        if not path.exists():
            self.run(*before.split(), "-i", str(source), *after.split(), str(path))
        return path


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory, ffmpeg: Path) -> Studio:
    return Studio(tmp_path_factory.mktemp("clips"), ffmpeg)


@pytest.fixture
def pool(tmp_path: Path) -> SlotPool:
    return SlotPool(tmp_path / "slots")


@pytest.fixture
def carry_out(tmp_path: Path, pool: SlotPool) -> Callable[..., tuple[Path, Status]]:
    """Submit one file as a job and wait for its end."""

    def submit(source: Path, options: Options | None = None, name: str = "job") -> tuple[Path, Status]:
        job_dir = tmp_path / name
        jobs.submit(job_dir, source=source, pool=pool, options=options)
        return job_dir, wait_for_end(job_dir)

    return submit


def wait_for_end(job_dir: Path) -> Status:
    return wait_until(job_dir, lambda status: status.state.is_final)


def wait_until(job_dir: Path, wanted: Callable[[Status], bool]) -> Status:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        status = jobs.read(job_dir)
        if wanted(status):
            return status
        time.sleep(0.02)
    log = (job_dir / "worker.log").read_text()
    raise AssertionError(f"still {jobs.read(job_dir)}; the worker said: {log}")


def wait_for(wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not wanted():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def state_of(job_dir: Path) -> State:
    return jobs.read(job_dir).state
