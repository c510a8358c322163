"""From latencies to a table: one figure per round, the median of the rounds, and the ratio to the ceiling."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from benchmarks.load import Tally

CEILING: Final = "ceiling: FastAPI, ready JSON"
HELLO: Final = "ceiling: bare ASGI hello"


@frozen(kw_only=True)
class Figure:
    """One kind of request in one round. ``cpu_ms`` is what the server's process worked per unit, if known."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float | None
    generator_busy: float


def figure(tally: Tally, kind: str, *, cpu_ms: float | None) -> Figure:
    """Sum one kind of request of a round up. Raises ``SystemExit`` when there is nothing to sum up."""
    latencies = sorted(tally.latencies[kind])
    if not latencies or tally.failures:
        raise SystemExit(f"{kind}: {len(latencies)} answers; " + "; ".join(tally.failures[:3]))
    return Figure(
        per_second=len(latencies) / (tally.closes_at - tally.opens_at),
        p50_ms=latencies[len(latencies) // 2] * 1000,
        p99_ms=latencies[min(len(latencies) - 1, len(latencies) * 99 // 100)] * 1000,
        cpu_ms=cpu_ms,
        generator_busy=tally.busy,
    )


def table(rounds: Sequence[Mapping[str, Figure]], statements: Mapping[str, int]) -> str:
    """Return the medians as a Markdown table."""
    lines = [
        "| | per second | p50 ms | p99 ms | server CPU ms | of the ceiling | SQL statements | generator busy |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind in rounds[0]:
        seen = [figures[kind] for figures in rounds]
        ratio = statistics.median(figures[kind].per_second / figures[CEILING].per_second for figures in rounds)
        cpu = [one.cpu_ms for one in seen if one.cpu_ms is not None]
        lines.append(
            f"| {kind} "
            f"| {statistics.median(one.per_second for one in seen):,.0f} "
            f"| {statistics.median(one.p50_ms for one in seen):.1f} "
            f"| {statistics.median(one.p99_ms for one in seen):.1f} "
            f"| {f'{statistics.median(cpu):.2f}' if cpu else ''} "
            f"| {ratio:.3f} "
            f"| {statements.get(kind, '')} "
            f"| {statistics.median(one.generator_busy for one in seen):.0%} |"
        )
    return "\n".join(lines)
