"""What the system tells of a process and of those it has started: how long they worked, how much memory is theirs."""

import os
from collections.abc import Iterator
from pathlib import Path


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all below it, as far as they are still there."""
    yield pid
    try:
        tasks = [*Path(f"/proc/{pid}/task").iterdir()]
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from tree(child)


def cpu_seconds(pid: int) -> float | None:
    """Return how long a process and all below it have kept a core busy so far; None where the system does not tell.

    Those that have ended count as well, once their parent has taken note.
    """
    seen = [ticks for one in tree(pid) if (ticks := _ticks(one)) is not None]
    return sum(seen) / os.sysconf("SC_CLK_TCK") if seen else None


def memory_mb(pid: int) -> float | None:
    """Return the proportional share of memory of one process in megabytes; None where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _ticks(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return sum(int(field) for field in fields[11:15])
