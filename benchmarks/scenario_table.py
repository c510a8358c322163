"""What the scenarios came to, as a Markdown table: medians of the rounds, ratios within each round."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from benchmarks.scenarios import SCENARIOS, Answered, Played

Round = Mapping[str, Played]
HEAD: Final = (
    "| scenario | requests/s | p50 ms | p95 ms | p99 ms | errors | of the ceiling | statements "
    "| server ms | database ms | Locust busy |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)
CEILING: Final = "Ready"
NAMES: Final = {"Hello": "ceiling: bare ASGI hello", "Ready": "ceiling: FastAPI, ready JSON"}


def scenario_table(rounds: Sequence[Round], statements: Mapping[str, int]) -> str:
    """Return one line per scenario, and below those of several kinds of request one line per kind."""
    lines = [HEAD]
    for scenario in rounds[0]:
        played = [each[scenario] for each in rounds]
        ratios = [_per_second(each[scenario]) / _per_second(each[CEILING]) for each in rounds]
        kinds = played[0].by_kind
        lines.append(
            _line(
                NAMES.get(scenario, scenario.lower()),
                [(one, one.whole) for one in played],
                f"{statistics.median(ratios):.3f}",
                _statements(played[0], statements) if scenario in SCENARIOS else "",
                *_work(played),
            )
        )
        for kind in sorted(kinds) if len(kinds) > 1 else ():
            of_kind = [(one, one.by_kind[kind]) for one in played if kind in one.by_kind]
            lines.append(_line(f"… {kind}", of_kind, "", str(statements.get(kind, "")), "", "", ""))
    return "\n".join(lines)


def day_table(minutes: Sequence[Played]) -> str:
    """Return one line for each minute of a day, so that a slope is seen."""
    lines = ["| minute | requests/s | p50 ms | p99 ms | errors | largest process MB |", "| --- |" + " ---: |" * 5]
    for number, one in enumerate(minutes, start=1):
        whole = one.whole
        times = " | ".join(f"{whole.within_ms(share):.0f}" for share in (0.5, 0.99))
        memory = "" if one.memory_mb is None else f"{one.memory_mb:.0f}"
        lines.append(f"| {number} | {_per_second(one):,.0f} | {times} | {whole.errors} | {memory} |")
    return "\n".join(lines)


def _line(name: str, answered: Sequence[tuple[Played, Answered]], *rest: str) -> str:
    times = (f"{_within_ms(answered, share):.0f}" for share in (0.5, 0.95, 0.99))
    rate = statistics.median(found.answers / played.seconds for played, found in answered)
    errors = sum(found.errors for _, found in answered)
    return "| " + " | ".join((name, f"{rate:,.0f}", *times, str(errors), *rest)) + " |"


def _within_ms(answered: Sequence[tuple[Played, Answered]], share: float) -> float:
    return statistics.median(found.within_ms(share) for _, found in answered)


def _work(played: Sequence[Played]) -> tuple[str, str, str]:
    def each_ms(busy: Callable[[Played], float | None]) -> str:
        found = [share * 1000 / _per_second(one) for one in played if (share := busy(one)) is not None]
        return f"{statistics.median(found):.2f}" if found else ""

    generator = statistics.median(one.generator_busy for one in played)
    return each_ms(lambda one: one.server_busy), each_ms(lambda one: one.database_busy), f"{generator:.0%}"


def _statements(played: Played, statements: Mapping[str, int]) -> str:
    """Return how many statements a request of the scenario takes on average."""
    taken = sum(statements[kind] * found.answers for kind, found in played.by_kind.items())
    return f"{taken / played.whole.answers:.1f}"


def _per_second(played: Played) -> float:
    return played.whole.answers / played.seconds
