"""The logs of a marketplace: every line one JSON object, every request under its id and its trace."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

NAMED_MAX: Final = 5
"""How many bad lines of a file are named."""
EXCERPT: Final = 120
GATEWAY: Final = "gateway"
REQUEST: Final = "request"


@frozen(kw_only=True)
class LogFound:
    """One log: how many lines, how many of them tell of requests, and which are not as they should be."""

    name: str
    lines: int
    requests: int
    bad: tuple[str, ...]


def logs_in(folder: Path) -> tuple[LogFound, ...]:
    """Look at every line of every log."""
    return tuple(look_at(path.stem, lines_of(path)) for path in sorted(folder.glob("*.log")))


def look_at(name: str, lines: Iterable[str]) -> LogFound:
    """Look at the lines of one log."""
    found = [(number, _parsed(line), line) for number, line in enumerate(lines, start=1)]
    bad = [(number, why, line) for number, parsed, line in found if (why := wrong_with(parsed))]
    return LogFound(
        name=name,
        lines=len(found),
        requests=sum(parsed is not None and parsed.get("event") == REQUEST for _, parsed, _ in found),
        bad=tuple(f"{name}:{number} {why}: {line[:EXCERPT]}" for number, why, line in bad[:NAMED_MAX]),
    )


def wrong_with(line: Mapping[str, Any] | None) -> str:
    """Return what is wrong with a line; nothing, if it is fine. What was not understood as a request has no id."""
    if line is None:
        return "is no JSON object"
    missing = [name for name in ("event", "level", "timestamp") if name not in line]
    if line.get("event") == REQUEST and "method" in line:
        missing += [name for name in ("request_id", "trace_id") if not line.get(name)]
    elif line.get("request_id") and not line.get("trace_id"):
        missing.append("trace_id")
    return f"lacks {', '.join(missing)}" if missing else ""


def told_of(folder: Path, request_id: str) -> tuple[tuple[str, str], ...]:
    """Return which logs tell of a request, and under which trace."""
    return tuple(
        (path.stem, str(parsed.get("trace_id", "")))
        for path in sorted(folder.glob("*.log"))
        for line in lines_of(path)
        if request_id in line and (parsed := _parsed(line)) and parsed.get("event") == REQUEST
    )


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines that are complete."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        for line in file:
            if line.endswith("\n"):
                yield line[:-1]


def _parsed(line: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
