"""What can be done through one door can be done through the others, or is listed here with its reason."""

import ast
from typing import Any, Final

from marketplace_core.inmemory import open_marketplace
from marketplace_core.kernel.access import Permission
from marketplace_core.kernel.messages import Command
from tests.architecture.source_tree import ROOT, python_files, tree

DOORS: Final = ROOT / "src" / "entrypoints" / "marketplace_entrypoints"
ONLY_OVER_HTTP: Final = {
    "SignIn": "the command line acts with --as; it keeps no session",
    "RefreshSession": "the command line keeps no session",
    "TakeOverCart": "the guest's session proves whose cart it is, and the command line keeps none",
    "SignOut": "the command line keeps no session",
}
BEHIND_THE_DOORS: Final = {
    "AttachVideo": "a video is attached by what its host says, never by hand",
    "ReconcileRefund": "a refund is looked at on a timer and after a provider's message",
    "ReconcileDisputes": "disputes are looked at on a timer and after a provider's message",
    "ReconcilePayout": "a payout is looked at on a timer and after a provider's message",
}


def commands() -> set[type[Command[Any]]]:
    """Return every command that has a handler."""
    return set(open_marketplace().market.commands)


def spoken(door: str) -> set[str]:
    """Return the names that a door imports from the core."""
    return {
        alias.name
        for path in python_files(DOORS / door)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("marketplace_core.")
        for alias in node.names
    }


def test_every_command_of_http_can_be_given_on_the_command_line() -> None:
    names = {command.__name__ for command in commands()}

    missing = (spoken("http") & names) - spoken("cli") - ONLY_OVER_HTTP.keys()

    assert spoken("http") & names
    assert missing == set()


def test_every_command_that_people_may_give_has_a_door() -> None:
    given_by_people = {command.__name__ for command in commands() if command.permission is not Permission.SYSTEM}

    missing = given_by_people - spoken("http") - spoken("cli") - BEHIND_THE_DOORS.keys()

    assert missing == set()


def test_the_exceptions_are_still_exceptions() -> None:
    names = {command.__name__ for command in commands()}

    assert {*ONLY_OVER_HTTP, *BEHIND_THE_DOORS} <= names
    assert not spoken("cli") & ONLY_OVER_HTTP.keys()
