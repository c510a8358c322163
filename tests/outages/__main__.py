"""``python -m tests.outages [TIMES]``: checkouts while one server after the other fails in every way.

The last line of each has the figures. Named servers only: ``python -m tests.outages 60 "search engine"``.

The exit code is 1 if a checkout failed or was slow, an event was lost, doubled or came in the wrong order, the backlog
was not gone a minute after, or the books do not agree.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final

from tests.outages import objects, searching
from tests.outages.rig import Outage, run

SERVERS: Final[Mapping[str, Callable[[Path, int], Coroutine[Any, Any, list[Outage]]]]] = {
    "event bus, Redis, mail server": run,
    "object storage": objects.run,
    "search engine": searching.run,
}
"""What lets each of them fail."""


def main(times: int = 60, *servers: str) -> int:
    """Run them and print the figures."""
    counted = 0
    for server in servers or SERVERS:
        with tempfile.TemporaryDirectory() as folder:
            counted += told(server, asyncio.run(SERVERS[server](Path(folder), times)))
    return 1 if counted else 0


def told(server: str, outages: list[Outage]) -> int:
    """Print what came of the troubles of one server; return the number of violations."""
    violations = [f"{outage.name}: {violation}" for outage in outages for violation in outage.violations]
    for outage in outages:
        print(outage)
    for violation in violations:
        print(f"VIOLATION {violation}")
    bought = sum(outage.bought for outage in outages)
    tried = bought + sum(len(outage.failed) for outage in outages)
    slowest = max(outage.drained_seconds for outage in outages)
    print(
        f"{server}: {len(outages) - 1} troubles, {bought} of {tried} checkouts,"
        f" p95 {outages[0].p95 * 1000:.0f} ms without and at most {max(one.p95 for one in outages[1:]) * 1000:.0f} ms"
        f" with them,"
        f" backlog gone after at most {slowest:.1f} s, {len(violations)} violations"
    )
    return len(violations)


if __name__ == "__main__":
    words = sys.argv[1:] or ["60"]
    sys.exit(main(int(words[0]), *words[1:]))
