"""Adapters are found by entry point, load, and prove themselves with the published kit (ADR 0011)."""

import ast
from importlib.metadata import EntryPoint, distribution
from typing import Final

import pytest

from marketplace_core.kernel.plugins import GROUPS, AdapterMissing, AdapterPlugin, load_adapter
from tests.architecture.source_tree import ROOT, base_names, python_files, tree

ADAPTER_TESTS: Final = ROOT / "tests" / "adapters"


def adapters() -> list[EntryPoint]:
    """Return the entry points of our own distribution of adapters."""
    points = distribution("marketplace-adapters").entry_points
    return [point for point in points if point.group.startswith("marketplace_core.")]


def kits_run_for(vendor: str) -> set[str]:
    """Return the conformance classes that the tests of one vendor run."""
    return {
        base
        for path in python_files(ADAPTER_TESTS)
        if vendor in path.relative_to(ADAPTER_TESTS).as_posix()
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
        for base in base_names(node)
        if base.endswith("Conformance")
    }


def test_every_group_that_the_core_knows_has_an_embedded_adapter() -> None:
    assert {point.group for point in adapters()} == set(GROUPS)


@pytest.mark.parametrize("point", adapters(), ids=lambda point: f"{point.group}={point.name}")
def test_every_entry_point_loads(point: EntryPoint) -> None:
    plugin = load_adapter(point.group, point.name)

    assert isinstance(plugin, AdapterPlugin)
    assert plugin.summary.strip()


@pytest.mark.parametrize("point", adapters(), ids=lambda point: f"{point.group}={point.name}")
def test_every_adapter_runs_a_conformance_class(point: EntryPoint) -> None:
    vendor = point.module.split(".")[1]

    assert kits_run_for(vendor) != set()


def test_a_missing_adapter_says_what_is_installed_and_what_to_add() -> None:
    group = GROUPS[0]

    with pytest.raises(AdapterMissing) as refusal:
        load_adapter(group, "nosuch")

    assert "Installed: " in refusal.value.message
    assert "marketplace-adapters[nosuch]" in refusal.value.message
