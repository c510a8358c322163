"""``python -m tests.outages [TIMES]``: checkouts while the event bus, then the object storage fails in every way.

The last line of each has the figures.

The exit code is 1 if a checkout failed or was slow, an event was lost, doubled or came in the wrong order, the backlog
was not gone a minute after, or the books do not agree.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.outages import objects
from tests.outages.rig import Outage, run


def main(times: int = 30) -> int:
    """Run it and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        counted = told("event bus", asyncio.run(run(Path(folder), times)))
    with tempfile.TemporaryDirectory() as folder:
        counted += told("object storage", asyncio.run(objects.run(Path(folder), times)))
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
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
