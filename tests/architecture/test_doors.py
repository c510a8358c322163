"""What can be asked for over HTTP can be asked for on the command line, or is left out for a reason (ADR 0002)."""

from typing import Final

from marketplace_core.kernel.messages import Command
from tests.architecture.source_tree import PACKAGES, context_of, core_classes, imports, python_files

DOORS: Final = PACKAGES["marketplace_entrypoints"]

NO_SESSION: Final = "the command line acts for whoever --as names and holds no session"
ONLY_OVER_HTTP: Final = {"RefreshSession": NO_SESSION, "SignIn": NO_SESSION, "SignOut": NO_SESSION}
"""Command → why a terminal has no use for it."""


def commands_of(door: str) -> set[str]:
    """Return the names of the commands that the modules of a door import."""
    known = {found.__name__ for found in core_classes() if issubclass(found, Command) and context_of(found)}
    imported = {name.rpartition(".")[2] for path in python_files(DOORS / door) for name, _ in imports(path)}
    return known & imported


def test_every_command_over_http_is_on_the_command_line_or_left_out_for_a_reason() -> None:
    over_http = commands_of("http")

    missing = over_http - commands_of("cli") - set(ONLY_OVER_HTTP)

    assert over_http != set()
    assert sorted(missing) == []


def test_nothing_is_excused_that_needs_no_excuse() -> None:
    superfluous = set(ONLY_OVER_HTTP) - (commands_of("http") - commands_of("cli"))

    assert sorted(superfluous) == []
