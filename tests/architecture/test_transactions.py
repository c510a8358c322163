"""Nobody outside is called while a transaction is open (ADR 0005)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from marketplace_core.kernel.work import outside_transaction, transaction_open
from tests.architecture.source_tree import (
    PACKAGES,
    base_names,
    core_classes,
    dotted,
    is_port,
    place,
    python_files,
    tree,
)

OUTWARD_PORTS: Final = (
    "DisputeGateway",
    "Mailer",
    "PaymentGateway",
    "PayoutGateway",
    "ProviderBooks",
    "VideoHost",
    "WebhookSender",
)
"""Ports that somebody else's server may stand behind."""


def fillers(port: str) -> Iterator[tuple[Path, ast.ClassDef]]:
    """Yield the classes that say they fill a port, in memory or not."""
    for path in python_files(PACKAGES["marketplace_core"] / "inmemory", PACKAGES["marketplace_adapters"]):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and port in base_names(node):
                yield path, node


def methods_of(port: str) -> set[str]:
    """Return what a port asks for; what its filler offers besides is its own affair."""
    (found,) = (each for each in core_classes() if each.__name__ == port and is_port(each))
    return {name for name in vars(found) if not name.startswith("_")}


def calls(method: ast.AsyncFunctionDef) -> set[str]:
    """Return the names of what a method calls."""
    return {dotted(node.func) for node in ast.walk(method) if isinstance(node, ast.Call)}


def unguarded_methods(port: str) -> list[str]:
    """Return the methods that would talk to the outside without looking whether a transaction is open."""
    return [
        f"{place(path, method)} {filler.name}.{method.name}"
        for path, filler in fillers(port)
        for method in filler.body
        if isinstance(method, ast.AsyncFunctionDef)
        and method.name in methods_of(port)
        and not any(name.endswith("outside_transaction") for name in calls(method))
    ]


@pytest.mark.parametrize("port", OUTWARD_PORTS)
def test_whatever_talks_to_the_outside_refuses_an_open_transaction(port: str) -> None:
    assert len(list(fillers(port))) >= 2, "the in-memory one and the embedded one"
    assert unguarded_methods(port) == []


def test_the_guard_refuses_inside_a_transaction_and_not_after_it() -> None:
    with transaction_open(), pytest.raises(AssertionError, match=r"mailer\.send"):
        outside_transaction("mailer.send")

    outside_transaction("mailer.send")
