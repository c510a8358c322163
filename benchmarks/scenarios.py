"""Runs one scenario of Locust in a process of its own and says how fast whom it asked was, and who worked for it."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from benchmarks.servers import ROOT, Server

SCENARIOS: Final = ("Browse", "Search", "Product", "Cart", "Checkout", "Mixed")
CEILINGS: Final = ("Hello", "Ready")


@frozen(kw_only=True)
class Answered:
    """Answers of one kind in one scenario: how many, how long they took in milliseconds, and what was wrong."""

    answers: int
    errors: int
    took_ms: Mapping[int, int] = field(repr=False)

    def within_ms(self, share: float) -> float:
        """Return the time within which that share of them came."""
        left = share * sum(self.took_ms.values())
        for milliseconds in sorted(self.took_ms):
            left -= self.took_ms[milliseconds]
            if left <= 0:
                return milliseconds
        return 0.0


@frozen(kw_only=True)
class Played:
    """One scenario, once. What the server, its database and Locust worked is in seconds of a core per second."""

    seconds: float
    by_kind: Mapping[str, Answered]
    server_busy: float | None
    database_busy: float | None
    generator_busy: float
    memory_mb: float | None

    @property
    def whole(self) -> Answered:
        """Return the answers of all kinds as one."""
        took: Counter[int] = Counter()
        for one in self.by_kind.values():
            took.update(one.took_ms)
        return Answered(
            answers=sum(one.answers for one in self.by_kind.values()),
            errors=sum(one.errors for one in self.by_kind.values()),
            took_ms=took,
        )


@frozen(kw_only=True)
class Stage:
    """Where scenarios are played; ``database`` is the process of its server."""

    folder: Path
    users: int
    seconds: float
    warmup: float
    database: int

    def play(self, scenario: str, server: Server) -> Played:
        """Play one. Ends the run when Locust could not play it."""
        kept = self.folder / f"locust-{scenario}"
        command = [
            *(sys.executable, "-m", "locust", "-f", str(ROOT / "benchmarks" / "locustfile.py"), "--headless"),
            *("--host", f"http://127.0.0.1:{server.port}", "--users", str(self.users), "--spawn-rate", str(self.users)),
            *("--run-time", f"{self.warmup + self.seconds:.0f}s", "--exit-code-on-error", "0"),
            *("--json-file", str(kept), "--only-summary", "--loglevel", "WARNING", scenario),
        ]
        environment = {
            **os.environ,
            "BENCH_FOLDER": str(self.folder),
            "BENCH_WARMUP": str(self.warmup),
            "BENCH_PIDS": f"server={server.process.pid},database={self.database}",
        }
        moments = [self.folder / f"{moment}.json" for moment in ("began", "ended")]
        for moment in moments:
            moment.unlink(missing_ok=True)
        with (self.folder / f"locust-{scenario}.log").open("wb") as said:
            finished = subprocess.run(command, cwd=ROOT, env=environment, stdout=said, stderr=said, check=False)
        if finished.returncode != 0:
            raise SystemExit(self.failures(scenario))
        if not all(moment.exists() for moment in moments):
            raise SystemExit(f"{scenario}: the machine is so busy that Locust was not warm when its time was over.")
        began, ended = (json.loads(moment.read_text()) for moment in moments)
        seconds = ended["at"] - began["at"]
        busy = {
            name: None if began[name] is None or ended[name] is None else (ended[name] - began[name]) / seconds
            for name in ("server", "database", "generator")
        }
        return Played(
            seconds=seconds,
            by_kind={entry["name"]: _answered(entry) for entry in json.loads(kept.with_suffix(".json").read_text())},
            server_busy=busy["server"],
            database_busy=busy["database"],
            generator_busy=busy["generator"] or 0.0,
            memory_mb=server.memory_mb,
        )

    def failures(self, scenario: str) -> str:
        """Return what Locust said about a scenario."""
        return (self.folder / f"locust-{scenario}.log").read_text()[-3000:]


def _answered(entry: Any) -> Answered:
    took = {int(float(milliseconds)): count for milliseconds, count in entry["response_times"].items()}
    return Answered(answers=entry["num_requests"], errors=entry["num_failures"], took_ms=took)
