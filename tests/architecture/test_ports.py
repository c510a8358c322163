"""A port is finished when its conformance class and its in-memory adapter exist (ADR 0004)."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.testing import conformance
from tests.architecture.source_tree import (
    CONTEXTS,
    ROOT,
    base_names,
    classes_defined_in,
    context_of,
    core_classes,
    full_name,
    imports,
    is_port,
    modules,
    python_files,
    tree,
)

IN_MEMORY_TESTS: Final = ROOT / "tests" / "core" / "conformance"


def ports() -> list[type]:
    """Return every Protocol of the kernel and of the contexts: what they need, and what their queries are read from."""
    return [found for found in core_classes() if is_port(found) and _is_port_module(found.__module__)]


def context_ports() -> list[type]:
    """Return every Protocol that a context asks its surroundings for.

    A unit of work only gathers collections, which have conformance classes of their own.
    """
    asked_for = (port for port in ports() if context_of(port) and "ports" in port.__module__.split("."))
    return [port for port in asked_for if UnitOfWork not in port.__mro__]


def _is_port_module(name: str) -> bool:
    return name.startswith("marketplace_core.kernel.") or not {"ports", "queries"}.isdisjoint(name.split("."))


def own_methods(port: type) -> Iterator[tuple[str, object]]:
    """Yield what a port itself asks for: methods, properties, and being called or entered."""
    for name, value in vars(port).items():
        wrapped = value.fget if isinstance(value, property) else value
        if inspect.isfunction(wrapped) and name in {"__call__", "__aenter__", "__aexit__"} | {
            each for each in vars(port) if not each.startswith("_")
        }:
            yield name, wrapped


def kit_modules() -> list[ModuleType]:
    """Return the modules of the published kit."""
    return [module for module in modules("marketplace_core") if module.__name__.startswith(conformance.__name__)]


def conformance_names(context: str | None = None) -> set[str]:
    """Return the names of the published conformance classes, or those in modules that know a context."""
    return {
        found.__name__
        for module in kit_modules()
        if context is None or knows(module, f"marketplace_core.{context}")
        for found in classes_defined_in([module])
        if found.__name__.endswith("Conformance")
    }


def knows(module: ModuleType, package: str) -> bool:
    """Tell whether a module imports anything of a package."""
    return any(f"{name}.".startswith(f"{package}.") for name, _ in imports(Path(str(module.__file__))))


def kits_run_in_memory() -> set[str]:
    """Return the conformance classes that a test class in tests/core/conformance runs."""
    return {
        base
        for path in python_files(IN_MEMORY_TESTS)
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
        for base in base_names(node)
    }


def test_every_context_says_what_it_needs_in_a_ports_module() -> None:
    with_ports = {context_of(port) for port in context_ports()}

    assert with_ports == set(CONTEXTS)


def test_every_port_method_has_a_docstring() -> None:
    silent = [
        f"{full_name(port)}.{name}"
        for port in ports()
        for name, method in own_methods(port)
        if not (inspect.getdoc(method) or "").strip()
    ]

    assert silent == []


def test_every_port_says_what_it_is_for() -> None:
    silent = [full_name(port) for port in ports() if not (port.__doc__ or "").strip()]

    assert silent == []


def test_every_port_of_a_context_has_a_conformance_class() -> None:
    published = {context: conformance_names(context) for context in CONTEXTS}

    missing = [
        full_name(port)
        for port in context_ports()
        if f"{port.__name__}Conformance" not in published[context_of(port) or ""]
    ]

    assert missing == []


def test_every_conformance_class_runs_against_the_in_memory_adapter() -> None:
    not_run = sorted(conformance_names() - kits_run_in_memory())

    assert conformance_names() != set()
    assert not_run == []


def test_no_port_can_be_asked_for_at_run_time() -> None:
    # isinstance() against a Protocol compares names only, so it says yes to things that do not conform.
    checkable = [full_name(port) for port in ports() if getattr(port, "_is_runtime_protocol", False)]

    assert checkable == []


@pytest.mark.parametrize("prefix", ["Abstract", "Base", "I"])
def test_no_port_is_named_after_the_pattern(prefix: str) -> None:
    named = [
        full_name(port)
        for port in ports()
        if port.__name__.startswith(prefix) and port.__name__[len(prefix) : len(prefix) + 1].isupper()
    ]

    assert named == []
