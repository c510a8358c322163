"""The table of conformance: which adapter passed which port's class, and against which real server.

``./dev conformance`` prints it last. Whoever makes a ground on a server says so with the fixture ``met``; an adapter
whose ground says nothing needs no server.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Final, TypeAlias

import pytest
from attrs import define, field

KIT: Final = "marketplace_core.testing.conformance"
PORT, AGAINST, DATABASE = "port", "against", "database"
IN_MEMORY: Final = "in memory"
DATABASES: Final = frozenset({"sqlite", "postgresql"})

Met: TypeAlias = Callable[[str, str], None]
"""Says which server, and of which version, this test stands on."""


@define
class Row:
    """What one adapter did with one port's class on one database."""

    outcomes: dict[str, int] = field(factory=lambda: defaultdict(int))
    servers: set[str] = field(factory=set)

    @property
    def is_green(self) -> bool:
        """Whether all that ran passed, and something ran."""
        return set(self.outcomes) == {"passed"}

    def __str__(self) -> str:
        return ", ".join(f"{count} {outcome}" for outcome, count in sorted(self.outcomes.items()))


_rows: Final[dict[tuple[str, str, str], Row]] = defaultdict(Row)


def ports_of(item: pytest.Item) -> list[str]:
    """Name the conformance classes that a test runs; none for any other test."""
    bases = getattr(getattr(item, "cls", None), "__mro__", ())
    return [base.__name__.removesuffix("Conformance") for base in bases if base.__module__.startswith(KIT)]


def adapter_of(path: str) -> str:
    """Name the adapter that a test file is about."""
    parts = PurePosixPath(path).parts
    return parts[2] if parts[:2] == ("tests", "adapters") else IN_MEMORY


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the table be asked for."""
    parser.addoption("--conformance-table", action="store_true", help="print port × adapter × database at the end")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever runs a conformance class, so that `-m conformance` finds it wherever it stands."""
    for item in items:
        ports = ports_of(item)
        if not ports:
            continue
        item.add_marker("conformance")
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        item.user_properties.append((PORT, ports[0]))
        item.user_properties += [
            (DATABASE, name) for name in parameters.values() if isinstance(name, str) and name in DATABASES
        ]


@pytest.fixture
def met(request: pytest.FixtureRequest) -> Met:
    """Note which server a test stands on."""
    return lambda server, version: request.node.user_properties.append((AGAINST, f"{server} {version}"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the test where all reports come together."""
    said = dict(report.user_properties)
    if PORT not in said or (report.when != "call" and report.outcome == "passed"):
        return
    row = _rows[str(said[PORT]), adapter_of(report.nodeid), str(said.get(DATABASE, ""))]
    row.outcomes[report.outcome] += 1
    row.servers.update(str(server) for name, server in report.user_properties if name == AGAINST)


def table() -> Iterator[str]:
    """Yield the table, line by line, in Markdown."""
    yield "| port | adapter | database | against | tests |"
    yield "| --- | --- | --- | --- | --- |"
    for (port, adapter, database), row in sorted(_rows.items()):
        yield f"| {port} | {adapter} | {database or '–'} | {', '.join(sorted(row.servers)) or '–'} | {row} |"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table, and what it comes to."""
    if not config.getoption("--conformance-table") or not _rows:
        return
    terminalreporter.section("conformance")
    for line in table():
        terminalreporter.write_line(line)
    red = sum(not row.is_green for row in _rows.values())
    servers = sorted({server for row in _rows.values() for server in row.servers})
    terminalreporter.write_line(
        f"conformance: {len({port for port, _, _ in _rows})} ports, {len(_rows)} rows,"
        f" {red} not green; against {', '.join(servers) or 'no server'}"
    )
